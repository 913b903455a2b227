"""The desk of the preview has each issue as it is while somebody writes."""

import asyncio
import os
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from newsletter.preview.counting import Counter
from newsletter.preview.desk import KEPT, Counts, Desk, Look, Row, counts
from newsletter.problems import Level
from tests.conftest import PRIVACY, SETTINGS

GOOD = """\
title: {title}
date: {day}
preheader: A guide for clubs and schools, and what inspectors found in homes
entries:
  - Safer meetings begin with [a plan](https://example.org/news/{title}-safety-plan).
"""
HALF = """\
title: {title}
date: {day}
entries:
  - Safer meetings begin with [a plan](https://example.org/plan).
  - titel: Clubs
"""
BROKEN = 'title: "{title}\nentries: [\n'


def _write(folder: Path, name: str, title: str, day: str = "2024-04", text: str = GOOD) -> Path:
    path = folder / "issues" / name
    path.write_text(text.format(title=title, day=day), "utf-8")
    return path


def _look(desk: Desk, name: str, platform: str = "") -> Look:
    look = desk.look(name, platform)
    assert look
    return look


def _words(look: Look) -> str:
    """The email that is shown, as plain text."""
    assert look.shown.email
    return look.shown.email.text


# --- the list -----------------------------------------------------------------------------------


def test_issues_stand_newest_first_with_title_and_day(folder: Path) -> None:
    _write(folder, "a.yaml", "April", "2024-04-02")
    _write(folder, "b.yml", "Spring", "2024-04")
    _write(folder, "c.YAML", "", text="title:  May\n  and  June\ndate: 2024-05\n")
    _write(folder, "d.yaml", "April again", "2024-04-02")
    (folder / "issues" / "no-title.yaml").write_text("entries: []\n", "utf-8")
    (folder / "issues" / "number.yaml").write_text("title: 7\ndate: [2024]\n", "utf-8")
    for name in ("notes.txt", ".hidden.yaml", "e.yaml~"):
        (folder / "issues" / name).write_text("title: Not an issue\n", "utf-8")
    (folder / "issues" / "more").mkdir()
    _write(folder, "more/f.yaml", "Deeper")
    rows = [(row.name, row.title, row.day, row.problems) for row in Desk(folder).rows()]
    assert rows == [
        ("c.YAML", "May and June", "2024-05", None),
        ("d.yaml", "April again", "2024-04-02", None),
        ("a.yaml", "April", "2024-04-02", None),
        ("b.yml", "Spring", "2024-04", None),
        ("number.yaml", "7", "", None),
        ("no-title.yaml", "no-title", "", None),
    ]


def test_a_newsletter_without_issues_has_an_empty_list(folder: Path) -> None:
    assert Desk(folder).rows() == []
    (folder / "issues").rmdir()
    desk = Desk(folder)
    assert desk.rows() == []
    assert desk.uncounted() is None
    assert desk.path("one.yaml") is None


@pytest.mark.parametrize(
    "slip",
    [BROKEN, "", '"', "\tx", "title: [\n", "\0", "title:\n", "a: &b *b"],
    ids=["broken", "empty", "quote", "tab", "bracket", "control", "no title", "alias"],
)
def test_a_slip_takes_no_title_away(folder: Path, slip: str) -> None:
    path = _write(folder, "one.yaml", "April")
    desk = Desk(folder)
    before = desk.rows()
    path.write_text(slip, "utf-8")
    desk.changed([path])
    assert [row[:3] for row in desk.rows()] == [row[:3] for row in before]
    path.write_bytes(b"title: F\xfcr\n")
    desk.changed([path])
    assert [row[:3] for row in desk.rows()] == [row[:3] for row in before]
    path.write_text(GOOD.format(title="May", day="2024-05"), "utf-8")
    desk.changed([path])
    assert [(row.title, row.day) for row in desk.rows()] == [("May", "2024-05")]


def test_a_slip_in_the_title_alone_takes_no_title_away(folder: Path) -> None:
    path = _write(folder, "one.yaml", "April")
    desk = Desk(folder)
    before = desk.rows()
    path.write_text("titel: April\ndate: 2024-04\n", "utf-8")
    desk.changed([path])
    assert [row[:3] for row in desk.rows()] == [row[:3] for row in before]


