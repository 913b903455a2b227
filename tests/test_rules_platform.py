"""The rules about mailing platforms: what their examples do not show."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from newsletter.check import check, check_each
from newsletter.platforms import Platforms
from newsletter.problems import Level
from newsletter.project import open_project
from tests import one_rule
from tests.one_rule import Told

pytestmark = pytest.mark.usefixtures("folder")

NAMES = sorted(Platforms().names())

TYPED = "platform/platform-tag"
UNFILLED = "platform/unfilled-tag"

ELSE = "write it otherwise: with other brackets, or in other words"
NEUTRAL = "delete it, or write it as this program has it: [[first_name|there]]"
TAGS = (
    "tags are: unsubscribe, view_online, preferences, forward, archive, "
    "first_name, email, postal_address, date"
)


def told(rule: str, issue: str, name: str = "", **options: Any) -> list[Told]:
    """What a rule finds in an issue for the platform called `name`, or for that of the settings."""
    own = Path("newsletter.yaml")
    lines = own.read_text("utf-8").splitlines() if own.is_file() else []
    kept = [line for line in lines if not (name and line.startswith("platform:"))]
    own.write_text("\n".join([*([f"platform: {name}"] if name else []), *kept, ""]), "utf-8")
    return one_rule.told(rule, issue, **options)


def messages(rule: str, issue: str, name: str = "") -> list[str]:
    """Only what it says."""
    return [one.message for one in told(rule, issue, name)]


def places(rule: str, issue: str, name: str = "") -> list[tuple[int, int]]:
    """Only where it finds something."""
    return [(one.line, one.column) for one in told(rule, issue, name)]


def everywhere(issue: str, names: Sequence[str] = NAMES) -> dict[str, list[Told]]:
    """What the rules about what was typed find in an issue, for each of `names`."""
    path = Path("issues", "this.yaml")
    path.write_text(issue, "utf-8")
    found = {}
    for name, checked in zip(names, check_each(path, open_project(Path()), "", names), strict=True):
        found[name] = [
            Told(*(one.mark or (0, 0)), one.message, one.hint, "")
            for one in checked.problems
            if f"platform/{one.code}" in (TYPED, UNFILLED)
        ]
    return found


ROW = "title: T\ndate: 2024-05\nentries:\n- links:\n  - title: A\n    url: "
"""An issue with nothing but a link; its address is to come."""

NOWHERE: dict[str, list[Told]] = {name: [] for name in NAMES}


def _intro(words: str) -> str:
    """An issue whose intro begins in column 4 of line 4."""
    lines = "".join(f"   {line}\n" for line in words.split("\n"))
    return f"title: T\ndate: 2024-05\nintro: |\n{lines}entries: [A]\n"


# --- what a platform takes for its own ------------------------------------------------------------

OWN = [
    ("campaign-monitor", "Write to [email] or [sic].", [("[email]", 10)]),
    ("campaign-monitor", "Dear [Firstname] and [first name].", [("[Firstname]", 6)]),
    ("campaign-monitor", "Hi [name,fallback=you] <unsubscribe>go</unsubscribe>", [
        ("[name,fallback=you]", 4), ("<unsubscribe>", 24), ("</unsubscribe>", 39),
    ]),
    ("activecampaign", "The %SALE% is 100%OFF% now.", [("%SALE%", 5), ("%OFF%", 18)]),
    ("govuk-notify", "Two ((note)) and ((open", [("((note))", 5), ("((", 18)]),
    ("govuk-notify", "The ((like??this)) one.", [("((like??this))", 5)]),
    ("listmonk", "A {{ x }} and {{ or @TrackLink.", [
        ("{{ x }}", 3), ("{{", 15), ("@TrackLink", 21),
    ]),
    ("brevo", "A {{x}}, {% y %} and {% or {{.", [
        ("{{x}}", 3), ("{% y %}", 10), ("{%", 22), ("{{", 28),
    ]),
    ("hubspot", "A {# note #} and {#.", [("{# note #}", 3), ("{#", 18)]),
    ("constant-contact", "The [#tag], ${cost} and <@here>.", [("[#", 5), ("${", 13), ("<@", 25)]),
    ("constant-contact", "A [[CUSTOM.x]] b", [("[[CUSTOM.x]]", 3)]),
    ("dotdigital", "A @WORD@ and $ABC$ here", [("@WORD@", 3), ("$ABC$", 14)]),
    ("mailchimp", "A *|MC:SUBJECT|* *| b |* c", [("*|MC:SUBJECT|*", 3), ("*|", 18), ("|*", 23)]),
    ("mailerlite", "A {$name|x} and {$ b", [("{$name|x}", 3), ("{$", 17)]),
    ("mailjet", "A {{var:x}} and [[CITY]] b [[", [
        ("{{var:x}}", 3), ("[[CITY]]", 17), ("[[", 28),
    ]),
    ("mautic", "A {contactfield=x}, {unsubscribe_text} {x}", [
        ("{contactfield=x}", 3), ("{unsubscribe_text}", 21),
    ]),
    ("ghost", "A {name}, {first_name, \"x\"} %%{uuid}%% {X}", [
        ("{name}", 3), ('{first_name, "x"}', 11), ("%%{uuid}%%", 29),
    ]),
    ("govdelivery", "A [[X_URL]] and [[ b ] ]> ]]> c", [
        ("[[X_URL]]", 3), ("[[", 17), ("]]>", 27),
    ]),
    ("phplist", "A [URL:x] [CONTENT] [My Field] [MY FIELD] [a%%b]", [
        ("[URL:x]", 3), ("[CONTENT]", 11), ("[MY FIELD]", 32), ("[a%%b]", 43),
    ]),
    ("sendy", "A [Currentday] [X,fallback=y] [currently]", [
        ("[Currentday]", 3), ("[X,fallback=y]", 16),
    ]),
    ("sendgrid-marketing", "A {{x}} {{{y}}} <%asm_z%>", [
        ("{{x}}", 3), ("{{{y}}}", 9), ("<%asm_", 17),
    ]),
    ("keila", "A {{ x }} {% y %}", [("{{ x }}", 3), ("{% y %}", 11)]),
    ("kit", "A {{ x }} {% y %}", [("{{ x }}", 3), ("{% y %}", 11)]),
    ("klaviyo", "A {{ x }} {% y %}", [("{{ x }}", 3), ("{% y %}", 11)]),
    ("buttondown", "A {{ x }} {% y %}", [("{{ x }}", 3), ("{% y %}", 11)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words", "found"), OWN, ids=[f"{a}: {b}" for a, b, _ in OWN])
def test_what_a_platform_takes_for_a_tag_is_told_where_it_stands(
    name: str, words: str, found: list[tuple[str, int]]
) -> None:
    profile = Platforms().known()[name]
    assert [one[:3] for one in told(TYPED, _intro(words), name)] == [
        (4, column + 3, f"{profile.name} would take '{token}' for a tag of its own")
        for token, column in found
    ]


def test_the_platforms_without_tags_take_nothing_for_one() -> None:
    with_examples = {name for name, _, _ in OWN}
    assert [name for name in NAMES if name not in with_examples] == [
        "generic", "mailman3", "outlook-gmail",
    ]  # fmt: skip
    words = "A {{ x }} [email] ((note)) *|X|* %X%"
    for name in ("generic", "mailman3", "outlook-gmail"):
        assert messages(TYPED, _intro(words), name) == []


PLACES = """\
title: 'A {{ a }}'
date: 2024-05
subject: 'The {{ b }}'
preheader: '{{ c }} it is'
intro: 'Words {{ d }}.'
lead: {title: 'L {{ e }}', subtitle: '{{ f }}', entries: ['{{ g }}']}
sections:
  - title: '{{ h }}'
    subtitle: '{{ i }}'
    entries:
      - title: '{{ j }}'
        kind: '{{ k }}'
        source: '{{ l }}'
        text: 'So **bold {{ m }}** [link {{ n }}](https://example.org/)'
        image: {src: 'https://a.example/a', alt: '{{ o }}', caption: '{{ p }}', credit: '{{ q }}'}
        links: [{label: '{{ r }}', title: '{{ s }}', url: 'https://example.org/'}]
