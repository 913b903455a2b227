"""The mailing platforms that come with the program, and those of a newsletter's own."""

import io
import json
import re
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from newsletter import tags
from newsletter.build import build, on, rendered
from newsletter.check import Checked, check_each
from newsletter.cli import newsletter
from newsletter.export import bundle
from newsletter.platforms import Platforms
from newsletter.platforms.profile import Profile
from newsletter.platforms.steps import about, how_to_paste
from newsletter.problems import Level
from newsletter.project import open_project
from newsletter.proof.tokens import own_pattern
from newsletter.render import visible_text
from tests.conftest import PRIVACY, SETTINGS, escape
from tests.test_any_text import as_yaml, words

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "issues").glob("*.yaml"))
PROFILES = Platforms().known()
NAMES = sorted(PROFILES)

EVERY = pytest.mark.parametrize("name", NAMES)

# --- what each platform has, by hand ------------------------------------------------------------

AUTO = "(the platform adds it)"

IN_HTML: dict[str, dict[str, str]] = {
    "activecampaign": {
        "unsubscribe": "%UNSUBSCRIBELINK%",
        "view_online": "%WEBCOPY%",
        "preferences": "%UPDATELINK%",
        "forward": "%FORWARD2FRIEND%",
        "archive": "%WEBCOPY%",
        "first_name": "%FIRSTNAME%",
        "email": "%EMAIL%",
        "postal_address": "%SENDER-INFO-SINGLELINE%",
        "date": "%TODAY%",
    },
    "brevo": {
        "unsubscribe": "{{ unsubscribe }}",
        "view_online": "{{ mirror }}",
        "preferences": "{{ update_profile }}",
        "archive": "{{ mirror }}",
        "first_name": "{{ contact.FIRSTNAME }}",
        "fallback": '{{ contact.FIRSTNAME | default : "reader" }}',
        "email": "{{ contact.EMAIL }}",
        "postal_address": "{{ sender.address }}",
    },
    "buttondown": {
        "unsubscribe": "{{ unsubscribe_url }}",
        "view_online": "{{ email.absolute_url }}",
        "preferences": "{{ manage_subscription_url }}",
        "archive": "{{ email.absolute_url }}",
        "first_name": "{{ subscriber.metadata.first_name }}",
        "fallback": '{{ subscriber.metadata.first_name|default:"reader" }}',
        "email": "{{ subscriber.email }}",
        "date": "{{ email.publish_date|date:'j F Y' }}",
    },
    "campaign-monitor": {
        "unsubscribe": "<unsubscribe>{words}</unsubscribe>",
        "view_online": "<webversion>{words}</webversion>",
        "preferences": "<preferences>{words}</preferences>",
        "forward": "<forwardtoafriend>{words}</forwardtoafriend>",
        "archive": "<webversion>{words}</webversion>",
        "first_name": "[firstname]",
        "fallback": "[firstname,fallback=reader]",
        "email": "[email]",
        "date": "<currentday> <currentmonthname> <currentyear>",
    },
    "constant-contact": {
        "unsubscribe": AUTO,
        "preferences": AUTO,
        "first_name": "[[FIRSTNAME]]",
        "fallback": '[[FIRSTNAME OR "reader"]]',
        "postal_address": AUTO,
    },
    "dotdigital": {
        "unsubscribe": "http://$UNSUB$",
        "view_online": "http://$CANTREAD$",
        "forward": "http://$FORWARD$",
        "archive": "http://$CANTREAD$",
        "first_name": "@FIRSTNAME@",
        "email": "@EMAIL@",
    },
    "generic": {},
    "ghost": {
        "unsubscribe": AUTO,
        "view_online": AUTO,
        "preferences": "%%{manage_account_url}%%",
        "archive": AUTO,
        "first_name": "%%{first_name}%%",
        "fallback": '%%{first_name, "reader"}%%',
        "email": "%%{email}%%",
    },
    "govdelivery": {
        "unsubscribe": AUTO,
        "view_online": AUTO,
        "preferences": "[[SUBSCRIBER_PREFERENCES_URL]]",
        "archive": AUTO,
        "first_name": "[[FIRST_NAME]]",
        "postal_address": AUTO,
    },
    "govuk-notify": {"unsubscribe": AUTO, "first_name": "((first name))"},
    "hubspot": {
        "unsubscribe": "{{ unsubscribe_link_all }}",
        "view_online": "{{ view_as_page_url }}",
        "preferences": "{{ unsubscribe_link }}",
        "archive": "{{ view_as_page_url }}",
        "first_name": "{{ contact.firstname }}",
        "fallback": "{{ personalization_token('contact.firstname', 'reader') }}",
        "email": "{{ contact.email }}",
        "postal_address": "{{ site_settings.company_name }}, "
        "{{ site_settings.company_street_address_1 }}, {{ site_settings.company_city }}, "
        "{{ site_settings.company_state }} {{ site_settings.company_zip }}",
        "date": "{{ local_dt|datetimeformat('%d %B %Y') }}",
    },
    "keila": {
        "unsubscribe": "{{ unsubscribe_link }}",
        "view_online": "{{ campaign.public_link }}",
        "archive": "{{ campaign.public_link }}",
        "first_name": "{{ contact.first_name }}",
        "fallback": '{{ contact.first_name | default: "reader" }}',
        "email": "{{ contact.email }}",
    },
    "kit": {
        "unsubscribe": "{{ unsubscribe_url }}",
        "preferences": "{{ subscriber.account_url }}",
        "first_name": "{{ subscriber.first_name }}",
        "fallback": "{{ subscriber.first_name | default: 'reader' }}",
        "email": "{{ subscriber.email_address }}",
        "postal_address": "{{ address }}",
    },
    "klaviyo": {
        "unsubscribe": "{% unsubscribe_link %}",
        "view_online": "{% web_view_link %}",
        "preferences": "{% manage_preferences_link %}",
        "archive": "{% web_view_link %}",
        "first_name": "{{ first_name }}",
        "fallback": "{{ first_name|default:'reader' }}",
        "email": "{{ email }}",
        "postal_address": "{{ organization.full_address }}",
        "date": "{% current_day %} {% current_month_name %} {% current_year %}",
    },
    "listmonk": {
        "unsubscribe": "{{ UnsubscribeURL }}",
        "view_online": "{{ MessageURL }}",
        "preferences": "{{ ManageURL }}",
        "archive": "{{ ArchiveURL }}",
        "first_name": "{{ .Subscriber.FirstName }}",
        "fallback": '{{ .Subscriber.FirstName | default "reader" }}',
        "email": "{{ .Subscriber.Email }}",
        "date": '{{ Date "2 January 2006" }}',
    },
    "mailchimp": {
        "unsubscribe": "*|UNSUB|*",
        "view_online": "*|ARCHIVE|*",
        "preferences": "*|UPDATE_PROFILE|*",
        "forward": "*|FORWARD|*",
        "archive": "*|ARCHIVE|*",
        "first_name": "*|FNAME|*",
        "fallback": "*|IF:FNAME|**|FNAME|**|ELSE:|*reader*|END:IF|*",
        "email": "*|EMAIL|*",
        "postal_address": "*|LIST:ADDRESSLINE|*",
        "date": "*|DATE:j F Y|*",
    },
    "mailerlite": {
        "unsubscribe": "{$unsubscribe}",
        "view_online": "{$url}",
        "preferences": "{$preferences}",
        "forward": "{$forward}",
        "archive": "{$url}",
        "first_name": "{$name}",
        "fallback": "{$name|default('reader')}",
        "email": "{$email}",
        "postal_address": "{$account_address}",
    },
    "mailjet": {
        "unsubscribe": "[[UNSUB_LINK_EN]]",
        "view_online": "[[PERMALINK]]",
        "archive": "[[PERMALINK]]",
        "first_name": "[[data:firstname]]",
        "fallback": '[[data:firstname:"reader"]]',
        "email": "[[EMAIL_TO]]",
    },
    "mailman3": {"unsubscribe": AUTO, "archive": AUTO},
    "mautic": {
        "unsubscribe": "{unsubscribe_url}",
        "view_online": "{webview_url}",
        "preferences": "{unsubscribe_url}",
        "archive": "{webview_url}",
        "first_name": "{contactfield=firstname}",
        "fallback": "{contactfield=firstname|reader}",
        "email": "{contactfield=email}",
        "postal_address": "{signature}",
    },
    "outlook-gmail": {},
    "phplist": {
        "unsubscribe": "[UNSUBSCRIBEURL]",
        "preferences": "[PREFERENCESURL]",
        "forward": "[FORWARDURL]",
        "first_name": "[FIRST NAME]",
        "fallback": "[FIRST NAME%%reader]",
        "email": "[EMAIL]",
        "postal_address": "[ORGANISATION_NAME]",
    },
    "sendgrid-marketing": {
        "unsubscribe": "{{{unsubscribe}}}",
        "view_online": "{{Weblink}}",
        "preferences": "{{{unsubscribe_preferences}}}",
        "archive": "{{Weblink}}",
        "first_name": "{{first_name}}",
        "fallback": '{{insert first_name "default=reader"}}',
        "email": "{{email}}",
        "postal_address": "{{Sender_Name}}, {{Sender_Address}}, {{Sender_City}}, "
        "{{Sender_State}} {{Sender_Zip}}",
    },
    "sendy": {
        "unsubscribe": "[unsubscribe]",
        "view_online": "[webversion]",
        "archive": "[webversion]",
        "first_name": "[Name]",
        "fallback": "[Name,fallback=reader]",
        "email": "[Email]",
        "date": "[currentdaynumber] [currentmonth] [currentyear]",
    },
}

