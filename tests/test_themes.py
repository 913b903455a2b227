"""Themes: what they inherit, what is refused, their own CSS, and an organisation's colour."""

import re
from itertools import combinations
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from newsletter.build import Result
from newsletter.cli import newsletter
from newsletter.colours import LARGE, TEXT, contrast, mixed, readable
from newsletter.lookup import Look, Templates
from newsletter.model import Brand
from newsletter.problems import Level
from newsletter.theme import Palette, Theme, branded
from newsletter.values import Colour
from tests.conftest import SETTINGS, Build

SHIPPED = Templates()
THEMES = ["editorial", "night", "plain", "public", "warm"]
EACH = pytest.mark.parametrize("name", THEMES)
ISSUE = "title: T\ndate: 2024\n{}entries:\n  - See [a page](https://example.org/).\n"

# Every text, the grounds it stands on, and the least contrast (WCAG 2.2, 1.4.3).
PAIRS = {
    "ink": (("card", "tint"), 4.5),
    "muted": (("card", "tint", "page"), 4.5),
    "heading": (("card", "tint"), 4.5),
    "link": (("card", "tint"), 4.5),
    "band_ink": (("band",), 3),
    "band_muted": (("band",), 4.5),
}


def _look(name: str, templates: Templates = SHIPPED) -> Look:
    look, problems = templates.theme(name)
    assert problems == []
    assert look
    return look


def _unreadable(theme: Theme) -> list[tuple[str, str, float]]:
    """Each text with a ground that it cannot be read on."""
    return [
        (text, ground, contrast(getattr(palette, text), getattr(palette, ground)))
        for palette in (theme.light, theme.dark)
        for text, (grounds, least) in PAIRS.items()
        for ground in grounds
        if contrast(getattr(palette, text), getattr(palette, ground)) < least
    ]


# --- colours ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "two", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#00ff00", "#000000", 15.3),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast_is_the_ratio_of_wcag(one: str, two: str, ratio: float) -> None:
    assert round(contrast(one, two), 2) == ratio
    assert contrast(one, two) == contrast(two, one)


colours = st.builds(lambda value: f"#{value:06x}", st.integers(0, 0xFFFFFF))
greys = st.builds(lambda value: "#" + f"{value:02x}" * 3, st.integers(0, 255))
any_colour = colours | greys
many = settings(
    derandomize=True,
    deadline=None,
    max_examples=100,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)


@many
@given(colour=any_colour, ground=any_colour)
def test_for_one_ground_there_is_always_a_readable_colour(colour: str, ground: str) -> None:
    made = readable(colour, [ground])
    assert contrast(made, ground) >= TEXT
    assert made == colour or contrast(colour, ground) < TEXT


def test_what_can_be_read_is_left_as_it_is_and_what_cannot_changes_little() -> None:
    assert readable("#123456", ["#ffffff", "#eeeeee"]) == "#123456"
    assert readable("#777777", ["#ffffff"]) == mixed("#777777", "#000000", 0.02)
    assert readable("#777777", ["#000000"], LARGE) == "#777777"


# --- the shipped themes -------------------------------------------------------------------------


def test_the_shipped_themes_are_five() -> None:
    assert SHIPPED.themes() == THEMES


@EACH
def test_a_shipped_theme_loads_and_can_be_read(name: str) -> None:
    theme = _look(name).theme
    assert _unreadable(theme) == []
    assert len(theme.description) > 20


def test_shipped_themes_differ_to_the_eye() -> None:
    """In more than one of masthead, font, size of the words and corners, each from each."""
    seen = {
        name: (theme.light.band, theme.light.link, theme.heading_font, theme.size, theme.corner)
        for name in THEMES
        for theme in [_look(name).theme]
    }
    alike = {
        pair: sum(a == b for a, b in zip(seen[pair[0]], seen[pair[1]], strict=True))
        for pair in combinations(THEMES, 2)
    }
    assert {pair: number for pair, number in alike.items() if number > 2} == {}


@EACH
def test_an_issue_is_set_in_the_theme_that_it_names(name: str, built: Build) -> None:
    result = built(ISSUE.format(f"theme: {name}\n"))
    theme = _look(name).theme
    assert result.problems == ()
    assert _band(result) == theme.light.band
    assert _link(result) == theme.light.link
    assert result.email
    assert f"font-size:{theme.size}px" in result.email.html


