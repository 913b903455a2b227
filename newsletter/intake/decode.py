"""Bytes in, text out, whatever they were saved as: the one door of charset-normalizer."""

import codecs
import re

from newsletter.intake.draft import Log
from newsletter.problems import NewsletterError, cannot

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# What files of other programs begin with.
_PROGRAMS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP file, or a document of an office program"),
    (b"\xd0\xcf\x11\xe0", "a document of an old office program"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file"),
    (b"Rar!", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
)

# Old names that stand for what Windows writes (WHATWG, Encoding), and charsets that are meant
# otherwise than they say.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
# Python has others, for addresses, escapes and packing.
_OF_LETTERS = re.compile(
    r"ascii|utf-(?:7|8|16|32)|iso8859|cp\d|koi8|mac|big5|gb|euc|shift_?jis|iso2022|hz|johab|tis|kz"
)
_BY_SEVEN_BITS = frozenset({"iso2022_jp", "iso2022_kr", "hz", "utf-7"})
_SAMPLE = 50_000
"""Bytes from which a charset is guessed: more take seconds, and tell no more."""

_CONTROLS = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_TOLD = re.compile(r"(?:^|[;\s])charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_SAID = re.compile(
    rb"<meta\b[^<>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})"
    rb"|<\?xml\b[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
_HEAD = 20_000
"""Bytes in which a page says its charset; browsers look at 1,024 before they guess."""


def said(content_type: str, raw: bytes) -> str:
    """The charset that a page, a feed or a list says to be saved in, "" if it does not.

    `content_type` is what its server says of it, "text/html; charset=utf-8", "" if there is none. A
    server is believed before the page is, as browsers do, if it names a charset that there is.
    """
    told = _TOLD.search(content_type[:1000])
    own = _SAID.search(raw[:_HEAD])
    names = [told[1]] if told else []
    names += [(own[1] or own[2]).decode("ascii", "replace")] if own else []
    return next((name for name in names if _charset(name)), names[0] if names else "")


def text(raw: bytes, log: Log, declared: str = "", name: str = "-") -> str:
    """`raw` as text. `declared` is the charset that it says to have, `name` what it is called.

    What was guessed, and characters that are broken, are noticed in `log`. Raises NewsletterError
    for what is no text.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _told(raw.decode(encoding, "replace").lstrip("\ufeff"), log)
    known = _charset(declared)
    wide = _wide(raw, known)
    if not wide:
        _refuse_binary(raw, name)
    if wide:
        log.notice(f"it does not say how its letters are saved: it was read as {wide.upper()}")
        return _told(raw.decode(wide, "replace"), log)
    if raw.isascii() and known not in _BY_SEVEN_BITS:
        return raw.decode("ascii")
    return _told(_decoded(raw, known, declared, log), log)


def _charset(declared: str) -> str:
    """Python's name of a charset, "" if it does not know it."""
    try:
        found = codecs.lookup(declared.strip().strip("'\""))
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(found.name, found.name) if _OF_LETTERS.match(found.name) else ""


def _wide(raw: bytes, known: str) -> str:
    """UTF-16 or UTF-32 without the mark that they should begin with."""
    if known.startswith(("utf-16", "utf-32")) and b"\0" in raw[:1000]:
        return known if known[-2:] in ("le", "be") else _half(raw, known)
    return _half(raw, "utf-16") if b"\0" in raw[:1000] else ""


def _half(raw: bytes, known: str) -> str:
    """Which end comes first, where the letters are mostly Latin ones; "" where they are not."""
    if known == "utf-32":
        return "utf-32-be" if raw[:1] == b"\0" else "utf-32-le"
    sample = raw[:2000]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    most = len(sample) // 2
    if min(first, second) > most * 0.05 or max(first, second) < most * 0.5:
        return ""
    return "utf-16-be" if first > second else "utf-16-le"


def _refuse_binary(raw: bytes, name: str) -> None:
    kind = next((kind for begin, kind in _PROGRAMS if raw.startswith(begin)), "")
    sample = raw[:_SAMPLE]
    controls = len(_CONTROLS.findall(sample))
    if kind or controls > max(len(sample) * 0.02, 8) or (b"\0" in sample and controls > 8):
        raise _no_text(name, kind)


def _no_text(name: str, kind: str) -> NewsletterError:
    return cannot(
        name,
        "format",
        f"this is {kind}, and no text" if kind else "this is no text, but a program's own data",
        "save it as a Word document (.docx), a web page or plain text",
    )


def _decoded(raw: bytes, known: str, declared: str, log: Log) -> str:
    # Text that is no UTF-8 hardly ever reads as it by chance, and many pages and emails name the
    # charset of another time.
    read = _strictly(raw, "utf-8")
    if read is not None and known not in _BY_SEVEN_BITS:
        if declared and known != "utf-8":
            log.notice(f"it says that it is {declared[:40]}, but it is UTF-8")
        return read
    if known and known != "utf-8":
        read = _strictly(raw, known)
        if read is not None:
            return read
        if known == "cp1252":
            # Five bytes stand for nothing there; browsers pass over them.
            return raw.decode("cp1252", "replace")
    if _is_broken_utf8(raw):
        return raw.decode("utf-8", "replace")
    return _guessed(raw, known, log)


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeError:
        return None


def _is_broken_utf8(raw: bytes) -> bool:
    """Whether most of what is no ASCII is UTF-8 all the same: it was cut, or something old stands
    in the middle."""
    odd = re.search(rb"[\x80-\xff]", raw)
    start = odd.start() if odd else 0
    read = raw[start : start + 1_000_000].decode("utf-8", "replace")
    broken = read.count("\ufffd")
    whole = sum(character > "\x7f" for character in read) - broken
    return whole > 4 * broken


def _guessed(raw: bytes, known: str, log: Log) -> str:
    from charset_normalizer import from_bytes

    odd = re.search(rb"[\x80-\xff]", raw)
    start = max((odd.start() if odd else 0) - _SAMPLE // 2, 0)
    best = from_bytes(raw[start : start + _SAMPLE]).best()
    encoding = best.encoding if best else known or "cp1252"
    # Of a few letters nothing can be told: then Windows of Western Europe is the most likely.
    few = len(re.findall(rb"[\x80-\xff]", raw[:1_000_000])) < 20
    if few and _strictly(raw, "cp1252") is not None and encoding not in ("utf-8", known):
        encoding = "cp1252"
    log.notice(
        f"it does not say truly how its letters are saved: it was read as {encoding}, so look at "
        "letters with accents and at quotation marks"
    )
    return raw.decode(encoding, "replace")


def _told(read: str, log: Log) -> str:
    if broken := read.count("\ufffd"):
        characters = "1 character is" if broken == 1 else f"{broken:,} characters are"
        log.notice(f"{characters} broken in the file, and written as \ufffd")
    return read