def test_new_renamed_and_deleted_issues_come_and_go(folder: Path) -> None:
    one = _write(folder, "one.yaml", "April", "2024-04")
    desk = Desk(folder)
    assert [row.title for row in desk.rows()] == ["April"]
    two = _write(folder, "two.yaml", "May", "2024-05")
    assert desk.changed([two]) == {"two.yaml"}
    assert [row.title for row in desk.rows()] == ["May", "April"]
    assert desk.settle() == set()
    three = one.rename(folder / "issues" / "three.yaml")
    assert desk.changed([one, three]) == {"one.yaml", "three.yaml"}
    assert [row.name for row in desk.rows()] == ["two.yaml", "three.yaml"]
    assert (desk.path("one.yaml"), desk.look("one.yaml")) == (None, None)
    assert _words(_look(desk, "three.yaml"))
    assert desk.settle() == {"two.yaml"}
    two.unlink()
    assert desk.changed([two]) == {"two.yaml"}
    assert desk.settle() == set()
    assert [row.name for row in desk.rows()] == ["three.yaml"]
    assert desk.look("two.yaml") is None


def test_a_deleted_issue_that_comes_back_has_nothing_of_its_former_life(folder: Path) -> None:
    path = _write(folder, "one.yaml", "April")
    desk = Desk(folder)
    assert _look(desk, "one.yaml").state == "now"
    path.unlink()
    desk.changed([path])
    desk.settle()
    path.write_text(BROKEN.format(title="May"), "utf-8")
    desk.changed([path])
    assert _look(desk, "one.yaml").state == "nothing"
    assert [row.title for row in desk.rows()] != ["April"]


def test_an_issue_that_was_gone_before_anybody_saw_it_settles(folder: Path) -> None:
    desk = Desk(folder)
    assert desk.changed([folder / "issues" / "brief.yaml"]) == {"brief.yaml"}
    assert desk.settle() == set()
    assert desk.settle() == set()


# --- what a change means ------------------------------------------------------------------------


def _stamps(desk: Desk) -> dict[str, int]:
    return {row.name: desk.stamp(row.name) for row in desk.rows()}


def _three(folder: Path) -> Desk:
    for number in (3, 4, 5):
        _write(folder, f"{number}.yaml", f"Month {number}", f"2024-0{number}")
    return Desk(folder)


def _touched(before: dict[str, int], desk: Desk) -> set[str]:
    return {name for name, stamp in _stamps(desk).items() if stamp != before.get(name)}


def test_a_change_is_one_of_its_issue_and_then_of_those_that_come_after(folder: Path) -> None:
    desk = _three(folder)
    before = _stamps(desk)
    assert len(set(before.values())) == 1
    assert desk.changed([folder / "issues" / "4.yaml"]) == {"4.yaml"}
    assert _touched(before, desk) == {"4.yaml"}
    assert desk.settle() == {"5.yaml"}
    assert _touched(before, desk) == {"4.yaml", "5.yaml"}
    assert desk.settle() == set()


def test_an_issue_that_gets_another_day_touches_all_from_the_earlier_of_both(folder: Path) -> None:
    desk = _three(folder)
    desk.rows()
    path = _write(folder, "5.yaml", "Month 5", "2024-02")
    desk.changed([path])
    assert desk.settle() == {"3.yaml", "4.yaml"}
    path = _write(folder, "5.yaml", "Month 5", "2024-05")
    desk.changed([path])
    assert desk.settle() == {"3.yaml", "4.yaml"}


def test_a_deleted_issue_touches_those_that_came_after(folder: Path) -> None:
    desk = _three(folder)
    desk.rows()
    path = folder / "issues" / "4.yaml"
    path.unlink()
    desk.changed([path])
    assert desk.settle() == {"5.yaml"}


@pytest.mark.parametrize(
    "name",
    [
        "newsletter.yaml",
        "templates/themes/own.yaml",
        "templates/parts/entry.mjml",
        "issues/images/room.png",
        "issues/room.jpg",
        "platforms/own.yaml",
        "issues/more/one.yaml",
        "issues",
    ],
)
def test_a_change_of_anything_else_is_one_of_all_issues(folder: Path, name: str) -> None:
    desk = _three(folder)
    before = _stamps(desk)
    assert desk.changed([folder / "issues" / "4.yaml", folder / name]) is None
    assert _touched(before, desk) == {"3.yaml", "4.yaml", "5.yaml"}
    assert desk.settle() == set()


def test_no_change_is_none(folder: Path) -> None:
    desk = _three(folder)
    before = _stamps(desk)
    assert desk.changed([]) == set()
    assert _touched(before, desk) == set()