IN_TEXT: dict[str, dict[str, str]] = {
    "campaign-monitor": {
        "unsubscribe": "[unsubscribe]",
        "view_online": "[webversion]",
        "preferences": "",
        "forward": "",
        "archive": "[webversion]",
    },
    "dotdigital": {"unsubscribe": "$UNSUB$"},
}
"""Where the plain text has another form."""

REQUIRED = {
    "activecampaign": ("unsubscribe postal_address", ""),
    "brevo": ("unsubscribe", ""),
    "buttondown": ("unsubscribe", ""),
    "campaign-monitor": ("unsubscribe", "unsubscribe"),
    "dotdigital": ("unsubscribe", "unsubscribe"),
    "hubspot": ("unsubscribe postal_address", ""),
    "kit": ("unsubscribe", ""),
    "klaviyo": ("unsubscribe", ""),
    "mailchimp": ("unsubscribe postal_address", "unsubscribe"),
    "mailerlite": ("unsubscribe", "unsubscribe view_online"),
    "mailjet": ("unsubscribe", ""),
    "sendy": ("unsubscribe", ""),
}
"""The tags that a platform insists on, in the HTML and in the plain text."""

FRAGMENTS = ("ghost", "govdelivery")
"""Those whose own template says who sends an email."""

UNTRIED_ADDRESS = ("brevo", "mailerlite", "mautic")
"""Those whose tag for the postal address nobody has tried: it is never used."""

SLOTS = {"constant-contact": "[[trackingImage]]", "kit": "{{ message_content }}"}
IN_FIELD = [
    "activecampaign", "brevo", "constant-contact", "ghost", "hubspot", "kit", "klaviyo", "mautic",
]  # fmt: skip
"""Those that are given the preheader in a field, and show nothing of it in the email."""

PREHEADERS = {
    "keila": "{{ campaign.preview_text }}",
    "mailchimp": "*|MC_PREVIEW_TEXT|*",
    **dict.fromkeys([*IN_FIELD, "govuk-notify", "outlook-gmail"], ""),
}


def test_there_are_23_platforms_and_none() -> None:
    assert sorted(IN_HTML) == NAMES
    assert len(NAMES) == 24


def _has(profile: Profile, form: str) -> dict[str, str]:
    found = {}
    for name in profile.tags.__struct_fields__:
        tag = getattr(profile.tags, name)
        if tag.kind == "auto":
            found[name] = AUTO
        elif tag.kind != "none":
            found[name] = tag.text if form == "text" else tag.tag
        if tag.with_fallback and form == "tag":
            found["fallback"] = tag.with_fallback.replace("{fallback}", "reader")
    return found


@EVERY
def test_a_platform_has_these_tags_byte_for_byte(name: str) -> None:
    assert _has(PROFILES[name], "tag") == IN_HTML[name]
    own = {
        key: text for key, text in _has(PROFILES[name], "text").items() if text not in ("", AUTO)
    }
    assert own == {key: text for key, text in IN_TEXT.get(name, {}).items() if text}


@EVERY
def test_a_platform_s_kinds_fit_its_tags(name: str) -> None:
    for intent in PROFILES[name].tags.__struct_fields__:
        tag = getattr(PROFILES[name].tags, intent)
        expected = {"": "none", AUTO: "auto"}.get(IN_HTML[name].get(intent, ""))
        if expected is None:
            is_link = intent in tags.LINKS
            expected = "element" if "{words}" in tag.tag else "url" if is_link else "text"
        assert tag.kind == expected, intent


@EVERY
def test_a_platform_insists_on_these_tags(name: str) -> None:
    required = PROFILES[name].required
    html, text = REQUIRED.get(name, ("", ""))
    assert (" ".join(required.html), " ".join(required.text)) == (html, text)


def _without_words(form: str) -> str:
    return form.replace("{words}", "words").replace("{fallback}", "there")


@EVERY
def test_a_platform_s_pattern_finds_each_of_its_tags(name: str) -> None:
    profile = PROFILES[name]
    known = [getattr(profile.tags, one) for one in profile.tags.__struct_fields__]
    forms = [
        _without_words(form) for tag in known for form in (tag.tag, tag.text, tag.with_fallback)
    ]
    for form in [*forms, profile.slot, profile.preheader.tag]:
        rest = re.sub(profile.token_re, "", form)
        assert re.search(r"[^\w ,]", rest) is None, form
        assert not form or re.search(profile.token_re, form)


@EVERY
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_platform_s_pattern_finds_nothing_in_the_words_of_a_sample(name: str, path: Path) -> None:
    pattern = own_pattern(PROFILES[name])
    neutral = _checked(path)[name].result.neutral
    assert neutral
    text = re.sub(r"<https?://[^>]*>", "", neutral.text)
    assert pattern is None or pattern.findall(f"{visible_text(neutral.html)}\n{text}") == []


# --- the samples ----------------------------------------------------------------------------------


@cache
def _checked(path: Path) -> dict[str, Checked]:
    return dict(zip(NAMES, check_each(path, open_project(ROOT), "", NAMES), strict=True))


