"""The next issue's draft: what stays from one issue to the next, and room for what is new."""

import json
import re
from pathlib import Path

from newsletter.dates import PartialDate
from newsletter.model import Issue
from newsletter.project import FOLDER
from newsletter.quoting import value
from newsletter.source import Source, parse, read

_WORDS = "What it says, with a [link](https://example.org/) inside the sentence."


def draft(date: PartialDate, issue: Issue | None, origin: Path | None) -> str:
    """YAML for the issue of `date`, with title, layout, settings and headings of `issue`, and no
    entries.

    `origin` is the file of that issue; without one, a first issue is sketched.
    """
    lines = [f"# yaml-language-server: $schema=../{FOLDER}/issue.schema.json\n"]
    lines.append(f"# Begun from {origin.name}. " if origin else "# ")
    lines.append("Lines that begin with # are notes and never shown.\n")
    publication = issue.settings.publication if issue and issue.settings else ""
    if issue and publication and publication != issue.title:
        # The title is the issue's own: sent once more it would be a mistake that all see.
        lines.append(f"# The last one was: {issue.title}\ntitle:\n")
    else:
        title = issue.title if issue else "The title of your newsletter"
        lines.append(f"title: {value(title)}\n")
    lines.append(f"date: {date}\n")
    number = str(issue.number) if issue else ""
    if number:
        following = str(int(number) + 1) if number.isdecimal() else ""
        lines.append(f"number: {following}".rstrip() + "\n")
    lines.append(f"layout: {value(issue.layout if issue else 'roundup')}\n")
    if issue and issue.theme:
        lines.append(f"theme: {value(issue.theme)}\n")
    if issue and issue.language:
        lines.append(f"language: {issue.language}\n")
    lines.append("# The words that inboxes show after the subject, 40 to 90 characters.\n")
    lines.append("preheader:\n")
    if origin and issue and issue.settings:
        lines.append(f"\n{_block(read(origin), 'settings')}\n")
    model = _model(issue, date)
    if issue is None or issue.lead:
        lines.append(
            "\n# The lead story, set apart at the top. Remove it in a month without one.\n"
        )
        lines.append("lead:\n  title:\n  subtitle:\n" + _entries("  ", model))
    titles = _standing(issue) if issue else ["First section"]
    if titles:
        lines.append("\n# A section without entries is left out of the email.\nsections:\n")
        rooms = [_entries("    ", model), *["    entries:\n"] * len(titles)]
        lines += [f"  - title: {value(t)}\n{room}" for t, room in zip(titles, rooms, strict=False)]
    elif issue and issue.sections:
        lines.append(f"\nsections:\n  - title:\n{_entries('    ', model)}")
    else:
        lines.append("\n" + _entries("", model))
    return "".join(lines)


def _standing(issue: Issue) -> list[str]:
    """The headings that stay from issue to issue: not that of a story, which is its only entry's
    headline."""
    return [
        section.title
        for section in issue.sections
        if len(section.entries) != 1
        or section.entries[0].title
        or not (section.entries[0].links or section.entries[0].image)
    ]


def _model(issue: Issue | None, date: PartialDate) -> list[str]:
    """The lines of an entry with what the entries of `issue` have."""
    entries = issue.all_entries if issue else ()
    used = {
        name
        for name in ("title", "kind", "source", "date", "image", "links")
        if any(getattr(entry, name) for entry in entries)
    }
    if not used - {"links"}:
        return ["- |", f"  {_WORDS}"]
    known = {
        "title": "title: Its headline",
        "kind": "kind: News",
        "source": "source: Who published it",
        "date": f"date: {date}",
        "image": "image: {src: images/photo.jpg, alt: What it shows}",
    }
    lines = [line for name, line in known.items() if name in used]
    lines += ["text: |", f"  {_WORDS}"]
    if "links" in used:
        lines.append('links: [{label: Read, title: Its title, url: "https://example.org/"}]')
    return [f"{'  ' if number else '- '}{line}" for number, line in enumerate(lines)]


def _entries(indent: str, model: list[str]) -> str:
    """Room for entries, with `model` as a note."""
    notes = "".join(f"{indent}  # {line}\n" for line in model)
    return f"{indent}entries:\n{notes}"


def _block(source: Source, key: str) -> str:
    """The lines of a key of the whole file as they stand, with the notes inside it."""
    keys = source.root.keys if source.root else {}
    start = keys[key].mark.line - 1
    later = [other.mark.line - 1 for other in keys.values() if other.mark.line - 1 > start]
    lines = source.text.split("\n")[start : min(later, default=None)]
    while not lines[-1].strip() or lines[-1].startswith(("#", "...")):
        lines.pop()  # a note at the margin belongs to what follows it
    block = "\n".join(lines)
    said = source.top(key)
    alone = parse(f"{block}\n", "")
    if alone.data == {key: said} and not alone.problems:
        return block
    # It shares its lines with other keys, as in JSON; and JSON is YAML.
    return f"{key}: {json.dumps(said, ensure_ascii=False)}"


def file_name(date: PartialDate, origin: Path | None) -> str:
    """The file of the issue of `date`, called like the one before: 2024-05-round-up.yaml."""
    words = re.sub(r"^\d{4}(-\d{2}){0,2}-?", "", origin.stem) if origin else "round-up"
    return f"{date}-{words}.yaml" if words else f"{date}.yaml"