def test_a_preview_that_is_started_again_has_later_stamps(folder: Path) -> None:
    first = _three(folder)
    for _ in range(3):
        first.changed([folder / "issues" / "4.yaml"])
    # A person cannot start it twice in the few milliseconds that changes stand for here.
    second = Desk(folder)
    while second.stamp("4.yaml") <= first.stamp("4.yaml"):
        second = Desk(folder)
    assert second.stamp("4.yaml") > first.stamp("4.yaml")


def test_other_settings_are_in_the_next_email(folder: Path) -> None:
    _write(folder, "one.yaml", "April")
    desk = Desk(folder)
    assert "1 Example Street" in _words(_look(desk, "one.yaml"))
    path = folder / "newsletter.yaml"
    path.write_text(SETTINGS.replace("1 Example", "2 Sample"), "utf-8")
    desk.changed([path])
    assert "2 Sample Street" in _words(_look(desk, "one.yaml"))


def test_a_picture_that_is_drawn_anew_is_in_the_next_email(folder: Path) -> None:
    entry = "title: A\ndate: 2024\nentries: [{{image: {{src: room.png, alt: A room}}}}]\n"
    _write(folder, "one.yaml", "", text=entry)
    desk = Desk(folder)
    assert _look(desk, "one.yaml").state == "draft"
    picture = folder / "issues" / "room.png"
    for size in (4, 8):
        Image.new("RGB", (size, size)).save(picture)
        desk.changed([picture])
        look = _look(desk, "one.yaml")
        assert (look.state, dict(look.shown.images)) == (
            "now",
            {"images/room.png": picture.read_bytes()},
        )


# --- what is on the screen ----------------------------------------------------------------------


def test_an_issue_without_mistakes_is_shown_as_it_is(folder: Path) -> None:
    _write(folder, "one.yaml", "April")
    desk = Desk(folder)
    look = _look(desk, "one.yaml")
    assert (look.state, look.stamp, look.now is look.shown) == (
        "now",
        desk.stamp("one.yaml"),
        True,
    )
    assert desk.email("one.yaml") is not None


def test_an_issue_that_begins_with_mistakes_is_shown_as_far_as_it_can_be_read(
    folder: Path,
) -> None:
    _write(folder, "one.yaml", "April", text=HALF)
    look = _look(Desk(folder), "one.yaml")
    assert (look.state, look.now is look.shown) == ("draft", True)
    assert "Safer meetings" in _words(look)


@pytest.mark.parametrize("text", [BROKEN, "", "title: {title}\ndate: 2024\n"])
def test_of_an_issue_that_says_nothing_nothing_is_shown(folder: Path, text: str) -> None:
    _write(folder, "one.yaml", "April", text=text)
    desk = Desk(folder)
    look = _look(desk, "one.yaml")
    assert (look.state, look.shown.email) == ("nothing", None)
    assert look.now.problems
    email = desk.email("one.yaml")
    assert email
    assert email.sample is None


@pytest.mark.parametrize("text", [BROKEN, HALF, ""])
def test_the_last_good_email_stays_until_the_next_one(folder: Path, text: str) -> None:
    path = _write(folder, "one.yaml", "April")
    desk = Desk(folder)
    good = _look(desk, "one.yaml")
    for _ in range(2):  # a second mistake changes nothing
        _write(folder, "one.yaml", "May", text=text)
        desk.changed([path])
        look = _look(desk, "one.yaml")
        assert (look.state, _words(look)) == ("before", _words(good))
        assert look.now.problems
        assert any(one.level is Level.ERROR for one in desk.problems("one.yaml", look))
        email = desk.email("one.yaml")
        assert email
        assert email.sample == good.shown.sample
    _write(folder, "one.yaml", "June")
    desk.changed([path])
    look = _look(desk, "one.yaml")
    assert (look.state, look.now is look.shown) == ("now", True)
    assert "June" in _words(look)
    assert not any(one.level is Level.ERROR for one in desk.problems("one.yaml", look))


def test_the_last_good_email_is_there_for_each_platform(folder: Path) -> None:
    path = _write(folder, "one.yaml", "April")
    desk = Desk(folder)
    assert _look(desk, "one.yaml").state == "now"
    _write(folder, "one.yaml", "May", text=BROKEN)
    desk.changed([path])
    look = _look(desk, "one.yaml", "mailchimp")  # nobody has looked at it for this one before
    assert (look.state, look.shown.platform, look.now.platform) == (
        "before",
        "mailchimp",
        "mailchimp",
    )
    assert look.shown.email
    assert "*|UNSUB|*" in look.shown.email.html