def _whole(colour: str) -> str:
    """A colour of six digits, which an email may have shortened to three."""
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])


def _band(result: Result) -> str:
    """The colour behind the issue's title."""
    assert result.email, result.problems
    before = result.email.html[: result.email.html.index("<h1")]
    return _whole(re.findall('bgcolor="(#[0-9a-f]+)"', before)[-1])


def _link(result: Result) -> str:
    assert result.email, result.problems
    (style,) = re.findall(r'href="https://example.org/" style="([^"]*)"', result.email.html)
    (colour,) = re.findall(r"(?<![\w-])color:(#[0-9a-f]+)", style)
    return _whole(colour)


# --- which theme --------------------------------------------------------------------------------


def test_the_command_line_goes_before_the_issue_and_the_issue_before_the_settings(
    built: Build,
) -> None:
    own, shared = ISSUE.format("theme: night\n"), "theme: warm\n"
    bands = [
        _band(built(ISSUE.format(""))),
        _band(built(ISSUE.format(""), more=shared)),
        _band(built(own, more=shared)),
        _band(built(own, more=shared, theme="public")),
        _band(built(ISSUE.format("theme:\n"), more=shared)),
    ]
    expected = ["plain", "warm", "night", "public", "warm"]
    assert bands == [_look(name).theme.light.band for name in expected]


def test_the_command_takes_a_theme(folder: Path) -> None:
    (folder / "issues" / "one.yaml").write_text(ISSUE.format("theme: night\n"))
    result = CliRunner().invoke(newsletter, ["build", "--theme", "warm"])
    assert result.exit_code == 0
    html = (folder / "output" / "one" / "email.html").read_text("utf-8")
    assert _look("warm").theme.light.band in html
    assert _look("night").theme.light.band not in html


NAMES = "themes are: editorial, night, plain, public, warm"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nigth", "there is no theme 'nigth' (did you mean 'night'?)"),
        ("Warm", "there is no theme 'Warm' (did you mean 'warm'?)"),
        ("corporate", "there is no theme 'corporate'"),
        ("../themes/plain", "there is no theme '../themes/plain'"),
    ],
)
def test_a_theme_that_there_is_not_is_told_with_the_nearest(
    name: str, message: str, built: Build
) -> None:
    (problem,) = built(ISSUE.format(f"theme: {name}\n")).problems
    assert (problem.path, problem.mark, problem.code) == ("issues/one.yaml", (3, 8), "no-theme")
    assert problem.message.startswith(message)
    assert problem.hint == NAMES


# --- extending ----------------------------------------------------------------------------------


@pytest.fixture(name="themes")
def _themes(folder: Path) -> Path:
    """The folder of the themes of one's own."""
    path = folder / "templates" / "themes"
    path.mkdir(parents=True)
    return path


def _own(themes: Path, name: str) -> Look:
    return _look(name, Templates(themes.parent))


def _problems(themes: Path, name: str) -> list[tuple[str, tuple[int, int] | None, str, str]]:
    look, problems = Templates(themes.parent).theme(name)
    assert (look is None) == any(problem.level is Level.ERROR for problem in problems)
    return [(p.path.removeprefix("templates/themes/"), p.mark, p.code, p.message) for p in problems]


def test_a_theme_inherits_what_it_does_not_say(themes: Path) -> None:
    (themes / "mine.yaml").write_text(
        "extends: warm\ndescription: Mine.\nlight: {link: '#0B3D91'}\n"
    )
    warm = _look("warm").theme
    light = msgspec.structs.replace(warm.light, link=Colour("#0b3d91"))
    assert _own(themes, "mine").theme == msgspec.structs.replace(
        warm, extends="warm", description="Mine.", light=light
    )


