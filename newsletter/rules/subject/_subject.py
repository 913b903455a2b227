"""A built issue in; its subject as inboxes show it, and where in the issue it comes from, out."""

from newsletter.proof import Built, Place


def subject_place(built: Built, start: int = 0, end: int | None = None) -> Place | None:
    """The place of `subject[start:end]`: in `subject`, or in `title` where the issue has none.

    The date that is put after the title stands in the file in another form.
    """
    issue = built.proof.issue
    words, name = (issue.subject, "subject") if issue.subject else (issue.title, "title")
    last = len(words) if end is None else min(end, len(words))
    return Place((name,), start, last) if start < last else Place(("date",))