def test_platforms_differ_in_their_tags_only(folder: Path) -> None:
    _write(folder, "one.yaml", "April")
    settings = SETTINGS.partition("links:")[0] + "platform: brevo, mailchimp\n"
    (folder / "newsletter.yaml").write_text(settings, "utf-8")
    desk = Desk(folder)
    looks = {name: _look(desk, "one.yaml", name) for name in ("", "brevo", "mailchimp")}
    assert {name: look.shown.platform for name, look in looks.items()} == {
        "": "brevo",
        "brevo": "brevo",
        "mailchimp": "mailchimp",
    }
    assert {look.state for look in looks.values()} == {"now"}
    assert looks[""] is looks["brevo"]
    assert looks["brevo"].shown.neutral is looks["mailchimp"].shown.neutral
    assert ("*|UNSUB|*" in _words(looks["mailchimp"]), "*|" in _words(looks["brevo"])) == (
        True,
        False,
    )
    assert desk.builds == 1


def test_for_a_platform_that_there_is_not_the_first_one_stands_in(folder: Path) -> None:
    _write(folder, "one.yaml", "April")
    desk = Desk(folder)
    look = _look(desk, "one.yaml", "../../newsletter")
    assert (look.shown.email, look.shown.platform) == (
        _look(desk, "one.yaml").shown.email,
        "generic",
    )


# --- problems -----------------------------------------------------------------------------------


def test_what_is_wrong_is_told_and_counted(folder: Path) -> None:
    (folder / "newsletter.yaml").write_text(SETTINGS + PRIVACY, "utf-8")
    _write(folder, "one.yaml", "April", text=HALF)
    desk = Desk(folder)
    assert desk.uncounted() == (folder / "issues" / "one.yaml", desk.stamp("one.yaml"))
    found = desk.problems("one.yaml", _look(desk, "one.yaml"))
    levels = [problem.level for problem in found]
    number = tuple(levels.count(one) for one in (Level.ERROR, Level.WARNING, Level.NOTE))
    assert number[0] == 1
    assert counts(found) == number
    assert [row.problems for row in desk.rows()] == [number]
    assert desk.uncounted() is None
    assert _counted_elsewhere(folder, "one.yaml", "one.yaml") == [number, number]


def _counted_elsewhere(folder: Path, *names: str) -> list[Counts]:
    """What the process that counts says of issues."""

    async def work() -> list[Counts]:
        counter = Counter(folder)
        try:
            return [await counter.count(folder / "issues" / name) for name in names]
        finally:
            await counter.close()

    return asyncio.run(work())


def test_whoever_counts_comes_back_after_an_end_and_passes_over_what_nobody_waits_for(
    folder: Path,
) -> None:
    _write(folder, "one.yaml", "April")
    _write(folder, "half.yaml", "May", text=HALF)
    one, half = _counted_elsewhere(folder, "one.yaml", "half.yaml")
    assert (one[0], half[0]) == (0, 1)

    async def work() -> list[Counts]:
        counter = Counter(folder)
        with suppress(TimeoutError):  # nobody waits for this one any more
            await asyncio.wait_for(counter.count(folder / "issues" / "half.yaml"), 0.01)
        first = await counter.count(folder / "issues" / "one.yaml")
        await counter.close()
        await counter.close()
        second = await counter.count(folder / "issues" / "half.yaml")
        await counter.close()
        return [first, second]

    assert asyncio.run(work()) == [one, half]


def test_mistakes_of_the_settings_are_told_with_every_issue(folder: Path) -> None:
    _write(folder, "one.yaml", "April")
    path = folder / "newsletter.yaml"
    desk = Desk(folder)
    clean = desk.problems("one.yaml", _look(desk, "one.yaml"))
    path.write_text(f"{SETTINGS}theem: plain\n", "utf-8")
    desk.changed([path])
    look = _look(desk, "one.yaml")
    found = desk.problems("one.yaml", look)
    new = [(one.path, one.code) for one in found if one not in clean]
    assert new == [("newsletter.yaml", "unknown-field")]
    assert look.state == "now"
    assert [row.problems and row.problems[0] for row in desk.rows()] == [1]
    path.write_text(SETTINGS, "utf-8")
    desk.changed([path])
    assert desk.problems("one.yaml", _look(desk, "one.yaml")) == clean