def _has_in_text(name: str, intent: str) -> str:
    return IN_TEXT.get(name, {}).get(intent, IN_HTML[name].get(intent, ""))


def _plain(page: str) -> str:
    """HTML without the styles of its elements."""
    return re.sub(r' style="[^"]*"', "", page)


def _link(name: str, intent: str, words: str, own: str) -> str:
    """A link in HTML; `own` is the address of the settings."""
    tag = IN_HTML[name].get(intent, "")
    if tag == AUTO:
        return words
    if "{words}" in tag:
        return tag.replace("{words}", f"<span>{words}</span>")
    return f'<a href="{tag or own}">{words}</a>'


def _text_link(name: str, intent: str, words: str, own: str) -> str:
    """The same in plain text."""
    tag = _has_in_text(name, intent)
    if tag == AUTO or (not tag and intent in IN_HTML[name]):
        return words
    element = "{words}" in IN_HTML[name].get(intent, "")
    return f"{words} {tag}" if element else f"{words} <{tag or own}>"


def _address(name: str, own: str) -> str:
    tag = IN_HTML[name].get("postal_address", "")
    insists = "postal_address" in REQUIRED.get(name, ("", ""))[0]
    if tag == AUTO:
        return ""
    if name in UNTRIED_ADDRESS:
        return own
    return tag if tag and (insists or not own) else own


def _there(name: str, intent: str) -> bool:
    return IN_HTML[name].get(intent) != AUTO


@EVERY
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_sound_on_every_platform(name: str, path: Path) -> None:
    result, problems = _checked(path)[name][:2]
    assert result.problems == ()
    found = [problem.code for problem in problems if problem.level > Level.NOTE]
    takes = name in ("generic", "mailchimp", "campaign-monitor", "mailman3")
    assert found == [
        *(["unverified-tag"] if _doubts(name, IN_FOOT) else []),
        *(["images-not-taken"] if result.images and not takes else []),
    ]


IN_FOOT = ("unsubscribe", "view_online", "postal_address")
DOT = " \u00a0·\u00a0 "
SAMPLE_SENDER = "Example Safeguarding Research Network"
SAMPLE_ADDRESS = "1 Example Street, Exampleton EX1 1EX"
PRIVACY_LINK = '<a href="https://example.org/privacy">Privacy notice</a>'


@EVERY
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_carries_each_tag_of_its_foot_byte_for_byte(name: str, path: Path) -> None:
    result = _checked(path)[name].result
    assert result.email
    assert result.settings
    html, text = _plain(result.email.html), result.email.text
    view = _link(name, "view_online", "View online", "https://example.org/round-up")
    leave = _link(name, "unsubscribe", "Unsubscribe", "https://example.org/unsubscribe")
    links = [view, PRIVACY_LINK, leave]
    there = [link for link in links if link.startswith("<")]
    assert html.count(f"\n<p>{DOT.join(there)}</p>\n</div>") == 1
    address = _address(name, SAMPLE_ADDRESS)
    sender = "" if name in FRAGMENTS else f"Sent by {SAMPLE_SENDER}"
    foot = html[html.index('<div class="foot"') :]
    first = "<br>".join(one for one in (sender, address) if one)
    assert re.findall("<p>(.*?)</p>", foot)[: 2 if first else 1] == [
        *([first] if first else []),
        result.settings.reason,
    ]
    assert html.count(SLOTS.get(name, "</body></html>")) == 1
    for intent in tags.LINKS[:2]:
        tag = IN_HTML[name].get(intent, "").partition("{words}")[0]
        assert tag in ("", AUTO) or html.count(tag) == 1
    view, leave = (
        _has_in_text(name, intent) or f"https://example.org/{own}"
        for intent, own in (("view_online", "round-up"), ("unsubscribe", "unsubscribe"))
    )
    lines = [
        *([sender] if sender else []),
        *([address] if address else []),
        *([f"View online: {view}"] if view != AUTO else []),
        "Privacy notice: https://example.org/privacy",
        *([f"Unsubscribe: {leave}"] if leave != AUTO else []),
    ]
    below = text.rpartition(f"\n{'-' * 72}\n")[2].split("\n")
    assert [one for one in below if one in lines] == lines
    assert text.endswith(f"\n{lines[-1]}\n")


@EVERY
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_s_files_are_of_the_platform_s_shape_without_a_mark(name: str, path: Path) -> None:
    result = _checked(path)[name].result
    files = result.files
    profile = PROFILES[name]
    first = "email.md" if profile.shape == "markdown" else "email.html"
    eml = ["email.eml"] if name in ("generic", "mailman3", "outlook-gmail") else []
    pictures = [] if profile.shape == "markdown" else list(result.images)
    assert list(files) == [first, "email.txt", "subject.txt", "preheader.txt", *eml, *pictures]
    whole = [file.decode() for key, file in files.items() if key.endswith((".html", ".txt", ".md"))]
    assert result.neutral
    begin = result.neutral.marks.begin
    assert [text for text in whole if f"{begin}-" in text or "\0" in text or "[[view" in text] == []
    page = whole[0]
    is_document = profile.shape in ("document", "mime", "rendered_fragment")
    assert page.startswith("<!doctype html>") == is_document
    assert ("<body" in page) == is_document
    assert page.endswith("\n") != is_document
    for intent in ("unsubscribe", "view_online"):
        tag = IN_HTML[name].get(intent, "").partition("{words}")[0]
        assert tag in ("", AUTO) or page.count(tag) == 1


@EVERY
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_preheader_stands_where_the_platform_wants_it(name: str, path: Path) -> None:
    result = _checked(path)[name].result
    assert result.email
    hidden = re.findall(r'<div style="display:none[^>]*>(.*?)</div>', result.email.html)
    stands = PREHEADERS.get(name, visible_text(result.email.preheader))
    assert [visible_text(one) for one in hidden] == ([stands] if stands else [])


@EVERY
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_nobody_has_tried_is_told_of_a_sample(name: str, path: Path) -> None:
    problems = _checked(path)[name].problems
    told = {one.message for one in problems if one.code == "unverified-tag"}
    assert told == _doubts(name, IN_FOOT)


def _doubts(name: str, used: tuple[str, ...]) -> set[str]:
    profile = PROFILES[name]
    found = set()
    added = []
    for intent in sorted(used):
        tag = getattr(profile.tags, intent)
        if tag.confidence != "unverified":
            continue
        if tag.kind == "auto":
            added.append(f"[[{intent}]]")
        elif tag.tag and not (intent == "postal_address" and name in UNTRIED_ADDRESS):
            found.add(
                f"'{tag.tag}', which stands for [[{intent}]], has not been tried with "
                f"{profile.name}"
            )
    if added:
        found.add(
            f"{profile.name} is said to add by itself what stands for {', '.join(added)}; "
            "nobody has tried it"
        )
    return found


# --- all tags at once -----------------------------------------------------------------------------

