"""What a spam filter makes of the samples, as each platform would send them."""

from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner

from newsletter.build import on, rendered
from newsletter.cli import newsletter
from newsletter.message import Posting
from newsletter.project import open_project
from newsletter.spam import scores

ROOT = Path(__file__).parent.parent


def test_every_sample_and_every_platform_scores_under_one_point() -> None:
    project = open_project(ROOT / "issues")
    posting = Posting(datetime.now(UTC), ("reader@example.org",))
    names: dict[bytes, list[str]] = {}  # by message: many platforms send the same one
    for number, path in enumerate(project.issues):
        base = rendered(path, project)
        # Each sample where no tag is filled in, and each platform with one of them.
        for name in ("generic", *project.platforms.names()[number::5]):
            message = on(name, base, project).eml(posting)
            assert message, (path.stem, name)
            names.setdefault(message, []).append(f"{path.stem} on {name}")
    told = {name.partition(" on ")[2] for those in names.values() for name in those}
    assert told == set(project.platforms.names())
    found = dict(zip(names, scores(list(names)), strict=True))
    over = {tuple(names[message]): score for message, score in found.items() if score.total >= 1}
    assert over == {}


def test_check_tells_each_rule_of_the_spam_filter_and_too_many_points(folder: Path) -> None:
    (folder / "issues" / "2024-05.yaml").write_text(
        "title: Safeguarding Monthly\ndate: 2024-05\n"
        "preheader: New advice for carers, and a warning about medicines\n"
        "entries:\n  - This offer of viagra is 100% guaranteed, dear friend.\n"
    )
    run = CliRunner().invoke(newsletter, ["check", "--delivery"])
    told = [line for line in run.stdout.splitlines() if "[spam-" in line]
    assert run.exit_code == 1
    assert told[:3] == [
        "issues/2024-05.yaml: note: SpamAssassin gives 2.7 points for GUARANTEED_100_PERCENT: One "
        "hundred percent guaranteed [spam-points]",
        "issues/2024-05.yaml: note: SpamAssassin gives 1.8 points for DRUGS_ERECTILE: Refers to "
        "an erectile drug [spam-points]",
        "issues/2024-05.yaml: error: SpamAssassin gives this email 4.5 points; more than 2.0 are "
        "too many [spam-score]",
    ]


def test_without_being_asked_the_spam_filter_is_not(folder: Path) -> None:
    (folder / "issues" / "2024-05.yaml").write_text(
        "title: Safeguarding Monthly\ndate: 2024-05\nentries:\n  - Of viagra.\n"
    )
    run = CliRunner().invoke(newsletter, ["check"])
    assert "[spam-points]" not in run.stdout