def test_themes_may_extend_each_other_through_many_files(themes: Path) -> None:
    (themes / "a.yaml").write_text("extends: b\nsize: 15\nlight:\n  link: '#111111'\n")
    (themes / "b.yaml").write_text("extends: c\nsize: 14\ngap: 3\nlight:\n  link: '#222222'\n")
    (themes / "c.yaml").write_text(
        "extends: night\ndescription: C.\nsize: 13\ngap: 2\nrule: 9\nlight:\n"
        "  page: '#ffffff'\n  card: '#ffffff'\n  tint: '#ffffff'\n  ink: '#333333'\n"
        "  heading: '#333333'\n  muted: '#333333'\n  link: '#333333'\n"
    )
    theme, night = _own(themes, "a").theme, _look("night").theme
    assert (theme.size, theme.gap, theme.rule, theme.description) == ("15", "3", "9", "C.")
    assert (theme.light.link, theme.light.ink, theme.light.card) == (
        "#111111",
        "#333333",
        "#ffffff",
    )
    assert (theme.light.band, theme.dark, theme.corner) == (
        night.light.band,
        night.dark,
        night.corner,
    )


def test_a_theme_of_a_shipped_name_extends_the_one_it_stands_in_front_of(
    themes: Path, built: Build
) -> None:
    (themes / "plain.yaml").write_text("extends: plain\nlight: {link: '#123456'}\n")
    (themes / "mine.yaml").write_text("extends: plain\ndescription: Mine.\n")
    result = built(ISSUE.format("theme: plain\n"))
    assert (_link(result), _band(result)) == ("#123456", _look("plain").theme.light.band)
    assert _link(built(ISSUE.format("theme: mine\n"))) == "#123456"
    assert Templates(themes.parent).themes() == sorted([*THEMES, "mine"])


def test_a_theme_that_extends_none_says_everything(themes: Path) -> None:
    whole = (SHIPPED.folders[0] / "themes" / "plain.yaml").read_text("utf-8")
    (themes / "mine.yaml").write_text(whole)
    assert _own(themes, "mine").theme == _look("plain").theme
    (themes / "mine.yaml").write_text("description: D\nlight: {page: '#ffffff'}\n")
    assert _problems(themes, "mine") == [
        ("mine.yaml", None, "missing", "this theme does not give every value")
    ]


def test_css_of_ones_own_stands_in_for_that_of_a_shipped_theme(themes: Path, built: Build) -> None:
    """As every other template of one's own does."""
    (themes / "editorial.css").write_text("h1 { letter-spacing: 9px }")
    result = built(ISSUE.format("theme: editorial\n"))
    assert result.email
    assert _style(result.email.html, "h1")["letter-spacing"] == "9px"


def test_the_css_of_a_shipped_theme_stays_where_only_its_values_are_ones_own(
    themes: Path, built: Build
) -> None:
    issue = "title: T\ndate: 2024\ntheme: editorial\nsections: [{title: S, entries: [a]}]\n"
    before = built(issue).email
    shipped = SHIPPED.folders[0] / "themes" / "editorial.yaml"
    (themes / "editorial.yaml").write_text(shipped.read_text("utf-8"))
    after = built(issue).email
    assert before
    assert after
    assert after.html == before.html


def test_the_lock_of_a_file_that_is_being_edited_is_no_theme(themes: Path, built: Build) -> None:
    (themes / "mine.yaml").write_text("description: Mine.\nextends: plain\n")
    (themes / ".#mine.yaml").symlink_to("somebody@example.1234")  # as Emacs makes it
    (themes / "._mine.yaml").write_bytes(b"\0\5\x16\7")  # as macOS makes it
    assert Templates(themes.parent).themes() == sorted([*THEMES, "mine"])
    assert built(ISSUE.format("theme: mine\n")).problems == ()
    result = CliRunner().invoke(newsletter, ["themes"])
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.usefixtures("folder")
def test_themes_that_extend_each_other_in_a_circle_are_told(themes: Path) -> None:
    message = "these themes extend each other in a circle"
    (themes / "a.yaml").write_text("description: A\nextends: b\n")
    (themes / "b.yaml").write_text("extends: c\n")
    (themes / "c.yaml").write_text("extends: a\n")
    (themes / "self.yaml").write_text("description: S\nextends: self\n")
    assert _problems(themes, "a") == [("c.yaml", (1, 10), "no-theme", message)]
    assert _problems(themes, "self") == [("self.yaml", (2, 10), "no-theme", message)]