ALL_SETTINGS = """\
publication: Safeguarding Monthly
sender: Example Trust
sender_email: editor@example.org
reason: You asked for it.
privacy: https://example.org/privacy
links:
  unsubscribe: https://example.org/unsubscribe
  view_online: https://example.org/view_online
  preferences: https://example.org/preferences
  forward: https://example.org/forward
  archive: https://example.org/archive
"""
ALL_LINKS = {
    "unsubscribe": "leave",
    "view_online": "see",
    "preferences": "change",
    "forward": "send on",
    "archive": "look up",
}
ALL_ISSUE = {
    "title": "Safeguarding Monthly",
    "date": "2024-05",
    "subject": "[[first_name|reader]], new figures on neglect",
    "preheader": "For [[first_name|reader]]: a report on neglect and a survey of foster carers",
    "intro": "Dear [[first_name|reader]], you are [[email|here]] on [[date|this day]], and we are "
    "at [[postal_address|our office]].",
    "entries": [{"text": "A [report](https://example.org/report) came out."}],
    "outro": "".join(f"You can [{words}]([[{name}]]) there. " for name, words in ALL_LINKS.items()),
}


@cache
def _all_tags(folder: Path, address: bool) -> dict[str, Checked]:
    (folder / "issues").mkdir(exist_ok=True)
    settings = ALL_SETTINGS + ("address: 1 Example Street\n" if address else "")
    (folder / "newsletter.yaml").write_text(settings, "utf-8")
    path = folder / "issues" / "2024-05.yaml"
    path.write_text(json.dumps(ALL_ISSUE), "utf-8")
    return dict(zip(NAMES, check_each(path, open_project(folder), "", NAMES), strict=True))


@pytest.fixture(scope="module", name="all_tags")
def _every(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, dict[str, Checked]]:
    """An issue that uses all tags, on each platform, with an own postal address and without."""
    return {own: _all_tags(tmp_path_factory.mktemp("all"), own) for own in (True, False)}


@EVERY
@pytest.mark.parametrize("own", [True, False], ids=["own address", "no address"])
def test_an_issue_with_all_tags_carries_each_byte_for_byte(
    name: str, own: bool, all_tags: dict[bool, dict[str, Checked]]
) -> None:
    result = all_tags[own][name].result
    assert result.email, result.problems
    html, text = _plain(result.email.html), " ".join(result.email.text.split())
    has = IN_HTML[name]
    address = _address(name, "1 Example Street" if own else "")
    reader = has.get("fallback") or has.get("first_name") or "reader"
    # Words are given: only where the platform has a tag does it stand in their place.
    at = "our office"
    if address and address != "1 Example Street":
        at = address
    you, day = has.get("email", "here"), has.get("date", "this day")
    sentence = f"Dear {reader}, you are {you} on {day}, and we are at {at}."
    assert html.count(f"<p>{sentence}</p>") == 1
    assert text.count(sentence) == 1
    links = [
        _link(name, intent, words, f"https://example.org/{intent}")
        for intent, words in ALL_LINKS.items()
    ]
    assert html.count("".join(f"You can {link} there. " for link in links)[:-1]) == 1
    links = [
        _text_link(name, intent, words, f"https://example.org/{intent}")
        for intent, words in ALL_LINKS.items()
    ]
    assert text.count("".join(f"You can {link} there. " for link in links)) == 1
    assert result.email.subject == f"{reader}, new figures on neglect"
    start = f"For {reader}: a report on neglect and a survey of foster carers"
    assert result.email.preheader == start
    stands = PREHEADERS.get(name, start)
    assert html.count(f'"preheader">{stands}</div>') + html.count(f"<div>{stands}</div>") == (
        1 if stands else html.count("<div></div>")
    )
    # Nothing but what was asked for: each tag stands once in its sentence, and in the foot.
    wanted = Counter[str]()
    for intent, tag in has.items():
        wanted[tag.partition("{words}")[0]] += {
            "unsubscribe": 2, "view_online": 2, "first_name": 0, "fallback": 0,
        }.get(intent, 1)  # fmt: skip
    if address and address in has.values():
        wanted[address] += 1
    elif has.get("postal_address", AUTO) != AUTO and not address.startswith(has["postal_address"]):
        del wanted[has["postal_address"]]
    wanted[reader] += 1 + (stands == start)
    del wanted[AUTO]
    for tag, times in wanted.items():
        longer = sum(n for other, n in wanted.items() if tag in other and other != tag)
        assert tag == "reader" or html.count(tag) - longer == times, tag


@EVERY
@pytest.mark.parametrize("own", [True, False], ids=["own address", "no address"])
def test_an_issue_with_all_tags_has_no_error(
    name: str, own: bool, all_tags: dict[bool, dict[str, Checked]]
) -> None:
    problems = all_tags[own][name].problems
    found = {one.code for one in problems if one.level is Level.ERROR}
    assert found == set()
    told = {one.message for one in problems if one.code == "unverified-tag"}
    assert told == _doubts(name, (*tags.LINKS, *tags.WORDS))
    lacks = {one.code for one in problems} & {"no-postal-address"}
    without = not own and has_no_address(name)
    assert lacks == ({"no-postal-address"} if without else set())


def has_no_address(name: str) -> bool:
    """Whether there is no postal address on a platform unless the settings give one."""
    return "postal_address" not in IN_HTML[name] or name in UNTRIED_ADDRESS


@EVERY
@pytest.mark.parametrize("own", [True, False], ids=["own address", "no address"])
def test_an_issue_with_all_tags_has_those_that_its_platform_insists_on(
    name: str, own: bool, all_tags: dict[bool, dict[str, Checked]]
) -> None:
    email = all_tags[own][name].result.email
    assert email
    html, text = REQUIRED.get(name, ("", ""))
    for intent in html.split():
        assert IN_HTML[name][intent].partition("{words}")[0] in email.html
    for intent in text.split():
        assert _has_in_text(name, intent) in email.text


@EVERY
def test_a_first_name_without_words_is_the_bare_tag(name: str, folder: Path) -> None:
    path = folder / "issues" / "one.yaml"
    path.write_text(json.dumps({**ALL_ISSUE, "intro": "Dear [[first_name]], so."}), "utf-8")
    (folder / "newsletter.yaml").write_text(ALL_SETTINGS, "utf-8")
    result = build(path, open_project(folder), platform=name)
    tag = IN_HTML[name].get("first_name")
    if tag:
        assert result.email
        assert f"<p>Dear {tag}, so.</p>" in _plain(result.email.html)
        assert f"\nDear {tag}, so.\n" in result.email.text
    else:
        assert [problem.code for problem in result.problems] == ["no-address"]


def test_outlook_s_comments_are_written_so_that_listmonk_keeps_them() -> None:
    result = _checked(SAMPLES[0])["listmonk"].result
    page = result.files["email.html"].decode()
    assert result.email
    pieces = re.findall(r"<!--\[if [^\]]*\]>(?:<!-->)?|<!--<!\[endif\]-->|<!\[endif\]-->", page)
    kept = re.findall(r'\{\{ Safe "(<!.*?>)" \}\}', page)
    assert pieces == kept
    assert len(kept) > 10
    assert re.sub(r'\{\{ Safe "(<!.*?>)" \}\}', r"\1", page) == result.email.html


# --- any words around any tags --------------------------------------------------------------------

typed = st.one_of(
    words.filter(lambda text: not re.search(r"\[\[\w+(\||\]\])", text)),
    st.sampled_from(["tag0x", "tag0x-first_name-0-", "tag1x-unsubscribe-", "a", "(", "]", "x y"]),
)
fallbacks = st.sampled_from(["", "|reader", "|dear friend", "| you ", "|ihr’s, 2. é!"])
sentence_tags = st.builds(
    lambda name, fallback: f"[[{name}{fallback}]]", st.sampled_from(tags.WORDS), fallbacks
)
pieces = st.lists(
    st.one_of(st.tuples(st.just("words"), typed), st.tuples(st.just("tag"), sentence_tags)),
    min_size=1,
    max_size=8,
)

