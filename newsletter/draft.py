"""The next issue's draft: what stays from one issue to the next, and room for what is new."""

import json
import re
from pathlib import Path

from newsletter.dates import PartialDate
from newsletter.model import Issue
from newsletter.schema import FOLDER
from newsletter.source import Source, parse, read

_ENTRIES = """\
{indent}entries:
{indent}  # - |
{indent}  #   What it says, with a [link](https://example.org/) inside the sentence.
"""


def draft(date: PartialDate, issue: Issue | None, origin: Path | None) -> str:
    """YAML for the issue of `date`, with title, layout, settings and headings of `issue`, and no
    entries.

    `origin` is the file of that issue; without one, a first issue is sketched.
    """
    lines = [f"# yaml-language-server: $schema=../{FOLDER}/issue.schema.json\n"]
    lines.append(f"# Begun from {origin.name}. " if origin else "# ")
    lines.append("Lines that begin with # are notes and never shown.\n")
    lines.append(f"title: {_value(issue.title if issue else 'The title of your newsletter')}\n")
    lines.append(f"date: {date}\n")
    number = str(issue.number) if issue else ""
    if number:
        following = str(int(number) + 1) if number.isdecimal() else ""
        lines.append(f"number: {following}".rstrip() + "\n")
    lines.append(f"layout: {_value(issue.layout if issue else 'roundup')}\n")
    if issue and issue.theme:
        lines.append(f"theme: {_value(issue.theme)}\n")
    if issue and issue.language:
        lines.append(f"language: {issue.language}\n")
    lines.append("# The words that inboxes show after the subject, 40 to 90 characters.\n")
    lines.append("preheader:\n")
    if origin and issue and issue.settings:
        lines.append(f"\n{_block(read(origin), 'settings')}\n")
    if issue is None or issue.lead:
        lines.append(
            "\n# The lead story, set apart at the top. Remove it in a month without one.\n"
        )
        lines.append("lead:\n  title:\n  subtitle:\n" + _ENTRIES.format(indent="  "))
    titles = [section.title for section in issue.sections] if issue else ["First section"]
    if titles:
        lines.append("\n# A section without entries is left out of the email.\nsections:\n")
        rooms = [_ENTRIES.format(indent="    "), *["    entries:\n"] * len(titles)]
        lines += [f"  - title: {_value(t)}\n{room}" for t, room in zip(titles, rooms, strict=False)]
    else:
        lines.append("\n" + _ENTRIES.format(indent=""))
    return "".join(lines)


def _block(source: Source, key: str) -> str:
    """The lines of a key of the whole file as they stand, with the notes inside it."""
    keys = source.root.keys if source.root else {}
    start = keys[key].mark.line - 1
    later = [other.mark.line - 1 for other in keys.values() if other.mark.line - 1 > start]
    lines = source.text.split("\n")[start : min(later, default=None)]
    while not lines[-1].strip() or lines[-1].startswith(("#", "...")):
        lines.pop()  # a note at the margin belongs to what follows it
    block = "\n".join(lines)
    value = source.data[key] if isinstance(source.data, dict) else None
    alone = parse(f"{block}\n", "")
    if alone.data == {key: value} and not alone.problems:
        return block
    # It shares its lines with other keys, as in JSON; and JSON is YAML.
    return f"{key}: {json.dumps(value, ensure_ascii=False)}"


def file_name(date: PartialDate, origin: Path | None) -> str:
    """The file of the issue of `date`, called like the one before: 2024-05-round-up.yaml."""
    words = re.sub(r"^\d{4}(-\d{2}){0,2}-?", "", origin.stem) if origin else "round-up"
    return f"{date}-{words}.yaml" if words else f"{date}.yaml"


def _value(text: str) -> str:
    """`text` as a YAML value, in quotes only where it needs them."""
    read = parse(f"key: {text}\n", "")
    if read.data == {"key": text} and not read.problems:
        return text
    return "'" + text.replace("'", "''") + "'"