@pytest.mark.parametrize(
    ("extends", "message"),
    [
        ("plane", "there is no theme 'plane' (did you mean 'plain'?)"),
        ("corporate", "there is no theme 'corporate'"),
        ("../themes/plain", "there is no theme '../themes/plain'"),
    ],
)
def test_a_theme_to_extend_that_there_is_not_is_told(
    extends: str, message: str, themes: Path, built: Build
) -> None:
    (themes / "mine.yaml").write_text(f"description: D\nextends: {extends}\n")
    (problem,) = built(ISSUE.format("theme: mine\n")).problems
    assert (problem.path, problem.mark, problem.code) == (
        "templates/themes/mine.yaml",
        (2, 10),
        "no-theme",
    )
    assert problem.message.startswith(message)
    assert problem.hint == "themes are: editorial, mine, night, plain, public, warm"


def test_a_list_of_themes_to_extend_is_of_the_wrong_shape(themes: Path, built: Build) -> None:
    (themes / "mine.yaml").write_text("description: D\nextends: [plain]\n")
    problems = built(ISSUE.format("theme: mine\n")).problems
    assert (problems[0].mark, problems[0].code, problems[0].message) == (
        (2, 10),
        "shape",
        "'extends' should be the name of one theme",
    )


def test_a_fault_of_an_extended_theme_is_told_in_its_own_file(themes: Path, built: Build) -> None:
    (themes / "mine.yaml").write_text("description: D\nextends: parent\n")
    (themes / "parent.yaml").write_text("extends: plain\nsize: large\nlight: {lnk: '#123456'}\n")
    problems = built(ISSUE.format("theme: mine\n")).problems
    assert [(p.path, p.mark, p.message) for p in problems] == [
        ("templates/themes/parent.yaml", (2, 7), "'large' is not a number of pixels"),
        ("templates/themes/parent.yaml", (3, 9), "a palette has no 'lnk'"),
    ]


def test_themes_are_listed_with_what_they_look_like(themes: Path) -> None:
    (themes / "mine.yaml").write_text("description: Mine alone.\nextends: night\n")
    result = CliRunner().invoke(newsletter, ["themes"])
    assert result.exit_code == 0
    assert "mine         Mine alone." in result.stdout.splitlines()
    (themes / "broken.yaml").write_text("extends: nigth\n")
    result = CliRunner().invoke(newsletter, ["themes"])
    assert result.exit_code == 1
    assert "mine         Mine alone." in result.stdout.splitlines()
    assert "templates/themes/broken.yaml:1:10: error: there is no theme 'nigth'" in result.stderr


# --- contrast -----------------------------------------------------------------------------------

WHITE = "  card: '#ffffff'\n  tint: '#ffffff'\n"


@pytest.mark.parametrize(
    ("text", "ground", "below", "enough", "least", "shown"),
    [
        ("link", "card", "#6868e2", "#de3719", 4.5, "4.49"),
        ("link", "card", "#777777", "#767676", 4.5, "4.47"),
        ("ink", "card", "#6868e2", "#de3719", 4.5, "4.49"),
        ("muted", "card", "#6868e2", "#de3719", 4.5, "4.49"),
        ("heading", "card", "#6868e2", "#de3719", 4.5, "4.49"),
        ("band_ink", "band", "#ff2afd", "#fa6076", 3, "2.99"),
        ("band_muted", "band", "#6868e2", "#de3719", 4.5, "4.49"),
    ],
)
def test_a_text_that_is_hard_to_read_is_refused_with_the_ratio(
    text: str,
    ground: str,
    below: str,
    enough: str,
    least: float,
    shown: str,
    themes: Path,
    built: Build,
) -> None:
    """At the very border: what is shown is cut, so that 4.4997 is not called 4.5."""
    assert contrast(below, "#ffffff") < least <= contrast(enough, "#ffffff")
    theme = (
        "description: D\nextends: plain\nlight:\n  page: '#ffffff'\n"
        + WHITE
        + "  band: '#ffffff'\n  band_ink: '#000000'\n  band_muted: '#000000'\n"
    )
    theme = theme.replace(f"  {text}: '#000000'\n", "")
    line = theme.count("\n") + 1
    (themes / "mine.yaml").write_text(f"{theme}  {text}: '{below}'\n")
    (problem,) = built(ISSUE.format("theme: mine\n")).problems
    assert (problem.path, problem.mark, problem.level, problem.code, problem.message) == (
        "templates/themes/mine.yaml",
        (line, 3),
        Level.ERROR,
        "contrast",
        f"'{text}' {below} on '{ground}' #ffffff has a contrast of {shown}:1; "
        f"{least:g}:1 is the least",
    )
    (named,) = re.findall(f"'{text}' could be (#[0-9a-f]{{6}}), say", problem.hint)
    assert contrast(named, "#ffffff") >= least
    (themes / "mine.yaml").write_text(f"{theme}  {text}: '{enough}'\n")
    assert built(ISSUE.format("theme: mine\n")).problems == ()