STAND_INS = {"first_name": "Qaz", "email": "Qer", "postal_address": "Qip", "date": "Qof"}


def _around(parts: list[tuple[str, str]], stand_ins: dict[str, str] | None = None) -> str:
    """Markdown: the words escaped, the tags as they are or with a stand-in in place of each."""
    text = " ".join(
        escape(part) if kind == "words" else stand_ins[part] if stand_ins else part
        for kind, part in parts
    )
    return text if text.strip() else "x"


def _stand_ins(parts: list[tuple[str, str]]) -> dict[str, str]:
    """A word for each tag that is as long as its mark, so that lines break at the same places."""
    found: dict[str, str] = {}
    for kind, part in parts:
        if kind == "tag" and part not in found:
            found[part] = f"Stand{len(found)}in"
    return found


def _literal(name: str, tag: str) -> str:
    """What stands for a neutral tag on a platform, in an issue of May 2024 with an address."""
    intent, _, given_words = tag.strip("[]").partition("|")
    given_words = given_words.strip()
    has = IN_HTML[name]
    known = {"date": "May 2024", "postal_address": "1 Example Street"}.get(intent, "")
    own = given_words or known
    if intent == "postal_address":
        at = _address(name, "1 Example Street")
        return own if at in ("", "1 Example Street") else at
    if has.get(intent) == AUTO:
        return own
    if intent == "first_name" and given_words and "fallback" in has:
        return has["fallback"].replace("reader", given_words)
    return has.get(intent, own)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


@hypothesis_settings(
    derandomize=True, deadline=None, max_examples=25, phases=(Phase.explicit, Phase.generate)
)
@given(parts=pieces, link=typed, target=st.sampled_from(tags.LINKS))
def test_any_words_around_any_tags_come_out_as_they_are_on_every_platform(
    tmp_path_factory: pytest.TempPathFactory,
    parts: list[tuple[str, str]],
    link: str,
    target: str,
) -> None:
    """The same issue with plain words in place of its tags says what must come out."""
    stand_ins = _stand_ins(parts)
    root = tmp_path_factory.getbasetemp() / "any"
    (root / "issues").mkdir(parents=True, exist_ok=True)
    (root / "newsletter.yaml").write_text(f"{ALL_SETTINGS}address: 1 Example Street\n", "utf-8")
    project = open_project(root)
    neutral = {}
    frame = {"title": "T", "date": "2024-05", "entries": ["x"]}
    linked = f"[a{escape(link)}z]"
    for kind, text, url in (
        ("tags", _around(parts), f"[[{target}]]"),
        ("words", _around(parts, stand_ins), "https://stand.in.example/"),
    ):
        path = root / "issues" / f"{kind}.yaml"
        path.write_text(
            as_yaml({**frame, "intro": text, "outro": f"O {linked}({url})"}),
            "utf-8",
        )
        neutral[kind] = rendered(path, project)
    for name in NAMES:
        made = on(name, neutral["tags"], project, draft=True)
        plain = on(name, neutral["words"], project, draft=True)
        assert made.email
        assert plain.email
        assert made.neutral
        files = (file.decode("utf-8", "replace") for file in made.files.values())
        everything = "\n".join([*made.email[:4], *files])
        assert f"{made.neutral.marks.begin}-" not in everything
        assert "\0" not in everything
        seen = visible_text(made.email.html)
        assert [one for kind, one in parts if kind == "words" and _squeezed(one) not in seen] == []
        html, text = _plain(plain.email.html), plain.email.text
        for tag, stand_in in stand_ins.items():
            html = html.replace(stand_in, _literal(name, tag))
            text = text.replace(stand_in, _literal(name, tag))
        start = html.index(">O <a ") + 3 if ">O <a " in html else None
        assert start
        end = html.index("</a>", start) + 4
        shown = html[html.index(">", start) + 1 : end - 4]
        html = (
            html[:start] + _link(name, target, shown, f"https://example.org/{target}") + html[end:]
        )
        assert _squeezed(_body(made.email.html)) == _squeezed(_body(html))
        text = _squeezed(text)
        before, _, after = text.rpartition("<https://stand.in.example/>")
        has = _text_link(name, target, "", f"https://example.org/{target}").strip()
        assert _squeezed(made.email.text) == _squeezed(f"{before}{has}{after}")


def _body(page: str) -> str:
    return _plain(page[page.index("<body") :])


# --- a newsletter's own ---------------------------------------------------------------------------

OURS = """\
name: Ours
group: by hand
shape: document
menu: File > Send
steps: [Paste it., Send it.]
confidence: verified
tags:
  unsubscribe: {kind: url, tag: '<<LEAVE>>', confidence: verified}
preheader: {given: html}
text: {given: made}
"""
ISSUE = (
    "title: The title\ndate: 2024-04\nentries:\n"
    "  - Dear [[first_name|reader]], see [a report on neglect](https://example.org/report).\n"
)


@pytest.fixture(name="own")
def _own(folder: Path) -> Path:
    """A newsletter with one issue, and its folder of platforms."""
    (folder / "newsletter.yaml").write_text(SETTINGS + PRIVACY, "utf-8")
    (folder / "issues" / "2024-04.yaml").write_text(ISSUE, "utf-8")
    (folder / "platforms").mkdir()
    return folder / "platforms"


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(newsletter, list(arguments), catch_exceptions=False)


def _told(result: Result) -> list[str]:
    """Where and what each error is."""
    return re.findall(r"(?m)^(\S+: error: .*)$", f"{result.stdout}\n{result.stderr}")


def test_a_newsletter_adds_a_platform_of_its_own(own: Path) -> None:
    (own / "ours.yaml").write_text(OURS, "utf-8")
    assert _run("build", "--platform", "ours").exit_code == 0
    out = own.parent / "output" / "2024-04"
    assert '<a href="<<LEAVE>>"' in (out / "email.html").read_text("utf-8")
    assert (out / "email.txt").read_text("utf-8").endswith("\nUnsubscribe: <<LEAVE>>\n")
    assert "\nDear reader, see" in (out / "email.txt").read_text("utf-8")
    assert re.search(r"(?m)^ours +Ours +document +<<LEAVE>>$", _run("platforms").stdout)
    assert "1. Paste it.\n  2. Send it.\n" in _run("platforms", "ours").stdout


def test_a_newsletter_changes_a_tag_of_a_platform(own: Path) -> None:
    field = "{tag: '*|VORNAME|*', with_fallback: '*|VORNAME:{fallback}|*'}"
    (own / "mailchimp.yaml").write_text(f"extends: mailchimp\ntags: {{first_name: {field}}}\n")
    assert _run("build", "--platform", "mailchimp").exit_code == 0
    text = (own.parent / "output" / "2024-04" / "email.txt").read_text("utf-8")
    assert "\nDear *|VORNAME:reader|*, see" in text
    assert text.endswith("\nUnsubscribe: *|UNSUB|*\n")
    project = open_project(own.parent)
    changed = project.platforms.profile("mailchimp")[0]
    assert changed
    assert changed.tags.first_name.note == PROFILES["mailchimp"].tags.first_name.note
    assert changed.tags.email == PROFILES["mailchimp"].tags.email
    assert changed.steps == PROFILES["mailchimp"].steps


