"""The points that SpamAssassin gives a message. It is the real one, with the rules it came with."""

import os
import pwd
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from newsletter import spam
from newsletter.problems import Level, NewsletterError, Problem
from newsletter.spam import Hit, Score, score, scores

INSTALL = "install it with: apt-get install spamassassin"
LINT = "see what it says to: spamassassin --lint"

CLEAN = b"""\
From: Example Safeguarding Network <editor@example.org>
To: Reader <reader@example.net>
Subject: Child protection topics in brief: July
Date: Mon, 01 Jul 2024 12:00:00 +0000
Message-ID: <2024-07.1@example.org>
List-Unsubscribe: <https://example.org/unsubscribe>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="between"

--between
Content-Type: text/plain; charset="utf-8"

Guidance for schools

The department has published guidance on attendance for schools and for local authorities.
https://example.org/guidance

--between
Content-Type: text/html; charset="utf-8"

<!doctype html>
<html lang="en"><head><title>Child protection topics in brief: July</title></head><body>
<h2>Guidance for schools</h2>
<p>The department has published guidance on attendance for schools and for local authorities.
<a href="https://example.org/guidance">Read the guidance</a></p>
</body></html>

--between--
"""

# The string by which anyone may try whether a filter is at work: https://spamassassin.apache.org/gtube/
GTUBE = CLEAN.replace(
    b"Guidance for schools\n\n",
    b"XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\n\n",
)

SPAMMY = b"""\
From: "Best Pills" <sales@pills.example>
Subject: BUY VIAGRA NOW!!! FREE OFFER!!!
MIME-Version: 1.0
Content-Type: text/html; charset="utf-8"

<html><body><p>Buy Viagra and Cialis online. Act now!</p></body></html>
"""


@pytest.fixture(name="scored", scope="module")
def _scored() -> dict[bytes, Score]:
    """The messages of this file, scored in one run."""
    assert shutil.which("spamassassin"), f"SpamAssassin is not there: {INSTALL}"
    messages = [CLEAN, GTUBE, SPAMMY]
    return dict(zip(messages, scores(messages), strict=True))


@pytest.fixture(name="refused")
def _refused() -> Callable[[], Problem]:
    """Scores a message, which cannot be done, and gives what is told of it."""

    def refused() -> Problem:
        with pytest.raises(NewsletterError) as told:
            score(CLEAN)
        (problem,) = told.value.problems
        return problem

    return refused