def test_every_text_that_is_hard_to_read_is_told_on_light_and_dark_screens(
    themes: Path, built: Build
) -> None:
    (themes / "mine.yaml").write_text(
        "description: D\nextends: plain\nlight:\n  ink: '#eeeeee'\n  muted: '#dddddd'\n"
        "dark:\n  band_ink: '#0c2f36'\n"
    )
    problems = built(ISSUE.format("theme: mine\n")).problems
    assert [(p.mark, p.message.split(";")[0]) for p in problems] == [
        ((4, 3), "'ink' #eeeeee on 'tint' #e1f1ef has a contrast of 1.0:1"),
        ((5, 3), "'muted' #dddddd on 'tint' #e1f1ef has a contrast of 1.16:1"),
        ((7, 3), "'band_ink' #0c2f36 on 'band' #0c2f36 has a contrast of 1.0:1"),
    ]


def test_a_ground_that_inherited_texts_cannot_be_read_on_is_told_at_the_ground(
    themes: Path, built: Build
) -> None:
    (themes / "mine.yaml").write_text("description: D\nextends: plain\nlight:\n  band: '#ffffff'\n")
    problems = built(ISSUE.format("theme: mine\n")).problems
    assert [(p.path, p.mark, p.message) for p in problems] == [
        (
            "templates/themes/mine.yaml",
            (4, 3),
            f"'{text}' {colour} on 'band' #ffffff has a contrast of {ratio}:1; {least}:1 is "
            "the least",
        )
        for text, colour, ratio, least in (
            ("band_ink", "#ffffff", "1.0", "3"),
            ("band_muted", "#bfe0dd", "1.4", "4.5"),
        )
    ]


def test_the_foot_of_an_email_must_be_readable_on_the_page_around_it(
    themes: Path, built: Build
) -> None:
    (themes / "mine.yaml").write_text("description: D\nextends: plain\nlight: {page: '#a0a0a0'}\n")
    (problem,) = built(ISSUE.format("theme: mine\n")).problems
    assert (problem.mark, problem.message) == (
        (3, 9),
        "'muted' #54646f on 'page' #a0a0a0 has a contrast of 2.34:1; 4.5:1 is the least",
    )


def test_no_colour_is_named_that_could_not_be_read_either(themes: Path, built: Build) -> None:
    """On a dark card and a light tint there is none."""
    (themes / "mine.yaml").write_text("description: D\nextends: plain\nlight:\n  card: '#333333'\n")
    problems = built(ISSUE.format("theme: mine\n")).problems
    assert {p.code for p in problems} == {"contrast"}
    named = [colour for p in problems for colour in re.findall("#[0-9a-f]{6}", p.hint)]
    assert [colour for colour in named if contrast(colour, "#333333") < TEXT] == []


# --- CSS of one's own ---------------------------------------------------------------------------


def _styled(themes: Path, built: Build, css: str, parent: str = "") -> str:
    """The HTML of an issue in a theme with this CSS beside it."""
    extends = "plain"
    if parent:
        extends = "parent"
        (themes / "parent.yaml").write_text("description: P\nextends: plain\n")
        (themes / "parent.css").write_text(parent, "utf-8")
    (themes / "mine.yaml").write_text(f"description: D\nextends: {extends}\n")
    (themes / "mine.css").write_text(css, "utf-8")
    result = built(ISSUE.format("theme: mine\n"))
    assert result.problems == ()
    assert result.email
    return result.email.html