def test_a_changed_tag_has_no_form_of_the_old_one(own: Path) -> None:
    """What it was with words for unknown readers would put the old field in."""
    (own / "mailchimp.yaml").write_text(
        "extends: mailchimp\ntags:\n  first_name: {tag: '*|VORNAME|*'}\n  email: {kind: none}\n"
    )
    assert _run("build", "--platform", "mailchimp").exit_code == 0
    text = (own.parent / "output" / "2024-04" / "email.txt").read_text("utf-8")
    assert "\nDear *|VORNAME|*, see" in text
    assert "FNAME" not in text
    changed = open_project(own.parent).platforms.profile("mailchimp")[0]
    assert changed
    assert changed.tags.email.kind == "none"
    (own / "dotdigital.yaml").write_text(
        "extends: dotdigital\ntags:\n  unsubscribe: {tag: 'http://$OUT$'}\n"
        "  email: {confidence: verified}\n"
    )
    changed = open_project(own.parent).platforms.profile("dotdigital")[0]
    assert changed
    assert (changed.tags.unsubscribe.tag, changed.tags.unsubscribe.text) == ("http://$OUT$", "")
    assert (changed.tags.email.tag, changed.tags.email.confidence) == ("@EMAIL@", "verified")


def test_a_platform_of_a_third_name_extends_one_that_extends_one(own: Path) -> None:
    (own / "mailchimp.yaml").write_text("extends: mailchimp\nname: Ours\n")
    (own / "Big News.yaml").write_text("extends: mailchimp\nlimits: {subject: 100}\n")
    project = open_project(own.parent)
    assert "big news" in project.platforms.names()
    profile, problems = project.platforms.profile("big news")
    assert problems == []
    assert profile
    assert (profile.name, profile.limits.subject) == ("Ours", 100)
    assert profile.tags == PROFILES["mailchimp"].tags


def test_a_platform_of_any_file_name_can_be_named_in_the_settings(own: Path) -> None:
    for name in ("my_list", "my-list2"):
        (own / f"{name}.yaml").write_text(OURS, "utf-8")
    with (own.parent / "newsletter.yaml").open("a") as settings:
        settings.write("platform: my_list, My-List2\n")
    project = open_project(own.parent)
    assert project.problems == ()
    assert project.settings.platform.each == ("my_list", "my-list2")
    assert _run("build").exit_code == 0


def test_a_link_of_the_settings_cannot_be_a_neutral_tag(own: Path) -> None:
    settings = SETTINGS.replace("https://example.org/unsubscribe", "'[[unsubscribe]]'")
    (own.parent / "newsletter.yaml").write_text(settings, "utf-8")
    message = "'[[unsubscribe]]' would stand for itself [link-target]"
    assert _told(_run("build")) == [f"newsletter.yaml:7:16: error: {message}"]


def test_a_folder_and_a_hidden_file_are_no_platforms(own: Path) -> None:
    (own / "folder.yaml").mkdir()
    (own / ".hidden.yaml").write_text(OURS)
    assert open_project(own.parent).platforms.names() == NAMES


FAULTS = [
    ("kind: url", "kind: link", "8:23", "'kind' cannot be 'link' [choice]"),
    (
        "kind: url, tag: '<<LEAVE>>'",
        "kind: url",
        "8:17",
        "a tag of the kind 'url' needs a 'tag' [no-tag]",
    ),
    ("kind: url", "kind: auto", "8:17", "a tag of the kind 'auto' has no 'tag' [needless-tag]"),
    ("kind: url", "kind: element", "8:32", "'tag' does not say where its words stand [no-place]"),
    (
        "confidence: verified}",
        "with_fallback: a}",
        "8:46",
        "'with_fallback' does not say where its words stand [no-place]",
    ),
    (
        "text: {",
        "token_re: '(['\ntext: {",
        "10:11",
        "this regular expression is broken: unterminated character set at position 4 [pattern]",
    ),
    (
        "text: {",
        "token_re: '(?i)x'\ntext: {",
        "10:11",
        "this regular expression is broken: global flags not at the start of the expression at "
        "position 3 [pattern]",
    ),
    (
        "text: {",
        "token_re: 'x{99999999999}'\ntext: {",
        "10:11",
        "this regular expression is broken: the repetition number is too large [pattern]",
    ),
    (
        "text: {",
        "token_re: 'x*'\ntext: {",
        "10:11",
        "this regular expression finds tags where there is nothing [pattern]",
    ),
    ("menu:", "colour: red\nmenu:", "4:1", "a platform has no 'colour' [unknown-field]"),
    ("shape: document", "shape: page", "3:8", "'shape' cannot be 'page' [choice]"),
    ("menu: File > Send\n", "", "1:1", "a platform needs 'menu' [missing]"),
    ("  unsubscribe: ", "  unsubcribe: ", "8:3", "'tags' has no 'unsubcribe' [unknown-field]"),
    (
        "steps: [Paste it., Send it.]",
        "steps: Paste it.",
        "5:8",
        "'steps' should be a list, but there is a text [shape]",
    ),
    (
        "text: {",
        "limits: {subject: many}\ntext: {",
        "10:19",
        "'many' is not a whole number [number]",
    ),
    (
        "name:",
        "extends: mailchmp\nname:",
        "1:10",
        "there is no platform 'mailchmp' (did you mean 'mailchimp'?) [no-platform]",
    ),
    (
        "name:",
        "extends: ours\nname:",
        "1:10",
        "these platforms extend each other in a circle [no-platform]",
    ),
    (
        "name:",
        "extends: [brevo]\nname:",
        "1:10",
        "'extends' should be the name of one platform [shape]",
    ),
    ("menu: ", "menu: [", "4:7", "text that begins with [ is read as a YAML list [unquoted]"),
]


@pytest.mark.parametrize(
    ("good", "bad", "place", "message"), FAULTS, ids=[one[3] for one in FAULTS]
)
def test_a_fault_of_a_platform_is_told_where_it_stands(
    good: str, bad: str, place: str, message: str, own: Path
) -> None:
    assert OURS.count(good) == 1
    (own / "ours.yaml").write_text(OURS.replace(good, bad), "utf-8")
    for command in (["build", "--platform"], ["check", "--platform"], ["platforms"]):
        result = _run(*command, "ours")
        assert result.exit_code == 1
        assert _told(result) == [f"platforms/ours.yaml:{place}: error: {message}"]
        assert "Traceback" not in result.output
    assert not (own.parent / "output").exists()


def test_a_broken_platform_hinders_nobody_who_does_not_use_it(own: Path) -> None:
    (own / "ours.yaml").write_text(OURS.replace("kind: url", "kind: link"), "utf-8")
    assert _run("build", "--platform", "brevo").exit_code == 0
    listed = _run("platforms")
    assert listed.exit_code == 1
    assert _told(listed) == ["platforms/ours.yaml:8:23: error: 'kind' cannot be 'link' [choice]"]
    assert re.search(r"(?m)^brevo ", listed.stdout)


def test_platforms_that_extend_each_other_are_told(own: Path) -> None:
    (own / "one.yaml").write_text("extends: two\n")
    (own / "two.yaml").write_text("extends: one\n")
    message = "these platforms extend each other in a circle [no-platform]"
    assert _told(_run("build", "--platform", "one")) == [
        f"platforms/two.yaml:1:10: error: {message}"
    ]