def test_a_number_of_problems_is_not_told_once_the_issue_has_changed(folder: Path) -> None:
    path = _write(folder, "one.yaml", "April")
    desk = Desk(folder)
    stamp = desk.stamp("one.yaml")
    desk.count("one.yaml", stamp, (0, 1, 2))
    assert [row.problems for row in desk.rows()] == [(0, 1, 2)]
    assert desk.uncounted() is None
    desk.changed([path])
    assert [row.problems for row in desk.rows()] == [None]
    assert desk.uncounted() == (path, desk.stamp("one.yaml"))
    desk.count("one.yaml", stamp, (0, 1, 2))  # which was counted before it changed
    assert desk.uncounted() == (path, desk.stamp("one.yaml"))


def test_the_newest_issue_is_counted_first(folder: Path) -> None:
    desk = _three(folder)
    order = []
    while asked := desk.uncounted():
        path, stamp = asked
        order.append(path.name)
        desk.count(path.name, stamp, (0, 0, 0))
    assert order == ["5.yaml", "4.yaml", "3.yaml"]


def test_what_was_sent_before_is_told_of_the_later_issue_once_all_is_settled(folder: Path) -> None:
    _write(folder, "4.yaml", "April", "2024-04")
    _write(folder, "5.yaml", "May", "2024-05")
    desk = Desk(folder)
    first = {one.code for one in desk.problems("5.yaml", _look(desk, "5.yaml"))}
    path = folder / "issues" / "4.yaml"
    path.write_text(path.read_text("utf-8").replace("April-", "May-"), "utf-8")
    desk.changed([path])
    assert desk.settle() == {"5.yaml"}
    later = {one.code for one in desk.problems("5.yaml", _look(desk, "5.yaml"))}
    assert later - first == {"sent-before"}


# --- names --------------------------------------------------------------------------------------

NOT_ISSUES = [
    *("", ".", "..", "../newsletter.yaml", "newsletter.yaml", "one", "ONE.yaml", "one.yaml/"),
    *("./one.yaml", "more/../one.yaml", ".hidden.yaml", "notes.txt", "one.yaml\0", "one.yaml\n"),
    *("/etc/passwd", "images", "images/a.yaml", "..\\newsletter.yaml", "x" * 100_000),
]


@pytest.mark.parametrize("name", NOT_ISSUES, ids=lambda name: repr(name)[:20])
def test_what_is_no_issue_has_no_path(folder: Path, name: str) -> None:
    _write(folder, "one.yaml", "April")
    _write(folder, ".hidden.yaml", "Hidden")
    (folder / "issues" / "notes.txt").write_text("title: Notes\n", "utf-8")
    (folder / "issues" / "images").mkdir()
    _write(folder, "images/a.yaml", "A")
    desk = Desk(folder)
    assert desk.path(name) is None
    assert desk.path(str(folder / "issues" / "one.yaml")) is None
    assert (desk.look(name), desk.email(name)) == (None, None)
    desk.commit("one.yaml", "title: Earlier\n")
    assert desk.committed(name) is None
    assert desk.path("one.yaml") == folder / "issues" / "one.yaml"