def _style(page: str, tag: str) -> dict[str, str]:
    """The declarations that stand on the last `tag` of a page."""
    *_, style = re.findall(rf'<{tag}\b[^>]*style="([^"]*)"', page)
    return dict(part.split(":", 1) for part in style.split(";"))


def test_rules_go_onto_elements_and_media_into_the_head(themes: Path, built: Build) -> None:
    page = _styled(
        themes,
        built,
        "h1 { letter-spacing: 3px }\n"
        "@media (max-width: 321px) {\n  h1 { letter-spacing: 4px !important }\n}\n"
        ".date { letter-spacing: 5px }\n",
    )
    head, body = page.split("<body")
    assert _style(body, "h1")["letter-spacing"] == "3px"
    assert "letter-spacing:5px" in body
    assert "@media (max-width:321px){h1{letter-spacing:4px !important}}" in re.sub(
        r"\s*!", " !", head
    )
    assert "letter-spacing:3px" not in head
    assert "letter-spacing:4px" not in body


def test_the_css_of_an_extended_theme_comes_first(themes: Path, built: Build) -> None:
    page = _styled(
        themes,
        built,
        "h1 { letter-spacing: 2px }\n@media (max-width: 322px) { h1 { margin: 2px } }",
        parent="h1 { letter-spacing: 1px; word-spacing: 1px }\n"
        "@media (max-width: 321px) { h1 { margin: 1px } }",
    )
    style = _style(page, "h1")
    assert (style["letter-spacing"], style["word-spacing"]) == ("2px", "1px")
    assert page.index("321px") < page.index("322px") < page.index("<body")


def test_css_stands_above_what_the_values_say(themes: Path, built: Build) -> None:
    page = _styled(themes, built, "h1 { color: #fefefe }")
    assert _style(page, "h1")["color"] == "#fefefe"


def test_comments_are_left_out(themes: Path, built: Build) -> None:
    page = _styled(
        themes,
        built,
        "/* secret */\nh1 { /* secret } */ letter-spacing: 3px }\n"
        "@media (max-width: 321px) { /* secret */ h1 { margin: 1px } }\n"
        "/* @media (max-width: 322px) { h1 { margin: 2px } } */\n/* secret",
    )
    assert _style(page, "h1")["letter-spacing"] == "3px"
    assert "secret" not in page
    assert "(max-width:321px)" in page
    assert "322px" not in page


@pytest.mark.parametrize(
    "css",
    [
        "h1 { letter-spacing: }",
        "h1 { : 3px; }",
        "@media print { }",
        "@media",
        "@font-face { font-family: X; src: url(x) }",
        "h1 { background: url('x\") }",
        "/* not closed",
        "h1 > a[href=\"x\"]:hover::before { content: '}' }",
        "<style> & <b>",
        "{{ 7 * 7 }} {% endraw %}",
        "]]>",
        "\\",
        "é { color: #123456 }",
        "\ufeffh1 { color: #123456 }",
    ],
)
def test_broken_css_does_no_harm_to_anything_else(css: str, themes: Path, built: Build) -> None:
    page = _styled(themes, built, css)
    plain = built(ISSUE.format("theme: plain\n")).email
    assert plain
    assert re.sub("<[^>]*>", "", page.split("<body")[1]) == re.sub(
        "<[^>]*>", "", plain.html.split("<body")[1]
    )
    style = _style(plain.html, "h1")
    assert {key: _style(page, "h1").get(key) for key in style if key != "color"} == {
        key: value for key, value in style.items() if key != "color"
    }
    assert _style(page, "p") == _style(plain.html, "p")
    assert "@media (prefers-color-scheme:dark)" in page


