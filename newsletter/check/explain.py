"""A rule in, its manual as an editor reads it in a terminal out."""

import textwrap

from newsletter.rules import Rule

_WIDTH = 80


def explained(rule: Rule) -> list[str]:
    """The lines of the manual."""
    manual = rule.manual
    out = [f"{rule.code} ({rule.level.word}, {rule.group})", ""]
    for paragraph in (manual.summary, manual.why, manual.mend):
        if paragraph:
            out += [*_wrapped(paragraph), ""]
    if rule.safe:
        out += ["`newsletter check --fix` mends it.", ""]
    for name, examples in (("Bad", manual.bad), ("Good", manual.good)):
        for example in examples:
            out += [f"{name}:", "", *textwrap.indent(example, "    ").splitlines(), ""]
    if rule.options:
        out.append("Options:")
        for option in rule.options.values():
            default = option.default
            shown = ", ".join(default) if isinstance(default, tuple) else str(default)
            about = f"  {option.name}: {option.about.rstrip('.')}. Default: {shown or 'none'}."
            out += _wrapped(about, indent="    ")
        out.append("")
    out += _silencing(rule)
    if manual.sources:
        out += ["Source:", *(f"  {source}" for source in manual.sources)]
    return "\n".join(out).rstrip().split("\n")


def _wrapped(text: str, indent: str = "") -> list[str]:
    # An address, or a word with hyphens, stays whole, so that it can be copied.
    return textwrap.wrap(
        text,
        _WIDTH,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _silencing(rule: Rule) -> list[str]:
    if rule.by_reader:
        return ["It is told while the issue is read, and cannot be switched off.", ""]
    name, option = rule.code, next(iter(rule.options.values()), None)
    out = [
        "To switch it off for a line, end the line with a note, or put it above the line:",
        "",
        f"    # newsletter: off {name}",
        "",
        "For an entry, an issue (under settings:) or all issues (in newsletter.yaml):",
        "",
        "    rules:",
        f"      {name}: off",
        "",
    ]
    if option and not isinstance(option.default, tuple):
        choice = f"{{level: note, {option.name}: {option.default}}}"
        out += ["Its level (note, warning, error) and options are set there, too:", ""]
        out += ["    rules:", f"      {name}: {choice}", ""]
    return out
