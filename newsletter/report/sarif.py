"""Problems in, SARIF 2.1.0 out, which code hosts and editors' programs show.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from newsletter import __version__
from newsletter.problems import Problem
from newsletter.report import words_of
from newsletter.rules import manuals


def report(problems: Iterable[Problem]) -> list[str]:
    """One run, with the rules that are told of."""
    problems = list(problems)
    codes = sorted({problem.code for problem in problems})
    run = {
        "tool": {
            "driver": {
                "name": "newsletter",
                "semanticVersion": __version__,
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code)) for problem in problems],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return [json.dumps(log, indent=2, ensure_ascii=False)]


def _rule(code: str) -> dict[str, Any]:
    rule = manuals().get(code)
    if rule is None:
        return {"id": code}
    manual = rule.manual
    told: dict[str, Any] = {"id": code, "shortDescription": {"text": manual.summary}}
    told["help"] = {"text": " ".join(part for part in (manual.why, manual.mend) if part)}
    if manual.sources:
        told["helpUri"] = manual.sources[0]
    return told


def _result(problem: Problem, index: int) -> dict[str, Any]:
    path = Path(problem.path)
    place: dict[str, Any] = {
        "artifactLocation": {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}
    }
    if problem.mark:
        place["region"] = {
            "startLine": problem.mark.line,
            "startColumn": problem.mark.column,
        }
        place["contextRegion"] = {
            "startLine": problem.mark.line,
            "snippet": {"text": problem.excerpt},
        }
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": problem.level.word,
        "message": {"text": words_of(problem)},
        "locations": [{"physicalLocation": place}],
    }