@pytest.mark.parametrize(
    ("css", "place", "message"),
    [
        ("h1 { letter-spacing: 3px\n", (1, 24), "a { or } is missing in this CSS"),
        ("}}}", (1, 3), "a { or } is missing in this CSS"),
        (
            "@media (max-width: 321px) {\nh1 { margin: 0 }",
            (2, 16),
            "a { or } is missing in this CSS",
        ),
        ("p { margin: 0 }\n@import url(a.css);", (2, 1), "an email cannot @import CSS"),
    ],
)
def test_css_that_would_be_lost_is_told(
    css: str, place: tuple[int, int], message: str, themes: Path, built: Build
) -> None:
    (themes / "mine.yaml").write_text("description: D\nextends: plain\n")
    (themes / "mine.css").write_text(css)
    problems = built(ISSUE.format("theme: mine\n")).problems
    assert [(p.path, p.mark, p.code, p.message) for p in problems] == [
        ("templates/themes/mine.css", place, "css", message)
    ]


def test_css_that_is_not_utf8_is_told_in_its_file(themes: Path, built: Build) -> None:
    (themes / "mine.yaml").write_text("description: D\nextends: plain\n")
    (themes / "mine.css").write_bytes("/* Café */".encode("latin-1"))
    (problem,) = built(ISSUE.format("theme: mine\n")).problems
    assert problem.path == "templates/themes/mine.css"


def test_css_that_cannot_be_sent_is_told_in_its_file(themes: Path, built: Build) -> None:
    (themes / "mine.yaml").write_text("description: D\nextends: plain\n")
    (themes / "mine.css").write_text("@media (width < 400px) { h1 { color: #ffffff } }")
    problems = built(ISSUE.format("theme: mine\n")).problems
    assert [p.path for p in problems if p.level is Level.ERROR] in (
        [],  # or it is sent after all
        ["templates/themes/mine.css"],
    )


# --- an organisation's colour -------------------------------------------------------------------


@EACH
@many
@given(colour=any_colour)
@example("#000000")
@example("#ffffff")
@example("#777777")
@example("#ffff00")
@example("#0000ff")
def test_any_colour_of_an_organisation_makes_any_theme_that_can_be_read(
    name: str, colour: str
) -> None:
    theme = _look(name).theme
    made = branded(theme, Brand(colour=Colour(colour)))
    assert _unreadable(made) == []
    for palette in (made.light, made.dark):  # Faults are raised when one is made
        assert Palette(**msgspec.structs.asdict(palette)) == palette
    assert made.light.card == theme.light.card
    assert made.light.page == theme.light.page
    assert msgspec.structs.replace(made, light=theme.light, dark=theme.dark) == theme


def test_a_colour_that_suits_is_taken_as_it_is() -> None:
    theme = branded(_look("plain").theme, Brand(colour=Colour("#7a1f5c"))).light
    assert (theme.link, theme.heading, theme.band, theme.accent) == ("#7a1f5c",) * 4
    assert theme.band_ink == "#ffffff"
    assert theme.ink == _look("plain").theme.light.ink


def test_three_lines_change_masthead_links_and_logo(built: Build) -> None:
    lines = "brand:\n  colour: '#7A1F5C'\n  logo: {src: 'https://e.org/l.png', alt: Our logo}\n"
    before, after = built(ISSUE.format("")), built(ISSUE.format(""), more=lines)
    plain = _look("plain").theme.light
    assert (_band(before), _link(before)) == (plain.band, plain.link)
    assert after.problems == ()
    assert (_band(after), _link(after)) == ("#7a1f5c", "#7a1f5c")
    assert before.email
    assert after.email
    assert before.email.text == after.email.text
    assert plain.band not in after.email.html
    assert re.findall('<img src="([^"]*)" alt="([^"]*)"', after.email.html) == [
        ("https://e.org/l.png", "Our logo")
    ]
    assert "<img" not in before.email.html


def test_dark_screens_have_a_colour_of_the_organisation_too(built: Build) -> None:
    result = built(ISSUE.format(""), more="brand: {colour: '#7a1f5c'}\n")
    made = branded(_look("plain").theme, Brand(colour=Colour("#7a1f5c"))).dark
    assert result.email
    head = result.email.html.split("<body")[0]
    assert f".words a{{color:{made.link}!important}}" in head.replace(" ", "").replace(
        ".wordsa", ".words a"
    )
    assert made.link != _look("plain").theme.dark.link


