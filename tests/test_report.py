"""Problems as a person and as programs read them."""

import json
from pathlib import Path

from newsletter import __version__
from newsletter.problems import Level, Mark, Problem
from newsletter.report import FORMATS, counts, github, sarif, terminal
from newsletter.report.json import report as json_report

LINK = Problem(
    "issues/one.yaml",
    Mark(4, 11),
    Level.WARNING,
    "not-https",
    "this link is not encrypted",
    "write https://",
    "  - Words [so](http://example.org/).",
    "https://example.org/",
)
WORD = Problem(
    "issues/a, 100%.yaml", Mark(2, 3), Level.NOTE, "doubled-word", "50% of 'it it'", "", "\tit it"
)
FILE = Problem("newsletter.yaml", None, Level.ERROR, "no-unsubscribe", "no link", "give one")
PROBLEMS = (LINK, WORD, FILE)


def test_each_form_has_its_file() -> None:
    folder = Path(terminal.__file__).parent
    assert sorted(FORMATS) == sorted(path.stem for path in folder.glob("[a-z]*.py"))


def test_a_terminal_shows_the_line_a_caret_and_what_could_stand_there() -> None:
    assert terminal.report(PROBLEMS) == [
        "issues/one.yaml:4:11: warning: this link is not encrypted [not-https]",
        "    4 |   - Words [so](http://example.org/).",
        "      |           ^",
        "      |           https://example.org/",
        "        write https://",
        "issues/a, 100%.yaml:2:3: note: 50% of 'it it' [doubled-word]",
        "    2 | \tit it",
        "      | \t ^",
        "newsletter.yaml: error: no link [no-unsubscribe]",
        "        give one",
    ]


def test_a_terminal_shows_one_rule_after_the_other_the_worst_first() -> None:
    again = LINK._replace(mark=Mark(5, 3), excerpt="")
    assert terminal.by_rule((*PROBLEMS, again)) == [
        "no-unsubscribe (1 time; newsletter explain no-unsubscribe)",
        "  newsletter.yaml: error: no link",
        "        give one",
        "",
        "not-https (2 times; newsletter explain not-https)",
        "  issues/one.yaml:4:11: warning: this link is not encrypted",
        "    4 |   - Words [so](http://example.org/).",
        "      |           ^",
        "      |           https://example.org/",
        "  issues/one.yaml:5:3: warning: this link is not encrypted",
        "        write https://",
        "",
        "doubled-word (1 time; newsletter explain doubled-word)",
        "  issues/a, 100%.yaml:2:3: note: 50% of 'it it'",
        "    2 | \tit it",
        "      | \t ^",
    ]


def test_problems_are_set_apart_where_that_is_asked_for() -> None:
    assert terminal.report([FILE, FILE], spaced=True) == [
        "newsletter.yaml: error: no link [no-unsubscribe]",
        "        give one",
        "",
        "newsletter.yaml: error: no link [no-unsubscribe]",
        "        give one",
    ]


def test_what_would_not_fit_behind_the_caret_stands_at_the_margin() -> None:
    address = "https://example.org/" + "a" * 75
    wide = LINK._replace(suggestion=address, hint="")
    assert terminal.report([wide])[-2:] == ["      |           ^", f"      | {address}"]


def test_a_long_way_out_is_set_in_lines() -> None:
    long = FILE._replace(hint="word " * 30)
    assert terminal.report([long])[1:] == [
        "        " + " ".join(["word"] * 18),
        "        " + " ".join(["word"] * 12),
    ]


def test_colours_are_asked_for() -> None:
    assert terminal.report([FILE], colour=True)[0] == (
        "\x1b[1mnewsletter.yaml:\x1b[0m \x1b[31merror:\x1b[0m no link [no-unsubscribe]"
    )


def test_json_is_a_list_of_objects() -> None:
    (text,) = json_report(PROBLEMS)
    assert json.loads(text)[0] == {
        "path": "issues/one.yaml",
        "line": 4,
        "column": 11,
        "level": "warning",
        "code": "not-https",
        "message": "this link is not encrypted",
        "hint": "write https://",
        "suggestion": "https://example.org/",
    }
    assert [(row["line"], row["column"]) for row in json.loads(text)] == [
        (4, 11),
        (2, 3),
        (None, None),
    ]


def test_github_shows_annotations() -> None:
    assert github.report(PROBLEMS) == [
        "::warning file=issues/one.yaml,line=4,col=11,title=not-https::"
        "this link is not encrypted%0Awrite https://%0Ainstead: https://example.org/",
        "::notice file=issues/a%2C 100%25.yaml,line=2,col=3,title=doubled-word::50%25 of 'it it'",
        "::error file=newsletter.yaml,title=no-unsubscribe::no link%0Agive one",
    ]


def test_sarif_has_rules_and_places() -> None:
    (text,) = sarif.report([LINK, FILE, LINK._replace(code="shape", path="/there/a b.yaml")])
    (run,) = json.loads(text)["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("newsletter", __version__)
    assert [rule["id"] for rule in driver["rules"]] == ["no-unsubscribe", "not-https", "shape"]
    assert driver["rules"][1]["shortDescription"]["text"].startswith("A link is not encrypted")
    assert run["results"][0] == {
        "ruleId": "not-https",
        "ruleIndex": 1,
        "level": "warning",
        "message": {
            "text": "this link is not encrypted\nwrite https://\ninstead: https://example.org/"
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "issues/one.yaml"},
                    "region": {
                        "startLine": 4,
                        "startColumn": 11,
                    },
                    "contextRegion": {
                        "startLine": 4,
                        "snippet": {"text": "  - Words [so](http://example.org/)."},
                    },
                }
            }
        ],
    }
    assert run["results"][1]["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "newsletter.yaml"}}}
    ]
    (place,) = run["results"][2]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "file:///there/a%20b.yaml"


def test_problems_are_counted_by_level() -> None:
    assert counts([*PROBLEMS, LINK]) == "1 error, 2 warnings, 1 note"
    assert counts([]) == ""
