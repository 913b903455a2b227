"""What a page says of itself, in its title or first heading: that it is not there, or that it wants
no programs.

Only phrases that are the whole of a title, or a part of it between signs, are taken for that: a
story about 404 missing children is one.
"""

import re
from html import unescape

_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1", re.IGNORECASE | re.DOTALL)
_PARTS = re.compile(r"\s*[|·•«»/]\s*|\s+[-–—]+\s+")

_GONE = re.compile(
    r"(?:oops |sorry |whoops |uh oh |we re sorry |error )*"
    r"(?:"
    r"(?:(?:http |status |code |fehler |erreur |gwall )*(?:404|410)(?: error| page| gone)*)?"
    r" ?(?:that |this |the )?page (?:\w+ ){0,6}?(?:not|cannot|t|cant) (?:be |been )?found"
    r"|(?:404|410)(?: error)?(?: not found| gone| page)?|(?:error|erreur|fehler|http) (?:404|410)"
    r"|(?:error )?404 (?:error )?(?:file |document |content )?not found"
    r"|(?:that |this |the )?page (?:(?:you \w+ looking for |you requested )?"
    r"(?:does not|doesn t|no longer) exists?|(?:is )?(?:no longer|not|isn t) (?:here|available)"
    r"|(?:is )?unavailable|(?:is )?missing)"
    r"|(?:we )?(?:can t|cannot|could not|couldn t) find (?:that|this|the) page"
    r"(?: you (?:re|are|were) looking for)?"
    # Welsh, French, German, Spanish, Polish, Italian, Dutch, Portuguese, Arabic, Urdu
    r"|(?:ni chanfuwyd|heb ganfod|methu canfod|ni ddaethpwyd o hyd i) ?(?:y |r )?dudalen"
    r"|tudalen heb ei (?:chanfod|darganfod)"
    r"|(?:cette )?page (?:est )?(?:introuvable|non trouvée|inexistante|n existe (?:pas|plus))"
    r"|(?:die |diese )?seite (?:(?:wurde |konnte )?nicht gefunden(?: werden)?|existiert nicht)"
    r"|(?:la )?página (?:no (?:encontrada|existe|disponible)|não (?:encontrada|existe))"
    r"|nie znaleziono strony|strona nie (?:została znaleziona|istnieje)"
    r"|pagina (?:non trovata|niet gevonden)"
    r"|الصفحة غير موجودة|لم يتم العثور على الصفحة|صفحہ نہیں ملا"
    r")(?: sorry| error| 404| 1)*",
)
_GONE_ALONE = re.compile(r"not found|error|introuvable|nicht gefunden|no encontrado")
_NO_PROGRAMS = re.compile(
    r"just a moment|attention required|access denied|pardon our interruption"
    r"|(?:are you a robot|robot check|bot verification|human verification|security check)"
    r"|checking your browser(?: before accessing.*)?|client challenge|request rejected"
    r"|please verify (?:that )?you are (?:a )?human|one moment please|ddos guard"
    r"|verify(?:ing)? you are human|captcha"
)


def says_gone(page: str) -> str:
    """The words with which `page` says that it is not there, or ""."""
    title = _words(_TITLE, page)
    found = next((part for part in _parts(title) if _GONE.fullmatch(_bare(part))), "")
    if found or (title and _GONE_ALONE.fullmatch(_bare(title))):
        return found or title
    heading = _words(_HEADING, page)
    return heading if _GONE.fullmatch(_bare(heading)) else ""


def wants_no_programs(page: str) -> bool:
    """Whether `page` is one that keeps programs out, in place of the page asked for."""
    title = _words(_TITLE, page)
    return any(_NO_PROGRAMS.fullmatch(_bare(part)) for part in _parts(title)[:1])


def _words(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", match[1])).split()) if match else ""


def _parts(title: str) -> list[str]:
    return [part for part in _PARTS.split(title) if part]


def _bare(words: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", words.lower()).split())