def test_a_colour_may_be_otherwise_in_one_issue(built: Build) -> None:
    own = ISSUE.format("settings: {brand: {colour: '#123456'}}\n")
    result = built(own, more="brand: {colour: '#7a1f5c'}\n")
    assert (_band(result), _link(result)) == ("#123456", "#123456")
    assert _link(built(ISSUE.format(""), more="brand: {colour: '#7a1f5c'}\n")) == "#7a1f5c"


@pytest.mark.parametrize("colour", ["red", "#12f", "7a1f5c", "rgb(1, 2, 3)"])
def test_a_colour_in_another_form_is_told(colour: str, built: Build) -> None:
    own = ISSUE.format(f"settings:\n  brand:\n    colour: '{colour}'\n")
    (problem,) = built(own).problems
    assert (problem.mark, problem.code, problem.message, problem.hint) == (
        (5, 13),
        "colour",
        f"'{colour}' is not a colour",
        "write six digits in quotes: '#12343b'",
    )


def test_a_colour_without_quotes_is_told(built: Build) -> None:
    (problem,) = built(ISSUE.format("settings:\n  brand:\n    colour: #7a1f5c\n")).problems
    assert (problem.mark and problem.mark.line, problem.code) == (5, "comment-in-value")


GREY = """\
description: Grey
extends: plain
light:
  page: '#777777'
  card: '#777777'
  tint: '#888888'
  ink: '#000000'
  muted: '#000000'
  heading: '#000000'
  link: '#000000'
"""


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#7a1f5c", "#777777"])
def test_a_theme_in_the_middle_between_light_and_dark_takes_any_colour(
    colour: str, themes: Path, built: Build
) -> None:
    (themes / "grey.yaml").write_text(GREY)
    assert built(ISSUE.format("theme: grey\n")).problems == ()
    result = built(ISSUE.format("theme: grey\n"), more=f"brand: {{colour: '{colour}'}}\n")
    assert result.email
    assert contrast(_link(result), "#777777") >= TEXT


def test_the_settings_of_a_brand_are_told_with_their_line(folder: Path) -> None:
    (folder / "newsletter.yaml").write_text(SETTINGS + "brand:\n  color: '#7a1f5c'\n")
    result = CliRunner().invoke(newsletter, ["build"])
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "newsletter.yaml:9:3: error: a brand has no 'color' [unknown-field]",
        "    9 |   color: '#7a1f5c'",
        "      |   ^",
        "        did you mean 'colour'?",
    ]


# --- values that are wrong only together, or for readers ------------------------------------------


@pytest.mark.parametrize(
    ("value", "message", "hint"),
    [
        ("leading: 16", "16 is too small", "'leading' is a number from 110 to 220"),
        ("size: 6", "6 is too small", "'size' is a number from 12 to 30"),
        ("gutter: 400", "400 is too large", "'gutter' is a number from 0 to 100"),
        (
            "font: Comic Sans",
            "'Comic Sans' is not a list of fonts",
            "end it in serif or sans-serif: Georgia, serif",
        ),
        (
            "heading_font: 'Arial; color: red'",
            "'Arial; color: red' is not a list of fonts",
            "end it in serif or sans-serif: Georgia, serif",
        ),
    ],
)
def test_values_that_would_make_an_email_unreadable_are_told(
    value: str, message: str, hint: str, themes: Path, built: Build
) -> None:
    (themes / "mine.yaml").write_text(f"description: D\nextends: plain\n{value}\n")
    problems = built(ISSUE.format("theme: mine\n")).problems
    assert [(p.mark, p.message, p.hint) for p in problems] == [((3, 1), message, hint)]


def test_a_small_title_needs_the_contrast_of_small_text(themes: Path, built: Build) -> None:
    (themes / "mine.yaml").write_text(
        "description: D\nextends: plain\ntitle_size: 18\n"
        "light: {band: '#ffffff', band_ink: '#8a8a8a', band_muted: '#333333'}\n"
    )
    problems = built(ISSUE.format("theme: mine\n")).problems
    assert [(p.mark, p.code, p.message) for p in problems] == [
        (
            (3, 1),
            "contrast",
            "a title of 18 pixels in #8a8a8a on #ffffff has a contrast of 3.45:1, not 4.5:1",
        )
    ]
