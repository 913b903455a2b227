"""The rules in, docs/rules.md out: what `newsletter check` looks for."""

from pathlib import Path

from newsletter.rules import Rule, groups

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"


def page() -> str:
    """The whole page."""
    lines = [
        "# What `newsletter check` looks for",
        "",
        "Made from the program by `make samples`; do not edit. `newsletter explain RULE` prints a",
        "rule's manual: why it is one, how to mend what it finds, examples, how to switch it off.",
        "",
    ]
    for group, (about, rules) in groups().items():
        lines += [f"## {group}", "", about, ""]
        lines += ["| Rule | Level | What it tells |", "|---|---|---|"]
        lines += [
            f"| `{rule.code}` | {rule.level.word} | {_text(rule.manual.summary)}{_options(rule)} |"
            for rule in rules
        ]
        lines.append("")
    return "\n".join(lines)


def _text(words: str) -> str:
    """Words that are shown as they are: no Markdown, no HTML."""
    for sign in "\\*_[]<>|{}":
        words = words.replace(sign, f"\\{sign}")
    return words


def _options(rule: Rule) -> str:
    found = []
    for option in rule.options.values():
        default = option.default
        shown = ", ".join(default) if isinstance(default, tuple) else str(default)
        given = f" (default: {shown})" if shown else ""
        found.append(f" *`{option.name}`: {_text(option.about + given)}.*")
    return "".join(found)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