@pytest.fixture(name="perl")
def _perl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a program before the one that runs SpamAssassin."""

    def perl(program: str) -> None:
        path = tmp_path / "perl"
        path.write_text(dedent(program), "utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    return perl


# --- what messages score -------------------------------------------------------------------------


def test_an_ordinary_newsletter_scores_next_to_nothing(scored: dict[bytes, Score]) -> None:
    total, hits = scored[CLEAN]
    assert total < 1
    assert Hit("HTML_MESSAGE", 0.001, "HTML included in message") in hits


def test_the_string_that_is_spam_by_agreement_scores_a_thousand(scored: dict[bytes, Score]) -> None:
    total, hits = scored[GTUBE]
    assert total >= 1000
    assert hits[0] == Hit("GTUBE", 1000, "Generic Test for Unsolicited Bulk Email")
    assert hits[1:] == scored[CLEAN].hits


def test_each_fault_of_a_message_is_told_with_its_points(scored: dict[bytes, Score]) -> None:
    expected = [
        Hit("MISSING_DATE", 2.739, "Missing Date: header"),
        Hit("MISSING_HEADERS", 0.915, "Missing To: header"),
        Hit("MISSING_MID", 0.552, "Missing Message-Id: header"),
        Hit("SUBJ_ALL_CAPS", 0.5, "Subject is all capitals"),
        Hit("MIME_HTML_ONLY", 0.1, "Message only has text/html MIME parts"),
        Hit("NO_RECEIVED", -0.001, "Informational: message has no Received headers"),
    ]
    total, hits = scored[SPAMMY]
    # Others are met, too: rules on words change from one version to the next.
    assert [hit for hit in hits if hit.rule in {wanted.rule for wanted in expected}] == expected
    assert any(hit.rule.startswith("DRUG") for hit in hits)
    assert total > 5


def test_a_score_is_the_sum_of_its_hits_and_the_highest_come_first(
    scored: dict[bytes, Score],
) -> None:
    for total, hits in scored.values():
        assert total == round(sum(hit.points for hit in hits), 3)
        assert list(hits) == sorted(hits, key=lambda hit: (-hit.points, hit.rule))


def test_a_message_scores_the_same_alone_and_among_others(scored: dict[bytes, Score]) -> None:
    assert {message: score(message) for message in scored} == scored


def test_lines_that_end_as_in_mail_score_the_same(scored: dict[bytes, Score]) -> None:
    assert score(CLEAN.replace(b"\n", b"\r\n")) == scored[CLEAN]


def test_what_is_no_message_scores_too() -> None:
    empty, bytes_ = scores([b"", b"\0\xff\xfe\n\n\x1f\x8b"])
    assert "EMPTY_MESSAGE" in [hit.rule for hit in empty.hits]
    assert "MISSING_FROM" in [hit.rule for hit in bytes_.hits]


def test_no_messages_need_no_spamassassin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert scores([]) == []


# --- what it leaves alone ------------------------------------------------------------------------


def test_nothing_is_left_behind_and_no_preferences_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scored: dict[bytes, Score]
) -> None:
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    preferences = home / ".spamassassin" / "user_prefs"
    preferences.parent.mkdir(parents=True)
    preferences.write_text("score HTML_MESSAGE 50\n")
    temporary.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    real = Path(pwd.getpwuid(os.geteuid()).pw_dir) / ".spamassassin"  # the command writes here
    before = real.stat().st_mtime_ns if real.exists() else None
    assert score(CLEAN) == scored[CLEAN]
    assert (real.stat().st_mtime_ns if real.exists() else None) == before
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [preferences]
    assert list(temporary.iterdir()) == []


# --- when it cannot be done ----------------------------------------------------------------------


def problem(code: str, message: str, hint: str) -> Problem:
    return Problem("spamassassin", None, Level.ERROR, code, message, hint)


MISSING = problem(
    "no-spamassassin", "SpamAssassin is not installed, so the spam score cannot be told", INSTALL
)


def failed(reason: str) -> Problem:
    return problem("spam-failed", f"SpamAssassin could not score the message: {reason}", LINT)


def test_a_machine_without_it_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, refused: Callable[[], Problem]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert refused() == MISSING


def test_a_machine_with_perl_alone_is_told_what_to_install(
    perl: Callable[[str], None], refused: Callable[[], Problem]
) -> None:
    found = shutil.which("perl")
    perl(f"""\
        #!/bin/sh
        exec {found} -e 'BEGIN {{ @INC = () }} use Mail::SpamAssassin;'
    """)
    assert refused() == MISSING


def test_what_it_fails_with_is_told(
    perl: Callable[[str], None], refused: Callable[[], Problem]
) -> None:
    perl("""\
        #!/bin/sh
        echo 'config: something before' >&2
        echo 'config: no rules were found!' >&2
        exit 2
    """)
    assert refused() == failed("config: no rules were found!")


def test_a_failure_without_words_is_told_by_its_status(
    perl: Callable[[str], None], refused: Callable[[], Problem]
) -> None:
    perl("#!/bin/sh\nexit 3\n")
    assert refused() == failed("it ended with status 3")


@pytest.mark.parametrize(
    "answer", ["", "hello", r"1.0\nRULE 1.0", r"1.0\nRULE\tmany\tx\n", r"1\n\n2\n\n"]
)
def test_an_answer_that_cannot_be_read_is_told(
    perl: Callable[[str], None], refused: Callable[[], Problem], answer: str
) -> None:
    perl(f"#!/bin/sh\nprintf '{answer}'\n")
    assert refused() == failed("its answer cannot be read")


def test_a_program_that_cannot_be_run_is_told(
    perl: Callable[[str], None], refused: Callable[[], Problem]
) -> None:
    perl("no program")
    assert refused() == failed("it cannot be run: Exec format error")


def test_it_is_not_waited_for_longer_than_the_limit(
    monkeypatch: pytest.MonkeyPatch, refused: Callable[[], Problem]
) -> None:
    monkeypatch.setattr(spam, "SECONDS", 0.01)
    assert refused() == failed("it took longer than 0.01 seconds")
