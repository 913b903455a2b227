"""One rule and an issue in; what that rule finds in it out, with line and column."""

from importlib import import_module
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

from newsletter.build import build
from newsletter.project import open_project
from newsletter.proof import Built, Proof, mark_of
from newsletter.rules import Rule


class Told(NamedTuple):
    """A finding as an editor gets it; line and column are 0 where the whole email is meant."""

    line: int
    column: int
    message: str
    hint: str
    suggestion: str


def told(rule: str, issue: str, settings: str = "", **options: Any) -> list[Told]:
    """What the rule "GROUP/CODE" finds in the issue, in the newsletter of the current folder.

    `settings` are added to its newsletter.yaml.
    """
    group, _, code = rule.partition("/")
    module = import_module(f"newsletter.rules.{group}.{code.replace('-', '_')}")
    path = Path("issues", "this.yaml")
    path.write_text(dedent(issue), "utf-8")
    if settings:
        own = Path("newsletter.yaml")
        own.write_text(own.read_text("utf-8") + dedent(settings), "utf-8")
    project = open_project(Path())
    result = build(path, project, draft=True)
    proof = Proof(result, project)
    built = Built(proof, result.email) if result.email else None
    found = []
    for finding in Rule(group, module).findings(proof, built, options):
        place = finding.place
        mark = mark_of(place, proof.file_of(place)) if place else None
        line, column = mark or (0, 0)
        found.append(Told(line, column, finding.message, finding.hint, finding.suggestion or ""))
    return found


def places(rule: str, issue: str, settings: str = "", **options: Any) -> list[tuple[int, int]]:
    """Only where the rule finds something."""
    return [(one.line, one.column) for one in told(rule, issue, settings, **options)]


def messages(rule: str, issue: str, settings: str = "", **options: Any) -> list[str]:
    """Only what the rule says."""
    return [one.message for one in told(rule, issue, settings, **options)]