def test_several_faults_of_a_platform_are_told_at_once(own: Path) -> None:
    bad = OURS.replace("kind: url", "kind: link").replace("shape: document", "shape: page")
    (own / "ours.yaml").write_text(bad, "utf-8")
    assert len(_told(_run("build", "--platform", "ours"))) == 2


def test_a_faulty_platform_in_the_settings_is_told_with_an_issue(own: Path) -> None:
    (own / "ours.yaml").write_text(OURS.replace("kind: url", "kind: link"), "utf-8")
    with (own.parent / "newsletter.yaml").open("a") as settings:
        settings.write("platform: ours\n")
    told = ["platforms/ours.yaml:8:23: error: 'kind' cannot be 'link' [choice]"]
    assert _told(_run("build")) == told
    assert _told(_run("check")) == told


# --- the commands ---------------------------------------------------------------------------------


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_several_platforms_write_one_folder_each(own: Path) -> None:
    result = _run("build", "--platform", "mailchimp,  Brevo", "--platform", "govuk-notify")
    assert result.exit_code == 0
    out = own.parent / "output" / "2024-04"
    names = ["email.html", "email.txt", "preheader.txt", "subject.txt"]
    markdown = ["email.md", *names[1:]]
    assert _files(out) == [
        *(f"brevo/{name}" for name in names),
        *(f"govuk-notify/{name}" for name in markdown),
        *(f"mailchimp/{name}" for name in names),
    ]
    project = open_project(own.parent)
    for name in ("brevo", "govuk-notify", "mailchimp"):
        one = build(own.parent / "issues" / "2024-04.yaml", project, platform=name)
        there = {file: (out / name / file).read_bytes() for file in one.files}
        assert there == one.files
    assert "2024-04/mailchimp/email.html" in result.stdout
    assert "2024-04/govuk-notify/email.md" in result.stdout


def test_several_platforms_may_stand_in_the_settings(own: Path) -> None:
    with (own.parent / "newsletter.yaml").open("a") as settings:
        settings.write("platform: Brevo, mailchimp,brevo\n")
    assert _run("build").exit_code == 0
    out = own.parent / "output" / "2024-04"
    assert sorted(path.name for path in out.iterdir()) == ["brevo", "mailchimp"]


def test_one_platform_writes_into_the_folder_of_the_issue(own: Path) -> None:
    assert _run("build", "--platform", "brevo").exit_code == 0
    out = own.parent / "output" / "2024-04"
    assert _files(out) == ["email.html", "email.txt", "preheader.txt", "subject.txt"]


def test_an_error_on_one_platform_leaves_the_others_be(own: Path) -> None:
    path = own.parent / "issues" / "2024-04.yaml"
    path.write_text(ISSUE.replace("see", "see [subject],"), "utf-8")
    result = _run("build", "--platform", "generic,phplist,sendy")
    assert result.exit_code == 1
    assert _told(result) == [
        "issues/2024-04.yaml:4:37: error: "
        "phpList would take '[subject]' for a tag of its own [platform-tag]"
    ]
    out = own.parent / "output" / "2024-04"
    assert sorted(path.name for path in out.iterdir()) == ["generic", "sendy"]


def test_one_of_several_that_is_not_built_is_named(own: Path) -> None:
    path = own.parent / "issues" / "2024-04.yaml"
    path.write_text(ISSUE.replace("see", "see [subject],"), "utf-8")
    result = _run("build", "--platform", "generic,phplist")
    assert result.exit_code == 1
    assert "  not built for phplist" in result.stdout.splitlines()
    assert "not built for generic" not in result.stdout


def test_files_of_another_build_do_not_stay_beside_those_of_the_new_one(own: Path) -> None:
    out = own.parent / "output" / "2024-04"
    names = ["email.txt", "preheader.txt", "subject.txt"]
    assert _run("build").exit_code == 0
    (out / "mine.txt").write_text("x")
    assert _files(out) == ["email.eml", "email.html", "email.txt", "mine.txt", *names[1:]]
    assert _run("build", "--platform", "govuk-notify").exit_code == 0
    assert _files(out) == ["email.md", "email.txt", "mine.txt", *names[1:]]
    assert _run("build", "--platform", "brevo").exit_code == 0
    assert _files(out) == ["email.html", "email.txt", "mine.txt", *names[1:]]
    assert _run("build", "--platform", "brevo,generic").exit_code == 0
    assert [name for name in _files(out) if "email." in name and name != "email.txt"] == [
        "brevo/email.html", "brevo/email.txt",
        "generic/email.eml", "generic/email.html", "generic/email.txt",
    ]  # fmt: skip


def test_the_size_that_is_told_is_that_of_the_file(own: Path) -> None:
    result = _run("build", "--platform", "brevo,listmonk,govuk-notify,kit")
    told = dict(re.findall(r"(?m)^  (output\S+): ([\d,]+) bytes", result.stdout))
    assert told == {
        f"output/2024-04/{name}/email.{kind}": f"{path.stat().st_size:,}"
        for name, kind in (
            ("brevo", "html"), ("listmonk", "html"), ("govuk-notify", "md"), ("kit", "html"),
        )
        for path in [own.parent / "output" / "2024-04" / name / f"email.{kind}"]
    }  # fmt: skip


def test_a_draft_that_cannot_be_built_is_told_to_programs(own: Path) -> None:
    path = own.parent / "issues" / "2024-04.yaml"
    path.write_text("title: The title\ndate: 2024-04\n", "utf-8")
    assert _run("build", "--draft").exit_code == 1
    path.write_text(ISSUE + "colour: red\n", "utf-8")
    assert _run("build", "--draft").exit_code == 0


def test_a_note_is_needless_only_if_it_is_so_for_every_platform(own: Path) -> None:
    path = own.parent / "issues" / "2024-04.yaml"
    path.write_text(
        "title: The title\ndate: 2024-04\nentries:\n"
        "  - title: The ((note))  # newsletter: off platform-tag\n",
        "utf-8",
    )

    def told(*names: str) -> list[list[tuple[int, int]]]:
        each = check_each(path, open_project(own.parent), "", names)
        return [
            [one.mark for one in checked.problems if one.code == "needless-off" and one.mark]
            for checked in each
        ]

    assert told("govuk-notify") == [[]]
    assert told("brevo", "govuk-notify", "mailchimp") == [[], [], []]
    assert told("brevo", "mailchimp") == [[(4, 26)], [(4, 26)]]


@pytest.mark.parametrize(
    ("command", "typed_name", "near"),
    [
        (["build", "--platform"], "mailchmp", "mailchimp"),
        (["check", "--platform"], "gov delivery", "govdelivery"),
        (["export", "2024-04", "--platform"], "brevoo", "brevo"),
        (["platforms"], "List Monk", "listmonk"),
    ],
)
def test_an_unknown_platform_is_told_with_the_nearest(
    command: list[str], typed_name: str, near: str, own: Path
) -> None:
    result = _run(*command, typed_name)
    assert result.exit_code == 2
    said = f"there is no platform '{typed_name.lower()}' (did you mean '{near}'?)."
    assert said in " ".join(result.stderr.split())
    assert not (own.parent / "output").exists()


