"""Issue, settings, theme and templates in; MJML and plain text out: the one door of Jinja2.

An editor's words are data to a template: they are escaped in MJML, and never run.
"""

import hashlib
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import msgspec
from markupsafe import Markup

from newsletter.dates import PartialDate
from newsletter.images import Picture
from newsletter.lookup import Templates
from newsletter.markup import NEUTRAL_TAG, LinkStyle, Markdown
from newsletter.model import Entry, Image, Issue, Section, Settings, Words
from newsletter.plain import WIDTH, underline, wrap
from newsletter.problems import Level, Mark, NewsletterError, Problem, cannot, shown
from newsletter.theme import Theme

MAX_PREHEADER = 90
"""Characters of a preheader that is made from headings; inboxes show 40 to 90."""

_CONTENTS_FROM = 7  # sections; fewer are seen at a glance


class Composition(NamedTuple):
    """An issue set in a layout: MJML and plain text that carry neutral tags behind `marker`."""

    subject: str
    preheader: str
    mjml: str
    text: str
    marker: str


class Email(NamedTuple):
    """A finished email: HTML and plain text."""

    subject: str
    preheader: str
    html: str
    text: str
    marker: str


class Style(NamedTuple):
    """What an issue is set with besides its own words."""

    theme: Theme
    rules: str  # the theme's own CSS for the elements
    media: str  # and for the head
    words: Words
    pictures: Mapping[str, Picture]  # by the `src` of the issue's images
    logo: Picture | None

    @property
    def shown(self) -> tuple[Picture, ...]:
        """Every picture of the email."""
        return (*self.pictures.values(), *((self.logo,) if self.logo else ()))


class _Shown(NamedTuple):
    """A picture in a column of the email."""

    address: str
    width: int
    height: int


def compose(
    issue: Issue, settings: Settings, style: Style, templates: Templates, tags: frozenset[str]
) -> Composition:
    """`issue` in its layout. `tags` names the neutral tags that something stands for.

    Raises NewsletterError for a fault of a template, with the template's file and line.
    """
    words = style.words
    issue = in_order(issue, settings, words)

    def day(date: PartialDate) -> str:
        return date.format(settings.date_format, issue.language)

    def picture(image: Image, column: int) -> _Shown:
        found = style.pictures[image.src]
        return _Shown(found.address, *found.shown(column))

    subject = issue.subject or f"{issue.title}, {day(issue.date)}"
    preheader = issue.preheader or _first_words(issue)
    marker = _marker(issue, settings)
    text_links = _TextLinks(settings.text_links, marker)
    context = {
        "issue": issue,
        "settings": settings,
        "theme": style.theme,
        "theme_rules": style.rules,
        "theme_media": style.media,
        "words": words,
        "start": "right" if issue.language.direction == "rtl" else "left",
        "label": partial(_label, colon=words.colon),
        "picture": picture,
        "logo": style.logo,
        "subject": subject,
        "preheader": preheader,
        "has_contents": bool(settings.contents) and len(issue.parts) >= _CONTENTS_FROM,
        "tags": tags,
        "tag": lambda name: f"{marker}-{name}-",
        "references": text_links.references,
        # Filters that depend on the issue are called as functions.
        "html": partial(_html, marker=marker),
        "address": partial(_address, marker=marker),
        "plain": lambda text, width=WIDTH: text.plain(text_links.write, width),
        "link": text_links.write,
        "telephone": _telephone,
        "day": day,
    }
    environment = _environment(templates.folders)
    mjml = _render(environment, f"layouts/{issue.layout}.mjml", context)
    text = _render(environment, f"layouts/{issue.layout}.txt", context)
    return Composition(subject, preheader, mjml, _tidy(text), marker)


def in_order(issue: Issue, settings: Settings, words: Words) -> Issue:
    """`issue` with its sections in the order that the settings ask for, and no empty lead."""
    sections = issue.sections
    if settings.order == "alphabetical":
        sections = tuple(sorted(sections, key=partial(alphabetical, words=words)))
    lead = issue.lead if issue.lead and issue.lead.entries else None
    return msgspec.structs.replace(issue, sections=sections, lead=lead)


# Letters that Unicode does not take apart into a letter and an accent.
_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})


