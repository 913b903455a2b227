"""A newsletter's file and what is new for it in; the file with that in it, and nothing else
changed, out: entries for an issue or the inbox, feeds for the settings."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from newsletter.addresses import canonical
from newsletter.intake import typed
from newsletter.intake.blocks import NOWHERE
from newsletter.intake.draft import Draft, DraftEntry
from newsletter.intake.lists import (
    Form,
    Item,
    Job,
    done,
    form_of,
    indices,
    line_of,
    on_one_line,
    read,
    values,
)
from newsletter.intake.lock import locked
from newsletter.model import Feed
from newsletter.problems import cannot, shown
from newsletter.project import SETTINGS, Project
from newsletter.quoting import value
from newsletter.source import MAX_BYTES, Data, Source, Steps
from newsletter.source import read as read_file
from newsletter.write import write

UNSORTED = "To be sorted"
"""The heading of what has none, in an issue of sections."""

New = Sequence[tuple[str, DraftEntry]]
"""Entries, each with the heading of the section that it goes to; "" is none."""

_ABOUT_INBOX = (
    "What `newsletter add` and `newsletter collect` have brought in. It is never sent:",
    "move what you want to an issue, and delete the rest whenever you like.",
)


def with_feeds(text: str, name: str, feeds: Sequence[Feed]) -> str:
    """The settings `text`, called `name` in messages, with `feeds` after those that are there.

    Raises NewsletterError when it cannot be done without changing something else.
    """
    source = read(text, name)
    if not feeds:
        return text
    job = Job((), "feeds", [_feed_item(feed) for feed in feeds])
    return done(text, source, [job], form_of(source), first=False)[0]


# --- on the disk ---------------------------------------------------------------------------------


def add_to(path: Path, new: New, *, root: Path, first: bool = False) -> tuple[int, ...]:
    """Puts `new` into the issue at `path` of the newsletter in the folder `root`. Gives the line on
    which each of them begins. Raises NewsletterError, and has written nothing then."""
    with locked(root):
        return _add(path, _text(path), new, first)


def add_to_inbox(
    project: Project, new: New, *, today: date, first: bool = False
) -> tuple[int, ...]:
    """The same for the inbox, which is begun, with the date of `today`, if there is none."""
    path = project.inbox
    with locked(project.root):
        text = _text(path) if path.exists() else ""
        if not text.strip():
            begun = Draft(title="Inbox", date=today.isoformat(), layout="roundup")
            text = typed.issue(begun, _ABOUT_INBOX) + "\nsections:\n"
        return _add(path, text, new, first)


def add_feeds(project: Project, feeds: Sequence[Feed]) -> tuple[Feed, ...]:
    """Puts `feeds` into the settings, but for those that they have at that moment, and gives those
    that were put there. Two addresses are one feed as `addresses.canonical` has it. Raises
    NewsletterError, and has written nothing then."""
    path = project.root / SETTINGS
    with locked(project.root):
        text = _text(path) if path.exists() else ""
        new = _new_feeds(text, shown(path), feeds)
        if new:
            _write(path, with_feeds(text, shown(path), new))
    return new


def _new_feeds(text: str, name: str, feeds: Sequence[Feed]) -> tuple[Feed, ...]:
    """Those of `feeds` that the settings `text` do not have, each once."""
    there = [one for one in values(read(text, name), ("feeds",)) if isinstance(one, dict)]
    known = {canonical(url) for one in there if isinstance(url := one.get("url"), str)}
    new: dict[str, Feed] = {}
    for feed in feeds:
        page = canonical(str(feed.url))
        if page not in known:
            new.setdefault(page, feed)
    return tuple(new.values())


def _add(path: Path, text: str, new: New, first: bool) -> tuple[int, ...]:
    made = inserted(text, shown(path), new, first=first)
    if new:
        _write(path, made.text)
    return made.lines


def _text(path: Path) -> str:
    """A file with its line ends, and the mark that UTF-8 may begin with."""
    try:
        raw = path.read_bytes()
        if len(raw) <= MAX_BYTES:
            return raw.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        pass
    return read_file(path, shown(path)).text  # which says what is wrong with it


def _write(path: Path, text: str) -> None:
    content = text.encode()
    if len(content) > MAX_BYTES:
        raise cannot(
            path,
            "file-too-large",
            f"nothing was written: it would be larger than {MAX_BYTES // 1_000_000} MB",
            "delete what you do not need any more",
        )
    target = path.resolve()  # of a link, what it leads to
    write(target.parent, {target.name: content})


# --- which go where ------------------------------------------------------------------------------


class Inserted(NamedTuple):
    """The changed file, and the line on which each new entry begins."""

    text: str
    lines: tuple[int, ...]


def inserted(text: str, name: str, new: New, *, first: bool = False) -> Inserted:
    """The issue `text`, called `name` in messages, with each entry at the end (or `first`: at the
    beginning) of the section that has its heading.

    A section that is not there is made, after the others. Entries without a heading go to the
    issue's bare entries or, where it has sections, to the one called UNSORTED. Raises
    NewsletterError when it cannot be done without changing something else.
    """
    source = read(text, name)
    if not new:
        return Inserted(text, ())
    groups = _groups(source, [heading for heading, _ in new])
    form = form_of(source)
    jobs: list[Job] = []
    made_sections: list[Item] = []
    places: dict[int, Steps] = {}
    begin = len(values(source, ("sections",)))
    for steps, heading, numbers in groups:
        entries = [new[number][1] for number in numbers]
        if steps is None:
            above: Steps = ("sections", begin + len(made_sections))
            made_sections.append(_section_item(heading, entries, form))
            indexed = range(len(numbers))
        else:
            above = steps
            job = Job(steps, "entries", [_entry_item(entry) for entry in entries])
            jobs.append(job)
            indexed = indices(source, job, first)
        places |= {
            number: (*above, "entries", at) for number, at in zip(numbers, indexed, strict=True)
        }
    if made_sections:
        if source.top("entries"):
            raise cannot(
                name,
                "sections-and-entries",
                "this issue has entries without sections, so it can have no section besides",
                "leave the section out, or put its entries into sections first",
                source.key(("entries",)),
            )
        jobs.append(Job((), "sections", made_sections, last=True))
    made, result = done(text, source, jobs, form, first)
    return Inserted(made, tuple(line_of(result, places[number]) for number in range(len(new))))


def _groups(source: Source, headings: Sequence[str]) -> list[tuple[Steps | None, str, list[int]]]:
    """Which of the new entries go to one list: the way to what has it, None if that is a section to
    be made; its heading; their numbers."""
    known = _headings(source)
    bare = not known and "sections" not in (source.root.keys if source.root else {})
    bare = bare and (bool(source.top("entries")) or not any(map(on_one_line, headings)))
    found: dict[str, tuple[Steps | None, str, list[int]]] = {}
    for number, heading in enumerate(headings):
        words = on_one_line(heading)
        if not words and not bare and "" not in known:
            words = UNSORTED
        steps: Steps | None = () if not words and bare else known.get(words.casefold())
        found.setdefault(words.casefold(), (steps, words, []))[2].append(number)
    return list(found.values())


def _headings(source: Source) -> dict[str, Steps]:
    """The sections of an issue by their headings, the first of those that share one."""
    found: dict[str, Steps] = {}
    for index, section in enumerate(values(source, ("sections",))):
        title = section.get("title") if isinstance(section, dict) else None
        words = on_one_line(title) if isinstance(title, str) else ""
        if isinstance(section, dict):
            found.setdefault(words.casefold(), ("sections", index))
    return found


# --- what is new --------------------------------------------------------------------------------


def _entry_item(one: DraftEntry) -> Item:
    return Item(
        _data(one),
        lambda indent: typed.entry(one, indent),
        lambda indent: _flow_entry(one, indent),
        not one.is_text,
    )


def _section_item(title: str, entries: list[DraftEntry], form: Form) -> Item:
    spaced = form.spaced.get("entries")

    def block(indent: str) -> list[str]:
        inner = f"{indent}  " + " " * form.step
        lines = [f"{indent}- title: {value(title)}", f"{indent}  entries:"]
        for number, one in enumerate(entries):
            item = _entry_item(one)
            lines += [""] if number and (item.spaced if spaced is None else spaced) else []
            lines += item.block(inner)
        return lines

    def flow(indent: str) -> str:
        rows = f",\n{indent}    ".join(_flow_entry(one, f"{indent}    ") for one in entries)
        begin = f'{{"title": {_quoted(title)}, "entries": ['
        return f"{begin}\n{indent}    {rows}\n{indent}]}}"

    data: Data = {"title": title, "entries": [_data(one) for one in entries]}
    return Item(data, block, flow, True)


def _feed_item(feed: Feed) -> Item:
    given: dict[str, Any] = {"url": str(feed.url)}
    given |= {key: str(words) for key in ("publisher", "section") if (words := getattr(feed, key))}
    sort = [
        {"section": str(one.section), "words": [str(word) for word in one.words]}
        for one in feed.sort
    ]

    def block(indent: str) -> list[str]:
        rows = [f"{key}: {value(words)}" for key, words in given.items()]
        rows += ["sort:"] if sort else []
        for one in sort:
            rows += [f"  - section: {value(str(one['section']))}", "    words:"]
            rows += [f"      - {value(word)}" for word in one["words"]]
        return [f"{indent}{'  ' if number else '- '}{row}" for number, row in enumerate(rows)]

    data = given | ({"sort": sort} if sort else {})
    return Item(data, block, lambda _indent: _quoted(data), False)


def _data(one: DraftEntry) -> Data:
    """What an entry says, as plain data."""
    if one.is_text:
        return one.text
    names = ("title", "kind", "source", "date", "closes", "text")
    given: dict[str, Any] = {name: words for name in names if (words := getattr(one, name))}
    if one.image:
        image = one.image._asdict()
        named = {name: image[name] for name in ("credit", "caption") if image[name]}
        given["image"] = {"src": one.image.src, "alt": one.image.alt, **named}
    if one.links:
        given["links"] = [
            {name: words for name, words in link._asdict().items() if words and words != NOWHERE}
            for link in one.links
        ]
    return given


def _flow_entry(one: DraftEntry, indent: str) -> str:
    notes = [one.todo] if one.todo else []
    notes += ["what the picture shows"] if one.image and not one.image.alt else []
    notes += ["the address of a link"] if any(not link.url for link in one.links) else []
    return "".join(f"# TODO: {on_one_line(note)}\n{indent}" for note in notes) + _quoted(_data(one))


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
