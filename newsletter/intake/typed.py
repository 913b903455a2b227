"""A draft in, YAML out: as a person would have typed it.

Long texts are block scalars, nothing is escaped that need not be, keys stand in the order in which
an editor thinks of them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from newsletter.intake.blocks import NOWHERE, Picture
from newsletter.intake.draft import Draft, DraftEntry, DraftLink, DraftSection
from newsletter.plain import columns
from newsletter.quoting import value

WIDTH = 88
"""Columns at which texts are wrapped."""


def comment(text: str) -> str:
    """`text` as it may stand in a note, which ends with its line."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def entry(one: DraftEntry, indent: str = "") -> list[str]:
    """The lines of an entry of a list, at `indent`."""
    inner = f"{indent}  "
    if one.is_text:
        note = f" # TODO: {one.todo}" if one.todo else ""
        return [f"{indent}- |{note}", *block(one.text, inner)]
    lines: list[str] = []
    for name in ("title", "kind", "source", "date", "closes"):
        if given := getattr(one, name):
            lines.append(f"{inner}{name}: {value(given)}")
    if one.image:
        lines += [f"{inner}{line}" for line in _image(one.image)]
    if one.text:
        lines += [f"{inner}# TODO: {one.todo}"] if one.todo else []
        lines += [f"{inner}text: |", *block(one.text, f"{inner}  ")]
    if one.links:
        lines.append(f"{inner}links:")
        lines += [f"{inner}{line}" for link in one.links for line in _link(link)]
    if one.todo and not one.text:
        lines.insert(1, f"{inner}# TODO: {one.todo}")
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]]


def block(text: str, indent: str) -> Iterator[str]:
    """The lines of a block scalar: paragraphs wrapped, no address broken."""
    for line in text.split("\n"):
        if not line.strip():
            yield ""
            continue
        match = re.match(r"\s*(?:>\s?)*(?:[-*+] |\d+[.)] )?", line)
        first = match[0] if match else ""
        rest = first if ">" in first else " " * len(first)
        for number, words in enumerate(_wrapped(line[len(first) :], WIDTH - len(indent + first))):
            yield (indent + (rest if number else first) + words).rstrip()


# What would begin a list, a heading or a quotation at the start of a line.
_MEANS_MORE = re.compile(r"(?:[-+*>=]+|#{1,6}|\d{1,9}[.)])$|>")


def _wrapped(text: str, width: int) -> Iterator[str]:
    line: list[str] = []
    used = -1
    for word in text.split():
        needed = columns(word) + 1
        if line and used + needed > width and not _MEANS_MORE.match(word):
            yield " ".join(line)
            line, used = [], -1
        line.append(word)
        used += needed
    yield " ".join(line)


def _link(link: DraftLink) -> Iterator[str]:
    given = [("label", link.label), ("title", link.title)]
    rows = [f"{name}: {value(words)}" for name, words in given if words]
    known = link.url and link.url != NOWHERE
    rows.append(f"url: {value(link.url)}" if known else "url: # TODO: the address")
    return (f"{'    ' if number else '  - '}{row}" for number, row in enumerate(rows))


def _image(image: Picture) -> Iterator[str]:
    yield "image:"
    yield f"  src: {value(image.src)}"
    yield f"  alt: {value(image.alt)}" if image.alt else "  alt: # TODO: what it shows"
    for name in ("credit", "caption"):
        if given := getattr(image, name):
            yield f"  {name}: {value(given)}"


def issue(draft: Draft, notes: Iterable[str] = (), todo: Mapping[str, str] | None = None) -> str:
    """The whole file, with `notes` as comments at the top. The draft has a title and a date; `todo`
    says by the name of a field what is to be done about it."""
    lines = ["# yaml-language-server: $schema=../.newsletter/issue.schema.json"]
    lines += [f"# {note}" for note in notes]
    for name, given in (("title", value(draft.title)), ("date", draft.date)):
        lines += [f"# TODO: {todo[name]}"] if todo and name in todo else []
        lines.append(f"{name}: {given}")
    for name in ("layout", "language", "preheader"):
        if given := getattr(draft, name):
            lines.append(f"{name}: {value(given)}")
    if draft.intro:
        lines += ["", "intro: |", *block(draft.intro, "  ")]
    if draft.lead:
        lines += ["", "lead:", *_section(draft.lead, "  ")]
    bare = len(draft.sections) == 1 and not draft.sections[0].title
    if bare:
        lines += ["", "entries:", *_entries(draft.sections[0], "  ")]
    elif draft.sections:
        lines += ["", "sections:"]
        for number, section in enumerate(draft.sections):
            first, *rest = _section(section, "    ")
            lines += [""] if number else []
            lines += [f"  - {first.lstrip()}", *rest]
    if draft.outro:
        lines += ["", "outro: |", *block(draft.outro, "  ")]
    return "\n".join(lines) + "\n"


def _section(section: DraftSection, indent: str) -> list[str]:
    lines = [f"{indent}title: {value(section.title)}" if section.title else f"{indent}title:"]
    if section.subtitle:
        lines.append(f"{indent}subtitle: {value(section.subtitle)}")
    return [*lines, f"{indent}entries:", *_entries(section, f"{indent}  ")]


def _entries(section: DraftSection, indent: str) -> list[str]:
    lines: list[str] = []
    for number, one in enumerate(section.entries):
        lines += [""] if number and not one.is_text else []
        lines += entry(one, indent)
    return lines
