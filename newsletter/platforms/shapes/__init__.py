"""What a platform wants to be given: one shape of document a file.

A shape has `FILE`, the name of its file, `PART`, which part of an email that is ("html" or
"text"), and `shaped(page)`, which takes the rendered HTML, with marks in place of tags, and gives
what stands in the file.
"""

from importlib import import_module

from newsletter.compose import Email
from newsletter.platforms.fill import Supply, fill
from newsletter.platforms.profile import Profile
from newsletter.platforms.shapes.conditions import written_as


def files(email: Email, profile: Profile, supplied: Supply) -> dict[str, bytes]:
    """The file to be pasted, by its name: `email`, whose tags are marks, as `profile` wants it."""
    shape = import_module(f"newsletter.platforms.shapes.{profile.shape}")
    page = shape.shaped(email.html)
    if profile.comment_form:
        page = written_as(page, profile.comment_form)
    filled = fill(email._replace(**{shape.PART: page}), supplied)
    return {shape.FILE: str(getattr(filled, shape.PART)).encode()}