outro: |
  One.

  > Two {{ t }}
"""
IN_SETTINGS = """\
publication: 'P {{ u }}'
sender: '{{ v }}'
address: '{{ w }}'
reason: 'You {{ x }} it.'
support_title: '{{ y }}'
support:
- name: 'Line {{ z }}'
  phone: '{{ 0 }}'
  text: '{{ 1 }}'
"""


def test_a_tag_is_told_in_every_text_of_an_issue_and_of_the_settings() -> None:
    Path("newsletter.yaml").write_text(f"platform: brevo\n{IN_SETTINGS}", "utf-8")
    files = (PLACES.splitlines(), ["platform: brevo", *IN_SETTINGS.splitlines()])
    expected = [
        (line, text.index(f"{{{{ {letter} }}}}") + 1, f"'{{{{ {letter} }}}}'")
        for lines, letters in zip(files, ("abcdefghijklmnopqrst", "uvwxyz01"), strict=True)
        for letter in letters
        for line, text in enumerate(lines, 1)
        if f"{{{{ {letter} }}}}" in text
    ]
    assert len(expected) == 28
    found = [
        (one.line, one.column, one.message.partition(" take ")[2].partition(" for ")[0])
        for one in told(TYPED, PLACES)
    ]
    assert sorted(found, key=lambda one: one[2]) == sorted(expected, key=lambda one: one[2])


def test_a_tag_in_the_settings_of_one_issue_is_told_there() -> None:
    issue = "title: T\ndate: 2024-05\nentries: [A]\nsettings:\n  reason: As {{ x }}.\n"
    issue += "  support: [{name: 'A', text: '{{ y }}'}]\n"
    assert places(TYPED, issue, "brevo") == [(5, 14), (6, 32)]


def test_an_address_that_the_platform_takes_for_a_tag_is_told_where_it_stands() -> None:
    issue = _intro("A [b](https://example.org/@WORD@/c) and [d](https://example.org/((e))).")
    assert places(TYPED, issue, "dotdigital") == [(4, 10)]
    assert places(TYPED, issue, "govuk-notify") == [(4, 48)]
    row = f"{ROW}https://a.example/$AB$/\n"
    assert places(TYPED, row, "dotdigital") == [(6, 10)]


def test_what_is_percent_encoded_in_an_address_is_no_tag() -> None:
    address = "https://example.org/it%E2%80%99s/caf%C3%A9TOP%20A%C3%89B%C3%89"
    assert everywhere(_intro(f"A [report]({address}), and {address} too.")) == NOWHERE


MEANT = [
    ("mailchimp", "*|FNAME|*", "write [[first_name|there]]"),
    ("mailchimp", "*|UNSUB|*", "write [words]([[unsubscribe]])"),
    ("mailchimp", "*|EMAIL|*", "write [[email]]"),
    ("activecampaign", "%FIRSTNAME%", "write [[first_name]]"),
    ("campaign-monitor", "[unsubscribe]", "write [words]([[unsubscribe]])"),
    ("sendy", "[Name]", "write [[first_name|there]]"),
    ("listmonk", "{{ MessageURL }}", "write [words]([[view_online]])"),
]


@pytest.mark.parametrize(("name", "tag", "write"), MEANT)
def test_the_way_out_is_the_neutral_tag_if_there_is_one(name: str, tag: str, write: str) -> None:
    (one,) = told(TYPED, _intro(f"A {tag} b"), name)
    assert one.hint == f"if it is meant as a tag, {write}; else write it in other words"


def test_otherwise_the_way_out_is_other_words() -> None:
    (one,) = told(TYPED, _intro("A ((note)) b"), "govuk-notify")
    assert one.hint == ELSE


def test_words_that_look_like_a_tag_only_as_readers_see_them_are_told() -> None:
    escaped = _intro(r"A \{\{ x \}\} and [**email**] b")
    assert [one[:3] for one in told(TYPED, escaped, "brevo")] == [
        (4, 7, "Brevo would take '{{ x }}' for a tag of its own")
    ]
    assert [one[:3] for one in told(TYPED, escaped, "campaign-monitor")] == [
        (4, 22, "Campaign Monitor would take '[email]' for a tag of its own")
    ]


def test_a_tag_in_a_text_of_many_lines_is_told_on_its_line() -> None:
    issue = _intro("One\ntwo {{ x\n}}\n\n- three\n  {{ y }}")
    assert places(TYPED, issue, "brevo") == [(5, 8), (9, 6)]


def test_neutral_tags_are_nobody_s_own() -> None:
    words = (
        "Dear [[first_name|reader]] [[email]], [go]([[unsubscribe]]) [on]([[forward]]) [[date]]."
    )
    title = "title: For [[first_name|you]]\nsubject: '[[first_name|you]]'\n"
    assert everywhere(f"{title}{_intro(words)[9:]}") == NOWHERE


def test_a_platform_of_one_s_own_has_its_tags_found_without_a_pattern() -> None:
    Path("platforms").mkdir()
    Path("platforms", "ours.yaml").write_text(
        "name: Ours\ngroup: by hand\nshape: document\nmenu: M\nsteps: [A, B]\n"
        "confidence: verified\n"
        "tags:\n  unsubscribe: {kind: url, tag: '{{ leave }}'}\n"
        "  first_name: {kind: text, tag: '~name~', with_fallback: '~name/{fallback}~'}\n"
        "preheader: {given: html}\ntext: {given: made}\ntraps: ['~~']\n"
    )
    issue = _intro("Dear ~name~ or ~name/you~, [[first_name|you]], or ~~ as in ~nom~.")
    assert [one[1:3] for one in told(TYPED, issue, "ours")] == [
        (9, "Ours would take '~name~' for a tag of its own"),
        (19, "Ours would take '~name/you~' for a tag of its own"),
        (54, "Ours would take '~~' for a tag of its own"),
    ]
    assert messages(UNFILLED, issue) == []


# --- what a template puts in ----------------------------------------------------------------------

FOOTER = """\
<mj-section><mj-column><mj-text>
<p>{{{{ words.sent_by }}}} {{{{ settings.sender }}}}, {{{{ postal_address }}}} {}</p>
<p><a href="{{{{ tag("unsubscribe") }}}}">{{{{ words.unsubscribe }}}}</a></p>
</mj-text></mj-column></mj-section>
"""


def _footer(words: str) -> None:
    path = Path("templates", "parts", "footer.mjml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(FOOTER.format(words), "utf-8")


def test_a_platform_s_tag_in_a_template_is_told_of_the_whole_email() -> None:
    _footer("*|LIST:NAME|*")
    assert told(TYPED, _intro("A"), "mailchimp") == [
        Told(
            0,
            0,
            "Mailchimp would take '*|LIST:NAME|*' for a tag of its own",
            "it stands in a template of your own: write it otherwise there",
            "",
        )
    ]


STRANGE = [
    ("brevo", "*|FNAME|*", "*|FNAME|*", "Mailchimp"),
    ("mailchimp", '{{ "{{ x }}" }}', "{{ x }}", "Brevo"),
    ("mailchimp", "<webversion>go</webversion>", "<webversion>go</webversion>", "Campaign Monitor"),
    ("listmonk", '<a href="[webversion]">see</a>', "[webversion]", "Campaign Monitor"),
    ("mailchimp", "%SENDER-INFO%", "%SENDER-INFO%", "ActiveCampaign"),
    ("generic", "[[PERMALINK]]", "[[PERMALINK]]", "Constant Contact"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words", "token", "owner"), STRANGE)
def test_another_platform_s_tag_in_a_template_is_told_of_the_whole_email(
    name: str, words: str, token: str, owner: str
) -> None:
    _footer(words)
    assert told(UNFILLED, _intro("A"), name) == [
        Told(
            0,
            0,
            f"'{token}' is a tag that nothing fills in: it looks like one of {owner}",
            "take it out of your template or your settings",
            "",
        )
    ]


# --- what nothing fills in ------------------------------------------------------------------------

FOREIGN = [
    ("brevo", "Dear *|FNAME|*.", [("*|FNAME|*", 6, "Mailchimp")]),
    ("mailchimp", "Dear {{ x }} {% y %}.", [("{{ x }}", 6, "Brevo"), ("{% y %}", 14, "Brevo")]),
    ("mailchimp", "<unsubscribe>go</unsubscribe>", [
        ("<unsubscribe>go</unsubscribe>", 1, "Campaign Monitor"),
    ]),
    ("mailchimp", "Hi [firstname,fallback=you], [email]", [
        ("[firstname,fallback=you]", 4, "Campaign Monitor"), ("[email]", 30, "Campaign Monitor"),
    ]),
    ("generic", "Hi %FIRSTNAME% @FIRSTNAME@ ((first name))", [
        ("%FIRSTNAME%", 4, "ActiveCampaign"), ("@FIRSTNAME@", 16, "Dotdigital"),
        ("((first name))", 28, "GOV.UK Notify"),
    ]),
    ("mailchimp", "{{{unsubscribe}}} {$name} {contactfield=x} %%{uuid}%%", [
        ("{{unsubscribe}}", 2, "Brevo"), ("{$name}", 19, "MailerLite"),
        ("{contactfield=x}", 27, "Mautic"),
    ]),
    ("mailchimp", "[Name] [FIRST NAME] [UNSUBSCRIBEURL]", [
        ("[FIRST NAME]", 8, "phpList"), ("[UNSUBSCRIBEURL]", 21, "phpList"), ("[Name]", 1, "Sendy"),
    ]),
    ("mailchimp", "{% unsubscribe %} http://$UNSUB$ [[PERMALINK]]", [
        ("{% unsubscribe %}", 1, "Brevo"), ("http://$UNSUB$", 19, "Dotdigital"),
        ("[[PERMALINK]]", 34, "Constant Contact"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words", "found"), FOREIGN, ids=[b for _, b, _ in FOREIGN])
def test_another_platform_s_tag_is_told_where_it_stands(
    name: str, words: str, found: list[tuple[str, int, str]]
) -> None:
    message = "'{}' is a tag that nothing fills in: it looks like one of {}"
    assert sorted(told(UNFILLED, _intro(words), name)) == sorted(
        Told(4, column + 3, message.format(token, owner), NEUTRAL, "")
        for token, column, owner in found
    )


MISSPELT = [
    ("[[firstname]]", "is no tag (did you mean [[first_name]]?)", TAGS),
    ("[[First Name|you]]", "is no tag (did you mean [[first_name]]?)", TAGS),
    ("[[FIRST_NAME|you]]", "is no tag (did you mean [[first_name]]?)", TAGS),
    ("[[unsubcribe]]", "is no tag (did you mean [[unsubscribe]]?)", TAGS),
    ("[[view online]]", "is no tag (did you mean [[view_online]]?)", TAGS),
    ("[[surname|you]]", "is no tag", TAGS),
    ("[[like this]]", "is no tag", TAGS),
    ("[[unsubscribe]]", "needs words to be clicked", "write [words]([[unsubscribe]])"),
    (
        "[[unsubscribe|Leave us]]",
        "needs words to be clicked",
        "write [Leave us]([[unsubscribe]])",
    ),
    ("[[ email ]]", "cannot be read as a tag", "write [[email]], on one line"),
    (
        "[[ first_name | you ]]",
        "cannot be read as a tag",
        "write [[first_name|you]], on one line",
    ),
    (
        "[[first_name|child's]]",
        "cannot be read as a tag",
        "the words after | cannot have ' in them; ’ can",
    ),
    (
        "[[first_name|A&B (x)]]",
        "cannot be read as a tag",
        "the words after | cannot have & ( ) in them",
    ),
    (
        "[[first_name]](https://example.org/)",
        "is read as the words of a link",
        "write [[[first_name]]](https://...), with three brackets",
    ),
]


LIKE_OURS = ["generic", "govdelivery", "constant-contact", "mailjet", "brevo"]
"""Two of them have tags that look like neutral ones."""


@pytest.mark.parametrize(("tag", "message", "hint"), MISSPELT, ids=[one[0] for one in MISSPELT])
def test_a_neutral_tag_that_is_none_is_told_once_with_the_way_out(
    tag: str, message: str, hint: str
) -> None:
    shown = tag.partition("(https")[0]
    one = Told(4, 9, f"'{shown}' {message}", hint, "")
    found = everywhere(_intro(f"Dear {tag}, so."), LIKE_OURS)
    assert found == {name: [one] for name in LIKE_OURS}


def test_a_neutral_tag_over_two_lines_is_told() -> None:
    assert told(UNFILLED, _intro("Dear [[first_name|dear\nreader]], so."), "mailchimp") == [
        Told(
            4,
            9,
            "'[[first_name|dear\nreader]]' cannot be read as a tag",
            "write [[first_name|dear reader]], on one line",
            "",
        )
    ]


def test_a_neutral_tag_over_two_lines_of_a_title_is_one() -> None:
    issue = "title: |\n  For [[first_name|dear\n  reader]]\ndate: 2024-05\nentries: [A]\n"
    assert told(UNFILLED, issue, "mailchimp") == []


def test_a_link_whose_words_stand_in_brackets_is_none_of_them() -> None:
    words = "See [[pdf]](https://example.org/), [[report]](https://example.org/b) and [[1]](#)."
    words = words.replace("#", "https://example.org/c")
    assert everywhere(_intro(words)) == NOWHERE


def test_a_tag_in_an_address_is_told_at_its_place() -> None:
    issue = _intro("A [b](https://example.org/?e=[[email]]&f=*|EMAIL|*) c")
    hint = "give the address without it"
    for name in ("mailchimp", "brevo", "generic"):
        assert told(UNFILLED, issue, name) == [
            Told(4, 33, "'[[email]]' stands in an address, where nothing fills it in", hint, ""),
            Told(4, 45, "'*|EMAIL|*' stands in an address, where nothing fills it in", hint, ""),
        ]
    row = f"{ROW}https://a.example/{{{{x}}}}\n"
    assert places(UNFILLED, row) == [(6, 28)]


def test_typed_misspelt_tags_in_settings_are_told_there() -> None:
    Path("newsletter.yaml").write_text("reason: As [[firstname]] said.\n", "utf-8")
    assert [one[:3] for one in told(UNFILLED, _intro("A"))] == [
        (1, 12, "'[[firstname]]' is no tag (did you mean [[first_name]]?)")
    ]


def test_tags_that_the_settings_give_as_links_are_at_home() -> None:
    settings = "links: {unsubscribe: '*|UNSUB|*', view_online: '{{ mirror }}'}\n"
    Path("newsletter.yaml").write_text(settings, "utf-8")
    assert messages(UNFILLED, _intro("Dear *|FNAME|* and {{ x }}, %ABC%.")) == [
        "'%ABC%' is a tag that nothing fills in: it looks like one of ActiveCampaign"
    ]


# --- honest prose ---------------------------------------------------------------------------------

PROSE = """\
The study [1] of 2023 [2, 3] says so [sic], and (see note) "he [the boy] was 12" [our emphasis].
About 100% of them, or 50 % - 60 %, 5%-6% and 100 % are told; 20%, 30% and so on.
Write to help@example.org, first.last@nhs.net or INFO@EXAMPLE.ORG; call 0800 1111.
It costs $5, £3, €4 or $1,000-$2,000; in US$ and A$; the $64,000 question; USD $AB.
#hashtag, #NoMore, C++ and C#, @handle, @NSPCC and @bbcnews, AT&T, R&D, Q&A, M&S.
Smileys :-) ;) :( <3 {-: =) (: and (-; are fine, and so is a {brace} or {a, b}.
[2024] EWHC 123 (Fam), [2023] UKSC 4 and R (on the application of X) v Y [2022] EWCA Civ 7.
Mae’r adroddiad [yn Gymraeg] yn 50% yn fwy; « L’enfant [sic] » à 50 %, [NDLR] l’été.
(a) first, (b) second; (see (a) and (b)), f(x) = y; [Name withheld], [redacted], [...] and [sic!].
Press Ctrl+C, 3 < 4 > 2, a <b, x*y*z, 2*3, **bold**, *words*, snake_case_words and a_b.
See [Part 2], [Country], [Note: this], [updated 3 May], [PDF], [Video 3:20], [C], [KCSIE, 2023].
A | B || C |D| ~5 ~~6 `not` ^7 %s 90%ile 5%/year #1 $ % & * @ ! [ ] { } ( ).
"""

HONEST = [line for line in PROSE.splitlines() if line]


def test_honest_prose_is_not_told_on_any_platform() -> None:
    assert everywhere(_issue([line.replace("`not`", "not") for line in HONEST])) == NOWHERE


def _issue(lines: list[str]) -> str:
    """An issue with each of `lines` as a title and as a text."""
    entries: list[Any] = [
        {"title": line, "text": line.replace("*words*", "words")} for line in lines
    ]
    data = {"title": "T", "date": "2024-05", "subject": lines[0], "entries": entries}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)


# --- words for unknown readers --------------------------------------------------------------------

FALLBACK = "platform/no-fallback"
NOTHING = "readers without a first name see nothing here"


def test_a_first_name_without_words_is_told_where_it_stands() -> None:
    Path("newsletter.yaml").write_text(
        "platform: mailchimp\nreason: You, [[first_name]].\n", "utf-8"
    )
    issue = f"title: For [[first_name]]\n{_intro('Dear [[first_name|you]], [[first_name]]!')[9:]}"
    hint = "give the words for them: [[first_name|reader]]"
    assert told(FALLBACK, issue) == [
        Told(1, 12, NOTHING, hint, ""),
        Told(4, 29, NOTHING, hint, ""),
        Told(2, 14, NOTHING, hint, ""),
    ]


def test_where_a_platform_has_no_place_for_words_none_are_asked_for() -> None:
    note = (
        "Whoever sends must give a name for each reader. There is no form with words for unknown "
        "readers."
    )
    issue = _intro("Dear [[first_name]] and [[first_name|you]]!")
    assert told(FALLBACK, issue, "govuk-notify") == [
        Told(4, 9, NOTHING, note, ""),
        Told(
            4,
            28,
            "GOV.UK Notify has no place for 'you' in its tag: readers without a first name see "
            "nothing here",
            note,
            "",
        ),
    ]


def test_a_platform_without_a_tag_for_the_name_needs_no_words() -> None:
    assert told(FALLBACK, _intro("Dear [[first_name|you]]!"), "mailman3") == []


STANDS_IN = "platform/words-stand-in"


def test_words_that_all_readers_see_are_told_where_they_stand() -> None:
    Path("newsletter.yaml").write_text("platform: mailman3\nreason: You, [[email|we]].\n", "utf-8")
    issue = _intro("Dear [[first_name|you]], [[email]] [[date]] [[date|now]]!")
    hint = "write it without the tag, if that reads better"
    assert told(STANDS_IN, issue) == [
        Told(4, 9, "Mailman 3 knows nothing of [[first_name]]: all readers see 'you'", hint, ""),
        Told(4, 48, "Mailman 3 knows nothing of [[date]]: all readers see 'now'", hint, ""),
        Told(2, 14, "Mailman 3 knows nothing of [[email]]: all readers see 'we'", hint, ""),
    ]
    assert told(STANDS_IN, issue, "generic") == []


# --- links that the platform adds -----------------------------------------------------------------


def test_a_link_that_the_platform_adds_is_told_at_its_words() -> None:
    issue = (
        "title: T\ndate: 2024-05\n"
        "intro: You can [leave]([[unsubscribe]]) or [see it]([[view_online]]).\n"
        "entries:\n- links: [{label: Or, title: go, url: '[[preferences]]'}]\n"
    )
    adds = "Constant Contact adds this link itself, and has no tag for it: '{}' will stand here"
    found = told("platform/added-by-platform", issue, "constant-contact")
    assert [one[:3] for one in found] == [
        (3, 16, f"{adds.format('leave')} without a link"),
        (5, 30, f"{adds.format('go')} without a link"),
    ]


# --- the email as a whole -------------------------------------------------------------------------


def test_a_template_without_a_required_tag_is_told() -> None:
    path = Path("templates", "parts", "email.txt")
    path.parent.mkdir(parents=True)
    path.write_text("{% block content %}{% endblock %}\n", "utf-8")
    assert messages("platform/required-tag", _intro("A"), "mailerlite") == [
        "the plain text of the email lacks '{$url}', which MailerLite wants: "
        "MailerLite refuses the email."
    ]


def test_what_a_platform_does_not_take_is_told_with_the_numbers() -> None:
    Path("platforms").mkdir()
    Path("platforms", "small.yaml").write_text(
        "extends: mailchimp\nname: Small\n"
        "limits: {html_characters: 100, subject: 5, preheader: 3}\n"
    )
    issue = f"subject: A subject\npreheader: Words\n{_intro('A')}"
    found = told("platform/platform-limit", issue, "small")
    assert [one[:2] for one in found] == [(0, 0), (1, 10), (2, 12)]
    assert [one.message for one in found[1:]] == [
        "the subject has 9 characters; Small takes 5",
        "the preheader has 5 characters; Small takes 3",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_an_unverified_tag_is_never_used_without_a_warning(name: str) -> None:
    profile = Platforms().known()[name]
    for intent in profile.tags.__struct_fields__:
        tag = getattr(profile.tags, intent)
        link = intent in ("unsubscribe", "view_online", "preferences", "forward", "archive")
        words = f"[go]([[{intent}]])" if link else f"[[{intent}|words]]"
        Path("newsletter.yaml").write_text("sender: S\n", "utf-8")
        found = messages("platform/unverified-tag", _intro(f"So {words}."), name)
        doubted = tag.confidence == "unverified" and tag.kind != "none"
        if intent == "postal_address" and name in ("brevo", "mailerlite", "mautic"):
            doubted = False  # it is not used at all
        assert any(f"[[{intent}]]" in message for message in found) == doubted, intent


@pytest.mark.parametrize("name", ["brevo", "mailerlite", "mautic"])
def test_a_postal_address_that_nobody_has_tried_is_lacking(name: str) -> None:
    issue = _intro("We are at [[postal_address|home]].")
    Path("newsletter.yaml").write_text("sender: S\n", "utf-8")
    assert messages("footer/no-postal-address", issue, name) == ["the footer has no postal address"]
    path = Path("issues", "this.yaml")
    path.write_text(_intro("We are at [[postal_address]]."), "utf-8")
    problems = check(path, open_project(Path()), platform=name).problems
    found = [one.message for one in problems if one.code == "no-address"]
    assert found == [
        "there is nothing to put in place of [[postal_address]] with "
        f"{Platforms().known()[name].name}"
    ]
    Path("newsletter.yaml").write_text("sender: S\naddress: 1 Example Street\n", "utf-8")
    assert messages("footer/no-postal-address", issue, name) == []


def test_what_a_platform_is_said_to_add_is_told_in_one_line() -> None:
    found = told("platform/unverified-tag", _intro("A"), "govdelivery")
    assert [one.message for one in found] == [
        "GovDelivery is said to add by itself what stands for [[postal_address]], "
        "[[unsubscribe]], [[view_online]]; nobody has tried it"
    ]


def test_a_tag_of_which_a_newsletter_says_that_it_works_has_no_note() -> None:
    Path("platforms").mkdir()
    Path("platforms", "dotdigital.yaml").write_text(
        "extends: dotdigital\ntags: {email: {confidence: verified}}\n"
    )
    issue = _intro("You are [[email]], [[first_name|you]].")
    assert messages("platform/unverified-tag", issue, "dotdigital") == [
        "'@FIRSTNAME@', which stands for [[first_name]], has not been tried with Dotdigital"
    ]


def test_errors_of_a_platform_can_be_switched_off_for_a_line() -> None:
    path = Path("issues", "this.yaml")
    path.write_text(
        "title: T\ndate: 2024-05\nentries:\n"
        "- title: The ((note))  # newsletter: off platform-tag\n"
        "- title: The ((other))\n",
        "utf-8",
    )
    project = open_project(Path())
    problems = check(path, project, platform="govuk-notify").problems
    found = [one for one in problems if one.code == "platform-tag"]
    assert all(one.level is Level.ERROR for one in found)
    assert [one.mark for one in found] == [(5, 14)]
