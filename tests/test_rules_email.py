"""The rules about the finished email: its size, whether all can read it, its plain text, what spam
filters count."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from newsletter.build import build
from newsletter.check import Checked
from newsletter.compose import Email
from newsletter.problems import Problem
from newsletter.project import open_project
from newsletter.proof import Built, Finding, Proof
from newsletter.proof.looks import Look, declarations
from newsletter.proof.page import Page
from newsletter.rules import rules
from newsletter.tags import Marked
from tests.examples import files
from tests.test_rules import checked

Judge = Callable[..., list[str]]

GROUPS = ("size", "accessibility", "text", "spam")


@pytest.fixture(scope="module", name="proof")
def _proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    """The newsletter under the examples."""
    folder = tmp_path_factory.mktemp("newsletter")
    for name, text in files("").items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    project = open_project(folder)
    return Proof(build(folder / "issues" / "2024-05.yaml", project), project)


@pytest.fixture(name="judged")
def _judged(proof: Proof) -> Judge:
    """The messages of one rule about a body, a whole page or a plain text."""

    def judged(code: str, html: str = "", text: str = "", **options: int) -> list[str]:
        if not html.startswith("<!doctype"):
            html = page(html)
        built = Built(proof, Email("A subject", "The preheader", html, text, Marked("tag0x", ())))
        return [found.message for found in findings(code, built, options)]

    return judged


def findings(code: str, built: Built, options: dict[str, int]) -> list[Finding]:
    return list(rules()[code].findings(built.proof, built, options))


def page(body: str, head: str = "", attributes: str = 'lang="en" dir="ltr"') -> str:
    return (
        f'<!doctype html><html {attributes}><head><meta charset="utf-8"><title>A subject</title>'
        f"{head}</head><body><div {attributes}>{body}</div></body></html>"
    )


def told(example: str, folder: Path) -> list[tuple[str, int, int, str]]:
    """What the rules of these groups find: code, line, column, message."""
    codes = {code for code, rule in rules().items() if rule.group in GROUPS}
    found = (problem for problem in checked(example, folder).problems if problem.code in codes)
    return [(one.code, *_mark(one), one.message) for one in found]


def only(code: str, found: Checked) -> list[Problem]:
    """The findings of one rule."""
    return [problem for problem in found.problems if problem.code == code]


def _mark(problem: Problem) -> tuple[int, int]:
    return (problem.mark.line, problem.mark.column) if problem.mark else (0, 0)


# --- how words look ----------------------------------------------------------------------------


def look(style: str, inside: str = "<b>x</b>") -> Look:
    found = Page(page(f'<p style="{style}">{inside}</p>'))
    return found.texts[-1].look


@pytest.mark.parametrize(
    ("style", "colour"),
    [
        ("color:#123", (17, 34, 51)),
        ("color:#112233 !important", (17, 34, 51)),
        ("COLOR: Navy", (0, 0, 128)),
        ("color:rgb(17, 34, 51)", (17, 34, 51)),
        ("color:rgba(0,0,0,.5)", (128, 128, 128)),
        ("color:rgb(0 0 0 / 50%)", (128, 128, 128)),
        ("color:inherit", (0, 0, 0)),
        ("color:hsl(9, 9%, 9%)", None),
        ("opacity:.5", None),
    ],
)
def test_the_colour_of_words_is_that_of_the_element_around_them(
    style: str, colour: tuple[int, int, int] | None
) -> None:
    assert look(style).colour == colour


@pytest.mark.parametrize(
    ("style", "ground"),
    [
        ("background:#112233 url(x.png) no-repeat", None),
        ("background-color:#112233", (17, 34, 51)),
        ("background:#112233", (17, 34, 51)),
        ("background:transparent", (255, 255, 255)),
        ("background:none", (255, 255, 255)),
        ("background-image:linear-gradient(red, blue)", None),
    ],
)
def test_the_ground_of_words_is_the_nearest_that_lets_nothing_through(
    style: str, ground: tuple[int, int, int] | None
) -> None:
    assert look(style).ground == ground


@pytest.mark.parametrize(
    ("style", "size"),
    [
        ("font-size:12px", 12),
        ("font-size:12pt", 16),
        ("font-size:.5em", 8),
        ("font-size:50%", 8),
        ("font-size:small", 13),
        ("font-size:0", 0),
        ("font-size:inherit", 16),
    ],
)
def test_sizes_are_told_in_pixels(style: str, size: float) -> None:
    assert look(style).size == size


@pytest.mark.parametrize(
    ("style", "hidden"),
    [
        ("display:none", "display:none"),
        ("visibility:hidden", "visibility:hidden"),
        ("opacity:0.0", "opacity:0.0"),
        ("max-height:0;overflow:hidden", "max-height:0"),
        ("height:0px;overflow:hidden", "height:0px"),
        ("max-height:0", ""),
        ("position:absolute;left:-9999px", "left:-9999px"),
        ("text-indent:-999em", "text-indent:-999em"),
        ("margin-left:-8px", ""),
        ("mso-hide:all", ""),
    ],
)
def test_words_are_hidden_by_what_stands_on_the_elements_around_them(
    style: str, hidden: str
) -> None:
    assert look(style).hidden == hidden


def test_a_border_below_words_is_a_line_like_any_other() -> None:
    inside = '<a href="https://example.org/" style="text-decoration:none;border-bottom:{}">x</a>'
    assert look("", inside.format("1px solid #000")).underlined
    assert not look("", inside.format("none")).underlined


def test_visible_words_are_read_as_they_stand_there() -> None:
    body = (
        "<style>p{}</style><p>One w<b>or</b>d<br>more</p><!-- a note -->two<td>three</td>"
        '<p style="display:none">hidden</p><p>four <a href="#">five</a>, six</p>'
    )
    assert Page(page(body)).words == "One word more two three four five, six"


def test_a_page_without_words_has_none() -> None:
    assert Page(page("")).words == ""


def test_a_semicolon_in_brackets_ends_no_declaration() -> None:
    assert declarations("background:url(data:a;b);COLOR : red") == (
        ("background", "url(data:a;b)"),
        ("color", "red"),
    )


# --- size --------------------------------------------------------------------------------------


def test_gmail_cuts_is_told_at_the_first_entry_that_is_not_shown(folder: Path) -> None:
    sentence = (
        "The Example Trust has published [its report number {0} on neglect]"
        "(https://example.org/{0}). It has figures for each council, and nine recommendations."
    )
    example = "entries:\n" + "".join(f"  - {sentence.format(n)}\n" for n in range(60))
    size = len(_html(example, folder).encode())
    limit = size - 5000
    example += f"newsletter.yaml:\n  rules:\n    gmail-cuts: {{limit: {limit}}}\n"
    found = checked(example, folder)
    cuts = only("gmail-cuts", found)
    assert [problem.message for problem in cuts] == [
        f"Gmail cuts this email off from about here on: it has {size:,} bytes, and shows less "
        f"than {limit:,}"
    ]
    assert found.result.email and cuts[0].mark
    page = found.result.email.html
    cut = len(page.encode()[:limit].decode())
    numbers = [n for n in range(60) if page.index(f'a href="https://example.org/{n}"') < cut]
    line = (folder / "issues" / "2024-05.yaml").read_text().split("\n")[cuts[0].mark.line - 1]
    assert f"number {max(numbers) + 1} on" in line
    assert cuts[0].hint.startswith("leave out about 1")


def _html(example: str, folder: Path) -> str:
    email = checked(example, folder).result.email
    assert email
    return email.html


def test_entries_are_found_where_the_sections_were_put_in_order(folder: Path) -> None:
    example = """
        newsletter.yaml:
          order: alphabetical
          rules:
            gmail-cuts: {limit: LIMIT}
        sections:
          - title: Youth justice
            entries: [{title: "Courts & children", text: "[The figures](https://example.org/1)"}]
          - title: Adoption
            entries: [{title: Waiting times, text: "[The figures](https://example.org/2)"}]
    """
    page = _html(dedent(example.replace("LIMIT", "90000")), folder)
    limit = page.index("Courts &amp;")
    found = told(dedent(example.replace("LIMIT", str(limit))), folder)
    [(code, line, column, _)] = found
    text = (folder / "issues" / "2024-05.yaml").read_text().split("\n")
    assert (code, text[line - 1][column - 1 :]) == ("gmail-cuts", "title: Courts & children")


def test_links_that_a_platform_lengthens_may_take_an_email_over_the_limit(folder: Path) -> None:
    size = len(_html("", folder).encode())
    example = f"newsletter.yaml: {{rules: {{gmail-may-cut: {{limit: {size + 300}}}}}}}"
    assert told(example, folder) == [
        (
            "gmail-may-cut",
            0,
            0,
            f"this email has {size:,} bytes, and may have {size + 360:,} when your mailing "
            f"platform has lengthened its 3 links; Gmail cuts emails off at {size + 300:,}",
        )
    ]


def test_what_gmail_cuts_is_not_told_twice(folder: Path) -> None:
    example = "newsletter.yaml: {rules: {gmail-cuts: {limit: 500}, gmail-may-cut: {limit: 500}}}"
    assert [one[0] for one in told(example, folder)] == ["gmail-cuts"]


def test_each_style_block_is_weighed_by_itself(judged: Judge) -> None:
    block = f"<style>{'.a{color:red}' * 1200}</style>"
    small = f"<style>{'.a{color:red}' * 900}</style>"
    assert judged("style-block", page("", small + small)) == []
    assert judged("style-block", page("", block)) == [
        "a style block in the head has 15,600 bytes; Gmail drops those of more than 16,384"
    ]


def test_a_long_paragraph_is_wrapped_and_an_endless_address_is_told(folder: Path) -> None:
    sentence = "The Example Trust has published its figures for each council in the country. "
    long = "x" * 1000
    example = f"""
        entries:
          - {sentence * 30}
          - Figures are in [its report on neglect](https://example.org/{long}).
    """
    [problem] = only("long-line", checked(dedent(example), folder))
    assert problem.message == (
        "this address has 1,020 characters, and a line of an email 998 bytes"
    )
    assert problem.mark
    assert problem.excerpt[problem.mark.column - 1 :].startswith("https://example.org/xx")


def test_a_long_paragraph_loses_no_words_where_it_is_wrapped(folder: Path) -> None:
    """Not at no-break spaces either, nor inside a tag, and each character counts its bytes."""
    sentence = "نشرت المؤسسة\u00a0[تقريرها عن الإهمال](https://example.org/neglect) وفيه أرقام. "
    html = _html(f"language: ar\nentries: ['{sentence * 20}']", folder)
    words = "نشرت المؤسسة\u00a0تقريرها عن الإهمال وفيه أرقام. " * 20
    assert " ".join(words.split()) in Page(html).words
    assert html.count("المؤسسة\u00a0<a href=") + html.count("المؤسسة&#160;<a href=") == 20
    assert max(len(line.encode()) for line in html.split("\n")) <= 998


def test_bytes_count_in_a_line_not_characters(judged: Judge) -> None:
    assert judged("long-line", text="ب" * 499) == []
    assert judged("long-line", text="ب" * 500) == [
        "a line of the plain text has 1,000 bytes; 998 is the most"
    ]


PICTURE = """
    newsletter.yaml:
      images_url: https://example.org/images
      rules:
        heavy-images: {{{}}}
    entries:
      - text: The Example Trust has published [its report on neglect](https://example.org/neglect).
        image: {{src: images/photo.jpg, alt: Children in a playground}}
"""


def test_a_heavy_picture_is_told_at_its_file(folder: Path) -> None:
    [problem] = only("heavy-images", checked(dedent(PICTURE.format("each: 3")), folder))
    assert problem.mark
    assert problem.excerpt[problem.mark.column - 1 :] == "images/photo.jpg"


def test_pictures_that_are_heavy_together_are_told_at_the_heaviest(folder: Path) -> None:
    [(code, _, _, message)] = told(dedent(PICTURE.format("together: 3")), folder)
    assert (code, message.split(" have ")[0]) == ("heavy-images", "the 1 pictures")


def test_a_heavy_logo_is_told_in_the_settings(folder: Path) -> None:
    example = """
        newsletter.yaml:
          images_url: https://example.org/images
          brand: {logo: {src: issues/images/photo.jpg, alt: Example Trust}}
          rules:
            heavy-images: {each: 3}
    """
    [problem] = only("heavy-images", checked(dedent(example), folder))
    assert problem.path == "newsletter.yaml"
    assert problem.mark
    assert problem.excerpt[problem.mark.column - 1 :].startswith("issues/images/photo.jpg")


@pytest.mark.parametrize(
    ("html", "messages"),
    [
        ("<p>The trust’s — “fine” ﷺ</p>", []),
        (
            "<p>The trust\x92s report</p>",
            ["the HTML has a broken character (U+0092) in 'The trust\x92s report'"],
        ),
        ("<p>A &#146; B</p>", ["the HTML has a broken character (U+0092) in 'A &#146; B'"]),
        ("<p>\ufeffA</p>", ["the HTML has a broken character (U+FEFF) in '\ufeffA'"]),
    ],
)
def test_broken_characters_are_told_by_number(
    judged: Judge, html: str, messages: list[str]
) -> None:
    assert judged("broken-character", html) == messages


def test_the_encoding_stands_first_in_the_head(judged: Judge) -> None:
    late = page("", "x").replace('<meta charset="utf-8">', f"<!--{'x' * 1024}-->")
    assert judged("broken-character", late) == [
        "the email does not begin by saying that it is UTF-8"
    ]


# --- accessibility -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attributes", "messages"),
    [
        ('lang="en-US" dir="ltr"', []),
        ('lang="und" dir="ltr"', ["the email does not say which language it is in"]),
        ('dir="ltr"', ["the email does not say which language it is in"]),
        (
            'lang="cy" dir="ltr"',
            ["the email says that it is in 'cy', and the issue is in 'en-GB'"],
        ),
        ('lang="en" dir="auto"', ["the email does not say which way it is read"]),
        ('lang="en" dir="rtl"', ["the email says that it is read 'rtl', and it is not"]),
    ],
)
def test_language_and_direction_are_those_of_the_issue(
    judged: Judge, attributes: str, messages: list[str]
) -> None:
    assert judged("language-unsaid", page("<p>x</p>", "", attributes)) == messages


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ("<h1>A</h1><h2>B</h2><h3>C</h3><h2>D</h2>", []),
        (
            "<h1>A</h1><h3>C</h3>",
            ["'C' is a heading of level 3, and the one before it of level 1"],
        ),
        ("<h1>A</h1><h1>B</h1>", ["the email has 2 headings of the first level: 'A', 'B'"]),
        ("<h1>A</h1><h2> </h2>", ["a heading of level 2 has no words"]),
        ('<h1><img src="x" alt="A"></h1>', []),
        ("<p>A</p>", ["the email has no heading of the first level"]),
        ('<h1>A</h1><h1 style="display:none">B</h1>', []),
    ],
)
def test_headings_make_an_outline(judged: Judge, body: str, messages: list[str]) -> None:
    assert judged("heading-levels", body) == messages


def _alt(alt: str) -> str:
    return dedent(f"""
        entries:
          - text: The Example Trust has published [its report](https://example.org/neglect).
            image:
              src: https://example.org/a.jpg
              alt: {alt}
    """)


@pytest.mark.parametrize(
    "alt",
    [
        "Image processing at the forensic laboratory",
        "A picture book about staying safe",
        "Photo montage with the faces of campaigners",
        "Screenshot of the reporting form",
        "Logo of the Example Trust",
        "Photographs by children, on show in the town hall",
        "Banner at the march: 'Listen to us'",
        "P. Smith at the lectern",
        "Drawing of a house, by a child of six",
        "Figure 2: children in care, 2015 to 2024",
        "Imagine a safer internet",
        "WP 2024",
    ],
)
def test_alt_texts_that_say_something_are_left_alone(alt: str, folder: Path) -> None:
    assert told(_alt(f'"{alt}"'), folder) == []


@pytest.mark.parametrize(
    ("alt", "code", "message"),
    [
        ("DSC00012", "file-name-as-alt", "the alt text 'DSC00012' is the name of a file"),
        ("photo", "file-name-as-alt", "the alt text 'photo' does not say what the picture shows"),
        (
            "Screenshot 2024-05-01 at 10.11.12",
            "file-name-as-alt",
            "the alt text 'Screenshot 2024-05-01 at 10.11.12' is the name of a file",
        ),
        (
            "https://example.org/a",
            "file-name-as-alt",
            "the alt text 'https://example.org/a' is an address",
        ),
        ("Bild", "file-name-as-alt", "the alt text 'Bild' does not say what the picture shows"),
        (
            "An image of two children",
            "alt-says-image",
            "'An image of' says what screen readers say by themselves",
        ),
        (
            "photographie de deux enfants",
            "alt-says-image",
            "'photographie de' says what screen readers say by themselves",
        ),
    ],
)
def test_alt_texts_that_say_nothing_are_told(
    alt: str, code: str, message: str, folder: Path
) -> None:
    [(found, line, column, words)] = told(_alt(alt), folder)
    text = (folder / "issues" / "2024-05.yaml").read_text("utf-8").split("\n")
    assert (found, words) == (code, message)
    assert text[line - 1][column - 1 :].startswith(alt.split(" ", maxsplit=1)[0])


def test_what_is_left_of_an_alt_text_begins_with_a_capital(folder: Path) -> None:
    [problem] = only("alt-says-image", checked(_alt("a photo of two children"), folder))
    assert problem.suggestion == "T"


def test_the_alt_text_of_the_logo_is_judged_in_the_settings(folder: Path) -> None:
    example = """
        newsletter.yaml:
          brand: {logo: {src: "https://example.org/logo.png", alt: logo.png}}
    """
    [problem] = only("file-name-as-alt", checked(dedent(example), folder))
    assert problem.path == "newsletter.yaml"


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ('<a href="https://example.org/">words</a>', []),
        ('<a name="s1" id="s1"></a>', []),
        ('<a href="https://example.org/"><img src="x" alt="Home"></a>', []),
        ('<a href="https://example.org/" aria-label="Home"></a>', []),
        (
            '<a href="https://example.org/"> </a>',
            ["a link to 'https://example.org/' has no words"],
        ),
        (
            '<a href="https://example.org/"><img src="x" alt=""></a>',
            ["a picture that is a link to 'https://example.org/' has no alt text"],
        ),
    ],
)
def test_every_link_has_a_name(judged: Judge, body: str, messages: list[str]) -> None:
    assert judged("link-without-words", body) == messages


def test_pictures_have_alt_texts(judged: Judge) -> None:
    body = '<img src="https://example.org/a/b.png"><img src="c.png" alt="">'
    assert judged("image-without-alt", body) == ["the picture 'b.png' has no alt text"]


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ('<p style="color:#767676">x</p>', []),
        (
            '<p style="color:#777777">x</p><p style="color:#777777">y</p>',
            [
                "'x' is hard to read: #777777 on #ffffff has a contrast of 4.47:1; "
                "4.5:1 is the least"
            ],
        ),
        ('<p style="color:#777777;font-size:24px">x</p>', []),
        ('<p style="color:#777777;font-size:19px;font-weight:700">x</p>', []),
        ('<p style="color:#777777">·</p>', []),
        ('<p style="color:#777777;background:url(x.png)">x</p>', []),
        ('<div style="background:#222"><p style="color:#eee">x</p></div>', []),
        ('<table bgcolor="#222222"><tr><td style="color:#eee">x</td></tr></table>', []),
        (
            '<div style="background:#222"><a href="https://example.org/">x</a></div>',
            [
                "'x' is hard to read: #0000ee on #222222 has a contrast of 1.69:1; "
                "4.5:1 is the least"
            ],
        ),
        ('<p style="color:#fff">x</p>', []),  # hidden-text tells that
        ('<p style="color:#999;display:none">x</p>', []),
    ],
)
def test_contrast_is_that_of_the_words_on_their_nearest_ground(
    judged: Judge, body: str, messages: list[str]
) -> None:
    assert judged("text-contrast", body) == messages


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ("<p>words</p>", []),
        (
            '<p>words</p><p style="font-size:10px">tiny</p><p style="font-size:10px">too</p>',
            ["'tiny' is 10 pixels large; 11 is the least that is read"],
        ),
        ('<p>words</p><p style="font-size:1px">·</p><td style="font-size:0"> </td>', []),
        (
            '<p>few</p><p style="font-size:13px">many more words</p>',
            ["most words of this email are 13 pixels large; 14 is the least that is comfortable"],
        ),
        ('<p>many more words</p><p style="font-size:12px">few</p>', []),
    ],
)
def test_small_words_are_told_once_for_each_size(
    judged: Judge, body: str, messages: list[str]
) -> None:
    assert judged("small-text", body) == messages


LINK = '<a href="https://example.org/" style="{}">{}</a>'


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        (f"<p>In {LINK.format('', 'a sentence')} it may be low.</p>", []),
        (
            LINK.format("display:inline-block;line-height:18px", "Read more"),
            ["the link 'Read more' is 18 pixels high; a finger needs 24"],
        ),
        (LINK.format("display:inline-block;line-height:18px;padding:10px 20px", "Read"), []),
        (LINK.format("display:block;line-height:1.5", "Read"), []),
        (LINK.format("display:block", "Read"), []),
        (
            LINK.format("", '<img src="x" alt="Facebook" width="20" height="32">'),
            ["the link 'Facebook' is 20 pixels wide; a finger needs 24"],
        ),
        (LINK.format("padding:4px", '<img src="x" alt="Facebook" width="20" height="20">'), []),
        (LINK.format("", '<img src="x" alt="Facebook" width="100%">'), []),
    ],
)
def test_buttons_and_pictures_are_large_enough_for_a_finger(
    judged: Judge, body: str, messages: list[str]
) -> None:
    assert judged("small-targets", body) == messages


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ('<table role="presentation"><tr><td>x</td></tr></table>', []),
        ("<table><tr><th>Year</th></tr><tr><td>2024</td></tr></table>", []),
        (
            "<table><tr><td>x</td></tr></table>",
            ["a table does not say that it only places things ('x')"],
        ),
        (
            "<table><tr><td><table><tr><td></td></tr></table></td></tr></table>",
            ["2 tables do not say that they only place things"],
        ),
        ("<!--[if mso]><table><tr><td><![endif]-->x", []),
    ],
)
def test_tables_that_place_things_say_so(judged: Judge, body: str, messages: list[str]) -> None:
    assert judged("layout-tables", body) == messages


BARE = LINK.format("text-decoration:none{}", "its report")


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        (f"<p>The trust has published {LINK.format('', 'its report')}.</p>", []),
        (
            f"<p>The trust has published {BARE.format('')}.</p>",
            ["a link stands out from the words around by colour alone: 'its report'"],
        ),
        (f"<p>The trust has published {BARE.format(';font-weight:bold')}.</p>", []),
        (f"<p>The trust has published {BARE.format(';border-bottom:1px solid #000')}.</p>", []),
        (f"<p>{BARE.format('')} · {BARE.format('')}</p>", []),
        (f"<h3>{BARE.format('')}</h3><p>Words of the next paragraph.</p>", []),
        (
            "<p>The trust has published "
            + LINK.format("text-decoration:none", "<u>its report</u>")
            + ".</p>",
            [],
        ),
    ],
)
def test_links_in_sentences_have_more_than_a_colour(
    judged: Judge, body: str, messages: list[str]
) -> None:
    assert judged("links-by-colour-only", body) == messages


# --- the plain text ----------------------------------------------------------------------------


def test_the_plain_text_says_what_the_html_says(judged: Judge) -> None:
    html = "<p>" + " ".join(f"word{n}" for n in range(10)) + "</p>"
    enough = " ".join(f"Word{n}," for n in range(7))
    few = " ".join(f"word{n}" for n in range(6))
    assert judged("text-lost", html, enough) == []
    assert judged("text-lost", html, few) == [
        "40 % of the words of the HTML are not in the plain text, such as 'word6', 'word7', 'word8'"
    ]


def test_the_plain_text_says_no_more_than_the_html(judged: Judge) -> None:
    html = "<p>one two</p>"
    assert judged("text-far-longer", html, "1 2 3 4 5 6 · – 6 6") == []
    assert judged("text-far-longer", html, "1 2 3 4 5 6 7") == [
        "the plain text has 7 different words, and the HTML only 2"
    ]


@pytest.mark.parametrize(
    ("line", "messages"),
    [
        ("word " * 15, []),
        (
            "word " * 20,
            [
                "a line of the plain text has more than 78 characters; "
                "'word word word word word word word…' has 100"
            ],
        ),
        ("[12] https://example.org/" + "x" * 90, []),
        ("[its report](https://example.org/" + "x" * 90 + ").", []),
        ("=" * 90, []),
        ("儿童 " * 15, []),
        (
            "儿童 " * 16,
            [
                "a line of the plain text has more than 78 characters; "
                "'儿童 儿童 儿童 儿童 儿童 儿童 儿童 儿童 儿童 儿童 儿童 儿童 儿童…' has 80"
            ],
        ),
        (
            'Unsubscribe here: {{ unsubscribe url="x" title="so that you get none of it" }}',
            [],
        ),
    ],
)
def test_lines_are_measured_without_their_addresses(
    judged: Judge, line: str, messages: list[str]
) -> None:
    assert judged("text-line", text=line) == messages


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("Figures < 5 are left out; a <b and c> d; R&D; AT&T; Q&A;", []),
        ("its report <https://example.org/a?b=1&amp=2>", []),
        ("<help@example.org>", []),
        ("colour: red; margin of error", []),
        ("A<br/>B", ["the plain text has HTML in it: '<br/>'"]),
        ("one &nbsp; two", ["the plain text has HTML in it: '&nbsp;'"]),
        ("p {color:#fff;margin:0}", ["the plain text has HTML in it: '{color:#fff;margin:0}'"]),
        ("&#8217;x &#8217;", ["the plain text has HTML in it: '&#8217;', and 1 more"]),
    ],
)
def test_html_is_told_apart_from_words(judged: Judge, text: str, messages: list[str]) -> None:
    assert judged("html-in-text", text=text) == messages


def test_html_that_an_editor_typed_is_told_by_other_rules(folder: Path) -> None:
    example = "entries: ['Write <b>bold</b> in [the form](https://example.org/form).']"
    assert told(example, folder) == []


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("See <https://example.org/a>.", []),
        ("Questions: https://example.org/a", []),
        ("https://example.org/a_(b)", []),
        (
            "See https://example.org/a.",
            ["'.' touches the address https://example.org/a in the plain text"],
        ),
        (
            "(see https://example.org/a).",
            ["').' touches the address https://example.org/a in the plain text"],
        ),
        ("[words](https://example.org/a).", []),
    ],
)
def test_only_stops_that_touch_a_bare_address_are_told(
    judged: Judge, text: str, messages: list[str]
) -> None:
    assert judged("address-touched", text=text) == messages


def test_an_address_in_the_settings_is_told_there(folder: Path) -> None:
    example = "newsletter.yaml: {reason: 'You asked for it at https://example.org/join.'}"
    [problem] = only("address-touched", checked(example, folder))
    assert problem.path == "newsletter.yaml"
    assert problem.mark
    assert problem.excerpt[problem.mark.column - 1 :].startswith("https://example.org/join")


# --- spam filters ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "messages"),
    [
        ("Another title", []),
        ("x" * 31, []),
        ("", ["the email has no title"]),
        (
            "x" * 32,
            [
                f"the title inside the email, '{'x' * 32}', is more than three and a half times "
                "as long as the subject"
            ],
        ),
    ],
)
def test_the_title_may_be_three_and_a_half_times_the_subject(
    judged: Judge, title: str, messages: list[str]
) -> None:
    html = page("").replace("<title>A subject<", f"<title>{title}<")
    assert judged("title-differs", html) == messages


def test_an_email_of_pictures_is_told(judged: Judge) -> None:
    picture = '<img src="x" alt="">'
    assert judged("image-only", picture + "<p>Two words ·</p>") == [
        "this email has a picture, and only 2 words"
    ]
    assert judged("image-only", "<p>Two words</p>") == []
    assert judged("image-only", picture + "<p>" + "word " * 30 + "</p>") == []


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ('<div style="display:none">The preheader</div><p>x</p>', []),
        ('<div style="display:none">The preheader \u200c\u00a0\u200c\u00a0</div><p>x</p>', []),
        (
            '<div style="display:none">The preheader</div><p style="display:none">no</p>',
            ["words that nobody sees (display:none): 'no'"],
        ),
        (
            '<div style="display:none"><p>one</p><p>two</p></div>',
            ["words that nobody sees (display:none): 'one' and 1 more"],
        ),
        ('<p style="color:#fefefe">x</p>', ["words that nobody sees (#fefefe on #ffffff): 'x'"]),
        ('<p style="font-size:1px">x</p>', ["words that nobody sees (font-size:1px): 'x'"]),
        ('<p style="font-size:1px">&nbsp;</p>', []),
        ('<!--[if mso]><p style="display:none">x</p><![endif]-->', []),
    ],
)
def test_hidden_words_are_told(judged: Judge, body: str, messages: list[str]) -> None:
    assert judged("hidden-text", body) == messages


def test_what_phones_show_again_is_not_hidden(judged: Judge) -> None:
    body = '<div class="phone" style="display:none"><p>x</p></div>'
    css = "<style>@media (max-width:480px){.phone{display:block!important}}</style>"
    assert judged("hidden-text", page(body, css)) == []
    assert len(judged("hidden-text", page(body))) == 1


@pytest.mark.parametrize(
    "words",
    [
        "The Government must act now to protect children.",
        "No form of work with children is risk-free.",
        "Winners of the award were two youth workers.",
        "The report explains how offenders write “click below” to children.",
        "Children see ‘buy now’ buttons in games.",
        "Free school meals reach 100% of pupils; 20% free of charge.",
        "Councils cannot buy nowadays what they bought then.",
    ],
)
def test_good_prose_is_no_spam(words: str, folder: Path) -> None:
    example = f'entries: ["{words} [The figures of it](https://example.org/figures)"]'
    assert told(example, folder) == []


@pytest.mark.parametrize("words", ["Buy now", "100 % free", "act now!", "Money-back guarantee"])
def test_phrases_of_advertisements_are_told_where_they_stand(words: str, folder: Path) -> None:
    example = f'entries: ["Here: {words} and [The figures of it](https://example.org/figures)"]'
    [(code, line, column, message)] = told(example, folder)
    text = (folder / "issues" / "2024-05.yaml").read_text("utf-8").split("\n")
    assert (code, message) == ("spam-phrases", f"'{words}' is a phrase that spam is known for")
    assert text[line - 1][column - 1 :].startswith(words.split(maxsplit=1)[0])


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ("<!--[if mso]>a<![endif]-->b<!--[if !mso]><!-->c<!--<![endif]-->", []),
        ("<p>no conditions</p>", []),
        (
            "<!--[if mso]><td>Outlook</td>-->",
            ["a condition for Outlook is not closed: '<!--[if mso]', before 'Outlook'"],
        ),
        (
            "<!--[if mso]>a<!--[if mso]>b<![endif]-->",
            ["a condition for Outlook is not closed: '<!--[if mso]', before 'a b'"],
        ),
        (
            "<!--<![endif]--><p>x</p>",
            ["a condition for Outlook is opened nowhere: '<![endif]', before 'x'"],
        ),
    ],
)
def test_conditions_for_outlook_come_in_pairs(
    judged: Judge, body: str, messages: list[str]
) -> None:
    assert [message.replace("</div>", "") for message in judged("outlook-conditions", body)] == (
        messages
    )
