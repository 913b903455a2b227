"""The points that SpamAssassin gives a message: the one door of that program.

It is asked through its Perl interface and not as a command, which makes a folder in the home of
whoever runs it and tells points rounded, in a report for reading. What decides is the message and
the rules of this machine: nothing is asked of the network, nothing is learned, and neither the
user's preferences nor those of the machine's mail server are read.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from newsletter.problems import NewsletterError, cannot

SECONDS = 60
"""How long one message may take. It takes two, and each one more in the same run about a half."""

_INSTALL = "install it with: apt-get install spamassassin"

# Prints each message's total, a line for each rule that it meets (name, points, description, with
# tabs between), and an empty line. All of it is in the manual of Mail::SpamAssassin, but for where
# Debian keeps newer rules (LOCAL_STATE_DIR) and the descriptions, which only its settings know.
_SCRIPT = r"""
use strict;
use warnings;
use Mail::SpamAssassin;

my $filter = Mail::SpamAssassin->new({
    LOCAL_STATE_DIR      => '/var/lib/spamassassin',
    dont_copy_prefs      => 1,
    home_dir_for_helpers => $ENV{HOME},
    ignore_site_cf_files => 1,
    local_tests_only     => 1,
    post_config_text     => "use_bayes 0\nuse_auto_welcomelist 0\n",
    require_rules        => 1,
    userprefs_filename   => '/dev/null',
});
for my $file (@ARGV) {
    open(my $handle, '<:raw', $file) or die "$file: $!";
    my $mail = $filter->parse([<$handle>]);
    my $status = $filter->check($mail);
    my $points = $status->get_names_of_tests_hit_with_scores_hash();
    print $status->get_score(), "\n";
    for my $rule (keys %$points) {
        my $about = $filter->{conf}->get_description_for_rule($rule) // '';
        $about =~ s/\s+/ /g;
        print "$rule\t$points->{$rule}\t$about\n";
    }
    print "\n";
    $status->finish();
    $mail->finish();
}
"""


class Hit(NamedTuple):
    """A rule of SpamAssassin that a message meets. `about` is its own line on it, may be empty."""

    rule: str
    points: float
    about: str


class Score(NamedTuple):
    """What a message scores: the total, and the rules it is the sum of, highest points first.

    Rules of a thousandth of a point, more or less, are there to inform.
    """

    total: float
    hits: tuple[Hit, ...]


def score(message: bytes) -> Score:
    """What `message` scores; NewsletterError where SpamAssassin is missing or does not answer."""
    return scores([message])[0]


def scores(messages: Sequence[bytes]) -> list[Score]:
    """What each of `messages` scores, as `score` has it, in one run of SpamAssassin."""
    if not messages:
        return []
    perl = shutil.which("perl")
    if perl is None:
        raise _missing()
    with TemporaryDirectory(prefix="newsletter-") as folder:
        files = [str(number) for number, _ in enumerate(messages)]
        for file, message in zip(files, messages, strict=True):
            Path(folder, file).write_bytes(message)
        answer = _run([perl, "-e", _SCRIPT, *files], folder, SECONDS * len(files))
    try:
        found = [_score(block) for block in answer.removesuffix("\n\n").split("\n\n")]
    except ValueError:
        found = []
    if len(found) != len(messages):
        raise _failed("its answer cannot be read")
    return found


def _run(command: list[str], folder: str, seconds: float) -> str:
    """What `command` prints, run in `folder`, which it takes for its user's home, too."""
    path = os.environ.get("PATH", os.defpath)
    try:
        done = subprocess.run(  # noqa: S603 (no word of the command comes from an editor)
            command,
            cwd=folder,
            env={"PATH": path, "LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        raise _failed(f"it took longer than {seconds:g} seconds") from None
    except OSError as error:
        raise _failed(f"it cannot be run: {error.strerror}") from None
    if done.returncode:
        if "Can't locate Mail/SpamAssassin.pm" in done.stderr:
            raise _missing()
        said = done.stderr.strip().rpartition("\n")[2]
        raise _failed(said or f"it ended with status {done.returncode}")
    return done.stdout


def _score(block: str) -> Score:
    total, *lines = block.split("\n")
    hits = []
    for line in lines:
        rule, points, about = line.split("\t")
        hits.append(Hit(rule, float(points), about))
    return Score(float(total), tuple(sorted(hits, key=lambda hit: (-hit.points, hit.rule))))


def _missing() -> NewsletterError:
    message = "SpamAssassin is not installed, so the spam score cannot be told"
    return cannot("spamassassin", "no-spamassassin", message, _INSTALL)


def _failed(reason: str) -> NewsletterError:
    message = f"SpamAssassin could not score the message: {reason}"
    return cannot(
        "spamassassin", "spam-failed", message, "see what it says to: spamassassin --lint"
    )