def alphabetical(section: Section, words: Words) -> tuple[bool, str]:
    """The key that sorts sections by heading: case, accents, a leading "&" or article and
    bracketed acronyms do not count; "Other" comes last."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", section.title)
    flat = unicodedata.normalize("NFKD", bare).casefold().translate(_STROKED)
    flat = "".join(character for character in flat if not unicodedata.combining(character))
    heading = re.sub(r"[^\w\s]", " ", flat).split()
    if heading and heading[0] in {article.casefold() for article in words.articles}:
        heading = heading[1:]
    last = section.title.casefold() in {name.casefold() for name in words.last}
    return last, " ".join(heading)


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """`entries` by date; those of one day keep their order, those without a date come last."""
    return sorted(entries, key=lambda entry: entry.date or "", reverse=True)


def _first_words(issue: Issue) -> str:
    """The first headings, or else the first words, of an issue that gives no preheader."""
    parts = (*((issue.lead,) if issue.lead else ()), *issue.parts)
    entries = issue.all_entries
    headings = [part.title for part in parts if part.title]
    headings = headings or [entry.title for entry in entries if entry.title]
    words = ", ".join(headings) or " ".join(entry.text.plain(lambda w, _: w) for entry in entries)
    visible = " ".join(words.split())
    if len(visible) <= MAX_PREHEADER:
        return visible
    cut = visible[: MAX_PREHEADER - 1]
    at = cut.rfind(", ") if headings and ", " in cut else cut.rfind(" ")
    return cut[:at] if headings and ", " in cut else cut[:at] + "…"


def _marker(issue: Issue, settings: Settings) -> str:
    """What neutral tags begin with while an email is made: letters and digits that no step
    changes. No text can hold it, because it is the digest of all texts."""
    everything = msgspec.json.encode((issue, settings), enc_hook=str)
    return "tag" + hashlib.sha256(everything).hexdigest()[:20]


def _address(url: str, marker: str) -> str:
    """`url` as it goes into an attribute: neutral tags behind the marker."""
    return NEUTRAL_TAG.sub(rf"{marker}-\1-", url)


def _label(text: str, colon: str) -> str:
    """`text` with what ends a label; an editor may have written a colon, or asked a question."""
    bare = text.rstrip(": \u00a0\u202f")
    return bare if bare.endswith(("?", "!", "…")) else f"{bare}{colon}"


def _telephone(number: str) -> str:
    """The address that dials `number`, or "" when there are words in it."""
    return f"tel:{re.sub('[^0-9+]', '', number)}" if re.fullmatch("[0-9+() .-]+", number) else ""


def _html(text: Markdown, rows: int = 0, *, marker: str) -> Markup:
    """Markdown as XHTML. It is safe: markdown-it escapes all that an editor typed.

    Paragraphs that more of the same entry follows, be it one of `rows`, have the class "row".
    """
    # A target that looks like a tag is one: all others begin with a scheme.
    page = re.sub(rf'href="{NEUTRAL_TAG.pattern}"', rf'href="{marker}-\1-"', text.html)
    followed = page.count("<p>") - (0 if rows else 1)
    page = page.replace("<p>", '<p class="row">', max(followed, 0))
    # Roundcube and Evolution set every blockquote as the mail that is replied to.
    page = page.replace("<blockquote>", '<div class="quote" role="blockquote">')
    return Markup(page.replace("</blockquote>", "</div>"))  # noqa: S704


class _TextLinks:
    """How links are written in plain text, and the references that wait for their list."""

    def __init__(self, style: LinkStyle, marker: str) -> None:
        self.style = style
        self.marker = marker
        self.listed = 0
        self.waiting: list[str] = []

    def write(self, words: str, url: str) -> str:
        """`words` with their address in the style of the settings."""
        target = _address(url, self.marker)
        visible = target.removeprefix("mailto:")
        if url.startswith("tel:") and re.sub(r"\D", "", words) == re.sub(r"\D", "", url):
            return words
        if words in (target, visible):
            return f"<{visible}>" if visible == target else visible
        if self.style == "markdown":
            escaped = re.sub(r"([\[\]])", r"\\\1", words)
            return f"[{escaped}]({target})" if "(" not in target else f"[{escaped}](<{target}>)"
        if self.style == "references":
            if visible not in self.waiting:
                self.waiting.append(visible)
            return f"{words} [{self.listed + self.waiting.index(visible) + 1}]"
        return f"{words} <{visible}>"

    def references(self) -> str:
        """The list of the references since the last list; numbers go on through the issue."""
        rows = [f"[{self.listed + n}] {url}" for n, url in enumerate(self.waiting, 1)]
        self.listed += len(rows)
        self.waiting.clear()
        return "\n".join(rows)


# --- Jinja -------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        # Plain text is the one output in which nothing has a meaning of its own.
        autoescape=lambda name: name is None or not name.endswith(".txt"),  # noqa: S701
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # costs more than it gives where a template is rendered once
        bytecode_cache=_compiled(),
    )
    environment.filters.update(wrap=wrap, underline=underline, newest_first=newest_first)
    return environment


def _compiled() -> jinja2.BytecodeCache | None:
    """Where compiled templates are kept from one run to the next: among Python's own compiled
    modules. Jinja checks each against its source."""
    folder = Path(cache_from_source(__file__)).parent
    if sys.dont_write_bytecode or not os.access(folder, os.W_OK):
        return None
    return jinja2.FileSystemBytecodeCache(str(folder), "template-%s.cache")


def _render(environment: jinja2.Environment, name: str, context: dict[str, Any]) -> str:
    try:
        return environment.get_template(name).render(context)
    except jinja2.TemplateSyntaxError as error:
        path, line = _file(environment, error.filename, error.name or name), error.lineno
        message = f"this template is broken: {error.message}"
    except jinja2.TemplateNotFound as error:
        raise cannot(name, "template", f"there is no template '{error.name}'") from None
    except UnicodeDecodeError:
        raise cannot(
            name, "template", "this template, or one that it includes, is not UTF-8 text"
        ) from None
    except Exception as error:
        path, line = _place(error) or (name, 1)
        message = f"this template failed: {error or type(error).__name__}"
    mark = Mark(line, 1)
    excerpt = Path(path).read_text("utf-8").split("\n")[line - 1] if Path(path).is_file() else ""
    raise NewsletterError(
        Problem(shown(Path(path)), mark, Level.ERROR, "template", message, "", excerpt)
    )


def _file(environment: jinja2.Environment, filename: str | None, name: str) -> str:
    """The file of a template whose error does not name it."""
    loader = environment.loader
    return filename or (loader.get_source(environment, name)[1] if loader else None) or name


def _place(error: BaseException) -> tuple[str, int] | None:
    """The template file and line that raised `error`."""
    place = None
    trace = error.__traceback__
    while trace:
        path = trace.tb_frame.f_code.co_filename
        if path.endswith((".mjml", ".txt", ".css")):
            place = path, trace.tb_lineno
        trace = trace.tb_next
    return place


def _tidy(text: str) -> str:
    """Plain text with at most one blank line in a row, and no white space at line ends."""
    lines = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"