def test_an_unknown_platform_in_the_settings_is_told_at_its_place(own: Path) -> None:
    with (own.parent / "newsletter.yaml").open("a") as settings:
        settings.write("platform: mailchimp, breveo\n")
    line = len((own.parent / "newsletter.yaml").read_text().splitlines())
    message = "there is no platform 'breveo' (did you mean 'brevo'?) [no-platform]"
    assert _told(_run("build")) == [f"newsletter.yaml:{line}:11: error: {message}"]


def test_platforms_lists_all_with_their_shape_and_unsubscribe_link(own: Path) -> None:
    lines = _run("platforms").stdout.splitlines()
    assert lines[0].split() == ["NAME", "WHAT", "IT", "IS", "IS", "GIVEN", "UNSUBSCRIBE", "LINK"]
    assert [line.split()[0] for line in lines[1:]] == NAMES
    for line in lines[1:]:
        name = line.split()[0]
        profile = PROFILES[name]
        leave = {"": "from your settings", AUTO: "adds it"}.get(
            IN_HTML[name].get("unsubscribe", ""), IN_HTML[name].get("unsubscribe", "")
        )
        assert line == f"{name:<20} {profile.name:<36.36} {profile.shape:<21} {leave}"


def _read_again(lines: list[str]) -> list[str]:
    """The numbered steps in `lines`, each in one line."""
    text = "\n".join(lines).partition("\n\n")[0]
    steps = re.split(r"(?m)^(?=\d+\. )", text)[1:]
    return [" ".join(step.split()).partition(" ")[2] for step in steps]


@EVERY
def test_how_to_paste_is_numbered_and_whole(name: str) -> None:
    profile = PROFILES[name]
    lines = how_to_paste(profile)
    assert _read_again(lines) == [" ".join(step.split()) for step in profile.steps]
    numbers = [int(line.partition(".")[0]) for line in lines if re.match(r"\d+\. ", line)]
    assert numbers == list(range(1, len(profile.steps) + 1))
    assert 3 <= len(numbers) <= 10


@EVERY
def test_what_is_printed_of_a_platform_is_sound(name: str, own: Path) -> None:
    result = _run("platforms", name)
    assert (result.exit_code, result.stderr) == (0, "")
    profile = PROFILES[name]
    assert result.stdout == "\n".join(about(name, profile)) + "\n"
    lines = result.stdout.splitlines()
    assert lines[0] == f"{profile.name} (platform: {name})"
    for line in lines:
        assert len(line) <= 80 or "://" in line or line.startswith("  [["), line
        assert line == line.rstrip()
        assert "None" not in line
    assert "\n\n\n" not in result.stdout
    words = " ".join(result.stdout.split())
    for text in (
        profile.menu,
        *profile.steps,
        *profile.notes,
        *profile.unverified,
        *profile.sources,
    ):
        assert " ".join(text.split()) in words
    for intent in profile.tags.__struct_fields__:
        tag = getattr(profile.tags, intent)
        shown = tag.with_fallback.replace("{fallback}", "there") or tag.tag
        shown = {"auto": AUTO, "none": "(none)"}.get(tag.kind, shown)
        (line,) = (line for line in lines if line.startswith(f"  [[{intent}]] "))
        rest = line[23:]
        assert rest in (shown, f"{shown}  ({tag.confidence})")
        if tag.kind != "none" and tag.confidence != "verified":
            assert f"{shown} ({tag.confidence})" in words


@EVERY
def test_what_is_to_be_typed_as_it_is_stands_on_one_line(name: str) -> None:
    for text in (*PROFILES[name].steps, *PROFILES[name].notes):
        printed = "\n".join(about(name, PROFILES[name]))
        for code in re.findall(r"\{\{.*?\}\}|\[\[.*?\]\]|\(\(.*?\)\)|<[^<>]*>", text):
            assert code in printed


# --- what is taken to a platform ------------------------------------------------------------------


def _unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@EVERY
def test_an_export_holds_every_file_and_how_to_paste_it(name: str) -> None:
    path = next(path for path in SAMPLES if "recap" in path.stem)  # with pictures
    result = build(path, open_project(ROOT), platform=name)
    assert result.email
    assert result.images
    content = bundle(result)
    there = _unzipped(content)
    assert next(iter(there)) == "PASTE-ME.txt"
    paste_me = there.pop("PASTE-ME.txt").decode()
    upload = there.pop("import.zip", b"")
    assert there == result.files
    profile = PROFILES[name]
    # The samples write "images_url: images".
    assert bool(upload) == (name in ("mailchimp", "campaign-monitor"))
    if upload:
        assert _unzipped(upload) == {"email.html": there["email.html"], **result.images}
    title = "How to send this" if name == "generic" else f"How to send this with {profile.name}"
    lines = paste_me.splitlines()
    assert lines[:6] == [
        title,
        "=" * len(title),
        "",
        f"Subject:   {result.email.subject}",
        f"Preheader: {result.email.preheader}",
        "",
    ]
    pictures = "The pictures are nowhere on the web yet, "
    if upload:
        pictures = "The pictures go with the email: "
    elif profile.shape == "mime":
        pictures = "The pictures are inside the message: "
    steps = _read_again(lines[6:])
    assert [step for step in steps if step.startswith(pictures)] == [
        step
        for step, before in zip(steps, profile.steps, strict=True)
        if "images_url" in before or step != " ".join(before.split())
    ]
    assert max(len(line) for line in lines if not line.startswith("Preheader:")) <= 80
    words = " ".join(paste_me.split())
    for note in (*profile.notes, *profile.unverified):
        assert f"- {' '.join(note.split())}" in words
    assert ("import the file import.zip" in words) == bool(upload)
    # Each file that the steps name is there, but for what is made of the others.
    named = set(re.findall(r"\b(?:email|subject|preheader)\.\w+", words))
    assert {one for one in named if one not in there} == set()
    assert bundle(build(path, open_project(ROOT), platform=name)) == content


def test_export_writes_a_file_for_each_platform(own: Path) -> None:
    result = _run("export", "2024-04", "--platform", "mailchimp,brevo", "--out", "there")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"there/2024-04-{name}.zip is ready; PASTE-ME.txt in it says what to do."
        for name in ("mailchimp", "brevo")
    ]
    made = (own.parent / "there" / "2024-04-brevo.zip").read_bytes()
    _run("export", "2024-04", "--platform", "brevo", "--out", "again")
    assert (own.parent / "again" / "2024-04-brevo.zip").read_bytes() == made
    there = _unzipped(made)
    names = ["PASTE-ME.txt", "email.html", "email.txt", "subject.txt", "preheader.txt"]
    assert list(there) == names


def test_a_file_of_an_export_is_an_ordinary_one_of_no_time() -> None:
    made = bundle(build(SAMPLES[0], open_project(ROOT), platform="brevo"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.create_system, entry.external_attr >> 16) == (3, 0o644)


def test_an_issue_with_errors_is_exported_as_a_draft_only(own: Path) -> None:
    path = own.parent / "issues" / "2024-04.yaml"
    path.write_text(ISSUE.replace("see", "see {{ x }}"), "utf-8")
    result = _run("export", "2024-04", "--platform", "brevo")
    assert result.exit_code == 1
    assert "Brevo would take '{{ x }}' for a tag of its own" in result.stderr
    assert not (own.parent / "output").exists()
    assert _run("export", "2024-04", "--platform", "brevo", "--draft").exit_code == 0
    assert _files(own.parent / "output") == ["2024-04-brevo.zip"]