def test_a_link_out_of_the_folder_is_no_issue(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "private.yaml"
    outside.write_text("title: Private\n", "utf-8")
    (folder / "issues" / "link.yaml").symlink_to(outside)
    (folder / "issues" / "settings.yaml").symlink_to("../../../../../../../../etc/hostname")
    desk = Desk(folder)
    assert [desk.path(name) for name in ("link.yaml", "settings.yaml")] == [None, None]
    assert desk.rows() == []


def test_a_link_to_another_issue_is_one(folder: Path) -> None:
    _write(folder, "one.yaml", "April")
    (folder / "issues" / "latest.yaml").symlink_to("one.yaml")
    desk = Desk(folder)
    assert desk.path("latest.yaml") == folder / "issues" / "latest.yaml"
    assert _look(desk, "latest.yaml").state == "now"


def test_a_link_to_nowhere_and_a_folder_called_like_an_issue_break_nothing(folder: Path) -> None:
    (folder / "issues" / "gone.yaml").symlink_to("never.yaml")
    (folder / "issues" / "loop.yaml").symlink_to("loop.yaml")
    (folder / "issues" / "folder.yaml").mkdir()
    _write(folder, "one.yaml", "April")
    desk = Desk(folder)
    assert "one.yaml" in [row.name for row in desk.rows()]
    for row in desk.rows():
        look = _look(desk, row.name)
        assert look.state == ("now" if row.name == "one.yaml" else "nothing")
        desk.problems(row.name, look)


def test_a_desk_in_a_folder_below_has_the_newsletter_above(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(folder, "one.yaml", "April")
    monkeypatch.chdir(folder / "issues")
    desk = Desk(Path())
    assert (desk.root, [row.name for row in desk.rows()]) == (folder, ["one.yaml"])


# --- work and memory ----------------------------------------------------------------------------


def test_many_looks_need_one_build(folder: Path) -> None:
    path = _write(folder, "one.yaml", "April")
    desk = Desk(folder)
    first = _look(desk, "one.yaml")
    for platform in ("", "generic", "mailchimp", "brevo", "mailchimp"):
        look = _look(desk, "one.yaml", platform)
        desk.email("one.yaml", platform)
        desk.problems("one.yaml", look)
    assert (desk.builds, _look(desk, "one.yaml") is first) == (1, True)
    desk.rows()
    assert desk.builds == 1
    desk.changed([path])
    desk.email("one.yaml")
    _look(desk, "one.yaml")
    assert desk.builds == 2


def test_only_issues_that_somebody_looks_at_are_kept(folder: Path) -> None:
    names = [f"{number:02}.yaml" for number in range(KEPT + 2)]
    for name in names:
        _write(folder, name, f"Issue {name}")
    desk = Desk(folder)
    for name in names:
        desk.problems(name, _look(desk, name))
    assert desk.builds == KEPT + 2
    for name in reversed(names[2:]):  # the last ones are there still
        desk.problems(name, _look(desk, name))
    assert desk.builds == KEPT + 2
    _look(desk, names[0])
    assert desk.builds == KEPT + 3
    _look(desk, names[2])  # which had been wanted last
    assert desk.builds == KEPT + 3
    _look(desk, names[-1])  # which made room
    assert desk.builds == KEPT + 4


def _sizes(desk: Desk) -> dict[str, int]:
    """How many things are kept, of each kind."""
    kept = {name: value for name, value in vars(desk).items() if isinstance(value, dict)}
    assert len(kept) >= 4
    return {name: len(value) for name, value in kept.items()}


def test_what_is_kept_does_not_grow_with_the_number_of_changes(folder: Path) -> None:
    for number in range(3):
        _write(folder, f"{number}.yaml", f"Issue {number}")
    desk = Desk(folder)

    def save(number: int, looks: bool) -> None:
        passing = _write(folder, f"passing-{number % 10}.yaml", "Passing", text=BROKEN)
        path = _write(folder, "1.yaml", f"Issue{number}", text=BROKEN if number % 3 else GOOD)
        desk.changed([path, passing])
        if looks:
            desk.problems("1.yaml", _look(desk, "1.yaml", "mailchimp"))
            desk.problems(passing.name, _look(desk, passing.name))
        desk.rows()
        passing.unlink()
        desk.changed([passing])
        desk.settle()

    for number in range(KEPT + 2):
        save(number, looks=True)
    before = _sizes(desk)
    for number in range(KEPT + 2, KEPT + 202):
        save(number, looks=number % 5 == 0)
    assert _sizes(desk) == before


def test_issues_that_are_gone_are_forgotten(folder: Path) -> None:
    _write(folder, "one.yaml", "April")
    desk = Desk(folder)
    desk.problems("one.yaml", _look(desk, "one.yaml"))
    desk.rows()
    before = _sizes(desk)
    for number in range(3):
        passing = _write(folder, f"passing-{number}.yaml", "Passing")
        desk.changed([passing])
        desk.problems(passing.name, _look(desk, passing.name))
        desk.rows()
        passing.unlink()
        desk.changed([passing])
        desk.settle()
    _look(desk, "one.yaml")
    assert _sizes(desk) == before


def test_a_file_that_cannot_be_read_breaks_nothing(folder: Path) -> None:
    path = _write(folder, "one.yaml", "April")
    desk = Desk(folder)
    before = desk.rows()
    path.chmod(0)
    if os.access(path, os.R_OK):  # as for root, who may read all
        path.unlink()
        path.mkdir()
    desk.changed([path])
    assert desk.rows() == [Row(*before[0][:3])]
    assert _look(desk, "one.yaml").state == "nothing"


def test_a_name_that_is_no_text_breaks_no_list(folder: Path) -> None:
    try:
        (folder / "issues" / os.fsdecode(b"b\xfcro.yaml")).write_text("title: A\n", "utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system has such names not")
    _write(folder, "one.yaml", "April")
    desk = Desk(folder)
    for row in desk.rows():
        row.name.encode()  # it goes into addresses and JSON
    assert "one.yaml" in [row.name for row in desk.rows()]
