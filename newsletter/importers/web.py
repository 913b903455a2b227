"""A saved web page, or a newsletter saved as HTML."""

import re

from newsletter.importers import Given
from newsletter.intake import clean, decode, html, shapes
from newsletter.intake.draft import Draft, Log
from newsletter.lookup import Templates
from newsletter.problems import cannot
from newsletter.values import Language

SUFFIXES = (".html", ".htm", ".xhtml")

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?>(?:<!--.{0,2000}?-->\s*)*)<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(
    r"</?(?:p|div|table|t[rdh]|a|br|h[1-6]|span|body|head|ul|ol|li|img|b|strong|em|i|blockquote"
    r"|section|article|main|center|font)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)


def detect(given: Given) -> int:
    """A page says so itself; a part of one has many tags."""
    begin = given.begin
    if b"\0" in given.raw[:2]:
        begin = begin.replace("\0", "")
    if _PAGE.match(begin):
        return 60
    if begin.lstrip().startswith("<") and len(_TAGS.findall(begin)) > 2:
        return 40
    return 0


def read(given: Given, log: Log) -> Draft:
    """The draft of a page. Raises NewsletterError for one that is too large, or has no words."""
    declared = given.charset or decode.said("", given.raw)
    markup = decode.text(given.raw, log, declared, given.name)
    return _drafted(markup, given, log)


def _drafted(markup: str, given: Given, log: Log) -> Draft:
    page = html.read(markup, log, given.address, given.name)
    if not page.blocks:
        raise cannot(
            given.name,
            "format",
            "there are no words in this page",
            "open it in a browser: if you see words there, select them all, copy them into a text "
            "file and import that",
        )
    language = spoken(page.language, given.language)
    blocks = clean.cleaned(page.blocks, language, log)
    title = clean.line(page.title)
    draft = shapes.shaped(blocks, language, log, title, given.layout)
    return told_language(draft, language, given)


def told_language(draft: Draft, language: Language, given: Given) -> Draft:
    """The draft, with its language if it is another than that of the settings and one that there
    are labels in."""
    if draft.language or language.primary == given.language.primary:
        return draft
    known = language.primary in Templates().languages()
    return draft._replace(language=language.primary) if known else draft


def spoken(tag: str, settings: Language) -> Language:
    """The language that a page says to be in, or that of the settings.

    A page in the settings' language says less of the country than they do: often it is en-US only
    because a program was.
    """
    if not re.fullmatch(Language.FORM, tag) or Language(tag).primary == settings.primary:
        return settings
    return Language.parse(tag)
