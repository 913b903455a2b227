"""Problems in, JSON out: a list of objects, for programs."""

import json
from collections.abc import Iterable

from newsletter.problems import Problem


def report(problems: Iterable[Problem]) -> list[str]:
    """Each problem with `path`, `line`, `column` (both from 1, null where a whole file is meant),
    `level` (error, warning, note), `code`, `message`, `hint` and `suggestion` (may be "")."""
    rows = [
        {
            "path": problem.path,
            "line": problem.mark.line if problem.mark else None,
            "column": problem.mark.column if problem.mark else None,
            "level": problem.level.word,
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
            "suggestion": problem.suggestion,
        }
        for problem in problems
    ]
    return [json.dumps(rows, indent=2, ensure_ascii=False)]
