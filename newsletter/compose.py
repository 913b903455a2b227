"""Issue, settings, theme and templates in; MJML and plain text out: the one door of Jinja2.

An editor's words are data to a template: they are escaped in MJML, and never run.
"""

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import jinja2
import msgspec
from jinja2.ext import Extension
from markupsafe import Markup

from newsletter.dates import PartialDate
from newsletter.images import Picture
from newsletter.lookup import Templates
from newsletter.markup import LinkStyle, Markdown, Url
from newsletter.model import Entry, Image, Issue, Section, Settings, Words
from newsletter.plain import WIDTH, tidied, underline, wrap
from newsletter.problems import Level, Mark, NewsletterError, Problem, cannot, shown
from newsletter.tags import LINK, WORD, Marked, Marks
from newsletter.theme import Theme
from newsletter.values import Line

MAX_PREHEADER = 90
"""Characters of a preheader that is made from headings; inboxes show 40 to 90."""

_CONTENTS_FROM = 7  # sections; fewer are seen at a glance


class Composition(NamedTuple):
    """An issue set in a layout: MJML and plain text, with marks in place of tags."""

    subject: str
    preheader: str
    mjml: str
    text: str
    marks: Marked


class Email(NamedTuple):
    """An email: HTML and plain text. It has marks in place of tags until a platform's go in."""

    subject: str
    preheader: str
    html: str
    text: str
    marks: Marked


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


def compose(issue: Issue, settings: Settings, style: Style, templates: Templates) -> Composition:
    """`issue` in its layout.

    Raises NewsletterError for a fault of a template, with the template's file and line.
    """
    words = style.words
    language, date_format = issue.language, settings.date_format

    def day(date: PartialDate) -> str:
        return date.format(date_format, language)

    texts = msgspec.json.encode((issue, settings), enc_hook=str).decode()
    marks = Marks(texts, {"date": day(issue.date), "postal_address": settings.address})
    issue = in_order(issue, settings, words)
    subject = issue.subject or f"{issue.title}, {day(issue.date)}"
    preheader = marks.in_words(issue.preheader) or _first_words(issue, marks)
    title, subject = marks.spoken(subject), marks.in_words(subject)
    address = marks.word("postal_address")
    if "[[" in texts:
        issue, settings = _placed(issue, marks), _placed(settings, marks)

    def picture(image: Image, column: int) -> _Shown:
        found = style.pictures[image.src]
        return _Shown(found.address, *found.shown(column))

    text_links = _TextLinks(settings.text_links, marks)
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
        "subject": title,
        "preheader": marks.word("preheader", preheader),
        "postal_address": address,
        "has_contents": bool(settings.contents) and len(issue.parts) >= _CONTENTS_FROM,
        "tag": marks.link,
        "word": marks.word,
        "spoken": marks.spoken,
        "given": lambda name, caller: marks.part(name, caller()),
        "references": text_links.references,
        # Filters that depend on the issue are called as functions.
        "html": _html,
        "plain": lambda text, width=WIDTH: text.plain(text_links.write, width),
        "link": text_links.write,
        "telephone": _telephone,
        "day": day,
    }
    environment = _environment(templates.folders)
    mjml = _render(environment, f"layouts/{issue.layout}.mjml", context)
    text = _render(environment, f"layouts/{issue.layout}.txt", context)
    marked = Marked(marks.begin, marks.words)
    return Composition(subject, preheader, mjml, tidied(text), marked)


_T = TypeVar("_T")


def _placed(value: _T, marks: Marks) -> _T:
    """A part of the model with marks in place of its tags."""
    made: Any = value
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        placed = {name: _placed(one, marks) for name, one in fields.items()}
        if isinstance(value, Image):  # an attribute describes it, and no tag can stand there
            placed["alt"] = marks.spoken(value.alt)
        new = {name: one for name, one in placed.items() if one is not fields[name]}
        made = msgspec.structs.replace(value, **new) if new else value
    elif isinstance(value, tuple):
        made = tuple(_placed(one, marks) for one in value)
    elif isinstance(value, Markdown):
        made = (
            value.changed(marks.in_words, marks.as_target, marks.spoken) if "[[" in value else value
        )
    elif isinstance(value, Url):
        made = Url(marks.as_target(value))
    elif isinstance(value, Line):
        made = Line(marks.in_words(value))
    return cast("_T", made)


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


def _first_words(issue: Issue, marks: Marks) -> str:
    """The first headings, or else the first words, of an issue that gives no preheader."""
    parts = (*((issue.lead,) if issue.lead else ()), *issue.parts)
    entries = issue.all_entries
    headings = [part.title for part in parts if part.title]
    headings = headings or [entry.title for entry in entries if entry.title]
    words = ", ".join(headings) or " ".join(entry.text.plain(lambda w, _: w) for entry in entries)
    visible = " ".join(marks.spoken(words).split())
    if len(visible) <= MAX_PREHEADER:
        return visible
    cut = visible[: MAX_PREHEADER - 1]
    at = cut.rfind(", ") if headings and ", " in cut else cut.rfind(" ")
    return cut[:at] if headings and ", " in cut else cut[:at] + "…"


def _label(text: str, colon: str) -> str:
    """`text` with what ends a label; an editor may have written a colon, or asked a question."""
    bare = text.rstrip(": \u00a0\u202f")
    return bare if bare.endswith(("?", "!", "…")) else f"{bare}{colon}"


def _telephone(number: str) -> str:
    """The address that dials `number`, or "" when there are words in it."""
    return f"tel:{re.sub('[^0-9+]', '', number)}" if re.fullmatch("[0-9+() .-]+", number) else ""


def _html(text: Markdown, rows: int = 0) -> Markup:
    """Markdown as XHTML. It is safe: markdown-it escapes all that an editor typed.

    Paragraphs that more of the same entry follows, be it one of `rows`, have the class "row".
    """
    page = text.html
    followed = page.count("<p>") - (0 if rows else 1)
    page = page.replace("<p>", '<p class="row">', max(followed, 0))
    # Roundcube and Evolution set every blockquote as the mail that is replied to.
    page = page.replace("<blockquote>", '<div class="quote" role="blockquote">')
    return Markup(page.replace("</blockquote>", "</div>"))  # noqa: S704


class _TextLinks:
    """How links are written in plain text, and the references that wait for their list."""

    def __init__(self, style: LinkStyle, marks: Marks) -> None:
        self.style = style
        self.marks = marks
        self.listed = 0
        self.waiting: list[str] = []

    def write(self, words: str, target: str) -> str:
        """`words` with their address in the style of the settings. A tag is in no list: where a
        platform has none, its number would stay behind."""
        visible = target.removeprefix("mailto:")
        if target.startswith(self.marks.begin) and self.style == "references":
            return f"{words} <{target}>"
        if target.startswith("tel:") and re.sub(r"\D", "", words) == re.sub(r"\D", "", target):
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


class _NeutralTags(Extension):
    """Has a template say [[unsubscribe]] for {{ tag("unsubscribe") }}.

    It is the template's source that is read so, never what an editor typed.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        source = LINK.sub(r'{{ tag("\1") }}', source)
        return WORD.sub(lambda tag: f'{{{{ word("{tag[1]}", "{tag[2] or ""}") }}}}', source)


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        # Plain text is the one output in which nothing has a meaning of its own.
        autoescape=lambda name: name is None or not name.endswith(".txt"),  # noqa: S701
        undefined=jinja2.StrictUndefined,
        extensions=[_NeutralTags],
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
