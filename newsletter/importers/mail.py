"""An email as mail programs save it (.eml), or a web page with its pictures in one file (.mht)."""

import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from typing import NamedTuple

from newsletter.importers import Given, _texts, web
from newsletter.importers._forwarded import sent, told, unwrapped
from newsletter.intake import clean, decode, html, plaintext, shapes
from newsletter.intake.blocks import Block
from newsletter.intake.draft import Draft, Log
from newsletter.problems import NewsletterError, cannot

SUFFIXES = (".eml", ".mht", ".mhtml")

_DEEPEST = 40  # parts inside parts
_MOST_PARTS = 200
_MOST_LINES = 30_000
_MOST_HEADER = 20_000  # characters of one line of the head

_OUTER = "the subject of the email that forwards it"

_HEADERS = re.compile(r"(?:From [^\n]*\n)?(?:[!-9;-~]{1,76}:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_TELLING = re.compile(
    r"^(?:from|date|subject|message-id|mime-version|received|return-path|content-type):",
    re.IGNORECASE | re.MULTILINE,
)


def detect(given: Given) -> int:
    """An email begins with lines such as `Subject: ...`, several of them."""
    begin = given.begin.replace("\r", "")
    match = _HEADERS.match(begin if begin.count("\n\n") else f"{begin}\n")
    told = {one.lower() for one in _TELLING.findall(match[0])} if match else set()
    return 80 if len(told) > 2 else 0


def read(given: Given, log: Log) -> Draft:
    """The draft of an email: of its HTML if it has one, else of its text.

    Raises NewsletterError for one without words, or that is encrypted.
    """
    message = _message(given)
    mail = _Mail(given, log)
    bodies = tuple(mail.bodies(message))
    if len(bodies) > _MOST_PARTS:
        raise _broken(given)
    carrier = mail.inner if mail.inner is not None else message
    blocks: list[Block] = []
    tag = ""
    for body in bodies:
        found, spoken = mail.blocks(body)
        blocks += found
        tag = tag or spoken
    if len(blocks) > html.MOST_BLOCKS:
        raise _too_long(given)
    if not any(block.spans for block in blocks) and not any(block.picture for block in blocks):
        raise _without_words(given, message)
    language = web.spoken(tag, given.language)
    found_in = unwrapped(blocks, language, log)
    title = mail.header(carrier, "Subject")
    if carrier is not message:
        log.leave(mail.header(message, "Subject"), _OUTER)
    if found_in.subject:
        log.leave(title, _OUTER)
        title = found_in.subject
    title = _subject(title, log)
    wrapped = all(block.line for block in found_in.blocks)  # of a text part
    cleaned = clean.cleaned(found_in.blocks, language, log, wrapped)
    draft = shapes.shaped(cleaned, language, log, clean.line(title), given.layout)
    date = draft.date or found_in.date or sent(mail.header(carrier, "Date"))
    return web.told_language(draft._replace(date=date), language, given)


def _message(given: Given) -> "Message[str, str]":
    raw = given.raw.lstrip()
    # Programs of old put a line before each email of a file.
    raw = re.sub(rb"\A>?From [^\n]*\n", b"", raw, count=1)
    try:
        return message_from_bytes(raw, policy=policy.compat32)
    except (RecursionError, ValueError, LookupError):
        raise _broken(given) from None


def _broken(given: Given) -> NewsletterError:
    return cannot(
        given.name,
        "format",
        "this email is broken, so that its parts cannot be told apart",
        "open it in your mail program, copy what you see into a text file and import that",
    )


def _too_long(given: Given) -> NewsletterError:
    return cannot(
        given.name,
        "file-too-large",
        "this email is longer than any newsletter",
        "a newsletter is a few pages of text: is this the right file?",
    )


def _without_words(given: Given, message: "Message[str, str]") -> NewsletterError:
    kind = message.get_content_type()
    sealed = kind == "multipart/encrypted" or (
        "pkcs7-mime" in kind and "signed" not in str(message.get("Content-Type", ""))
    )
    if sealed:
        return cannot(
            given.name,
            "format",
            "this email is encrypted",
            "open it in your mail program, copy what you see into a text file and import that",
        )
    return cannot(given.name, "format", "there are no words in this email", "is it the right one?")


# --- parts ---------------------------------------------------------------------------------------


class _Body(NamedTuple):
    """A part that is read."""

    kind: str  # html, or plain
    part: "Message[str, str]"


class _File(NamedTuple):
    name: str
    content: bytes


class _Mail:
    """The parts of an email, and what of them is used."""

    def __init__(self, given: Given, log: Log) -> None:
        self.given = given
        self.log = log
        self.inner: Message[str, str] | None = None  # the email that was forwarded in this one
        self.files: dict[str, _File] = {}  # pictures by their cid: or https: address

    def header(self, part: "Message[str, str]", name: str) -> str:
        """The words of a header, decoded as well as can be."""
        try:
            given = part.get(name)
            if len(str(given)) > _MOST_HEADER:
                raise _broken(self.given)
            pieces = decode_header(given) if given is not None else []
        except (HeaderParseError, ValueError, LookupError, IndexError):
            return str(part.get(name, ""))
        found = ""
        for words, charset in pieces:
            found += words if isinstance(words, str) else self._text(words, charset or "")
        return " ".join(found.split())

    def bodies(self, part: "Message[str, str]", depth: int = 0) -> Iterator[_Body]:
        """The parts to be read, in their order."""
        kind = part.get_content_type()
        if depth > _DEEPEST:
            raise _broken(self.given)
        if kind == "message/rfc822" and _parts(part):
            yield from self._of_inner(_parts(part)[0], depth)
        elif not part.is_multipart():
            yield from self._leaf(part, kind)
        elif kind == "multipart/alternative":
            yield from self._best(part, depth)
        elif kind == "multipart/related":
            yield from self._with_pictures(part, depth)
        else:
            inner = [one for one in _parts(part) if one.get_content_type() == "message/rfc822"]
            if len(inner) == 1 and kind != "multipart/digest":
                self._leave_around(part, inner[0], depth)
                yield from self.bodies(inner[0], depth + 1)
                return
            for one in _parts(part):
                yield from self.bodies(one, depth + 1)

    def _of_inner(self, inner: "Message[str, str]", depth: int) -> Iterator[_Body]:
        self.inner = inner
        yield from self.bodies(inner, depth + 1)

    def _leave_around(
        self, part: "Message[str, str]", inner: "Message[str, str]", depth: int
    ) -> None:
        for one in _parts(part):
            if one is inner:
                continue
            for body in self.bodies(one, depth + 1):
                for block in self.blocks(body)[0]:
                    for words in told(block):
                        self.log.leave(words, "it stands around a forwarded email")

    def _leaf(self, part: "Message[str, str]", kind: str) -> Iterator[_Body]:
        name = self._file_name(part)
        attached = part.get_content_disposition() == "attachment"
        if not attached and kind in ("text/html", "application/xhtml+xml"):
            yield _Body("html", part)
        elif not attached and kind in ("text/plain", "text/enriched", "text/markdown"):
            yield _Body("plain", part)
        elif not attached and part.get("Content-ID") and kind.startswith("image/"):
            self._keep(part)
        else:
            self.log.leave(name or kind, "an attachment")

    def _best(self, part: "Message[str, str]", depth: int) -> Iterator[_Body]:
        """HTML if it has words, else the text: both say the same."""
        found = [tuple(self.bodies(one, depth + 1)) for one in _parts(part)]
        for kind in ("html", "plain"):
            for bodies in reversed(found):
                if any(body.kind == kind and _payload(body.part).strip() for body in bodies):
                    yield from bodies
                    return

    def _with_pictures(self, part: "Message[str, str]", depth: int) -> Iterator[_Body]:
        first = True
        for one in _parts(part):
            if one.get_content_type().startswith("image/"):
                self._keep(one)
            elif first:
                yield from self.bodies(one, depth + 1)
                first = False
            elif one.is_multipart():
                yield from self.bodies(one, depth + 1)
            elif one.get_content_type() != "text/css" and not one.get("Content-Location"):
                self.log.leave(self._file_name(one) or one.get_content_type(), "an attachment")

    def _keep(self, part: "Message[str, str]") -> None:
        kind = part.get_content_subtype().replace("jpeg", "jpg")
        if kind not in ("png", "jpg", "gif", "webp"):
            return
        number = len(self.files) + 1
        name = re.sub(r"[^\w.-]+", "-", self._file_name(part)).strip("-.")[-60:]
        file = _File(name if "." in name else f"{number}.{kind}", _payload(part))
        if known := self.header(part, "Content-ID").strip("<> "):
            self.files[f"cid:{known}"] = file
        if known := self.header(part, "Content-Location"):
            self.files[known] = file

    def _file_name(self, part: "Message[str, str]") -> str:
        try:
            name = part.get_filename() or ""
        except (ValueError, LookupError, TypeError, AttributeError):
            return ""
        try:
            pieces = decode_header(name)
        except (HeaderParseError, ValueError, LookupError):
            return name
        return "".join(
            words if isinstance(words, str) else self._text(words, charset or "")
            for words, charset in pieces
        )

    # --- blocks ---

    def blocks(self, body: _Body) -> tuple[list[Block], str]:
        """What a part says, and the language that it says to be in."""
        raw = _payload(body.part)
        declared = _charset(body.part)
        if body.kind == "plain":
            if len(raw) > _texts.MOST or raw.count(b"\n") > _MOST_LINES:
                raise _too_long(self.given)
            text = clean.characters(self._text(raw, declared, told=True))
            flowed = _parameter(body.part, "format") == "flowed"
            joined = _parameter(body.part, "delsp") == "yes"
            text = _unquoted(_reflowed(text, joined) if flowed else text)
            return list(plaintext.blocks_of(self._unsigned(text))), ""
        text = self._text(raw, declared or decode.said("", raw), told=True)
        base = self.header(body.part, "Content-Location")
        page = html.read(text, self.log, self.given.address or base, self.given.name)
        return [one for block in page.blocks for one in self._filled(block)], page.language

    def _filled(self, block: Block) -> Iterable[Block]:
        """The block with the bytes of its picture, if the email has them."""
        if not block.picture:
            return [block]
        file = self.files.get(block.picture.src)
        if file:
            return [
                block._replace(picture=block.picture._replace(src=file.name, content=file.content))
            ]
        if block.picture.src.startswith("cid:"):
            for words in told(block):
                self.log.leave(words, "of a picture that is not in the email")
            return []
        return [block]

    def _unsigned(self, text: str) -> str:
        words, sign, signature = text.partition("\n-- \n")
        if sign and len(signature) < 1000:
            self.log.leave(signature, "a signature")
            return words
        return text

    def _text(self, raw: bytes, declared: str, told: bool = False) -> str:
        return decode.text(raw, self.log if told else Log(), declared, self.given.name)


def _parts(part: "Message[str, str]") -> "list[Message[str, str]]":
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _payload(part: "Message[str, str]") -> bytes:
    """The bytes of a part, out of what they were packed in for the journey."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return content if isinstance(content, bytes) else b""


def _charset(part: "Message[str, str]") -> str:
    try:
        return part.get_content_charset() or ""
    except (ValueError, LookupError, TypeError):
        return ""


def _parameter(part: "Message[str, str]", name: str) -> str:
    try:
        value = part.get_param(name)
    except (ValueError, LookupError, TypeError):
        return ""
    return value.lower() if isinstance(value, str) else ""


# --- text parts ----------------------------------------------------------------------------------


def _reflowed(text: str, delete_space: bool) -> str:
    """Lines that end in a space go on in the next (RFC 3676)."""
    parts: list[str] = []
    for line in text.split("\n"):
        # Lines that would look like something else have a space put before them.
        words = line[1:] if line.startswith(" ") else line
        flows = words.endswith(" ") and words != "-- "
        parts.append(words[:-1] if flows and delete_space else words)
        parts.append("" if flows else "\n")
    return "".join(parts).removesuffix("\n")


def _unquoted(text: str) -> str:
    """A text that is quoted as a whole, as one is that was forwarded, without the signs for it."""
    for _ in range(5):
        lines = [line for line in text.split("\n") if line.strip()]
        quoted = sum(line.startswith(">") for line in lines)
        if quoted < 3 or quoted < 0.6 * len(lines):
            break
        text = re.sub(r"^> ?", "", text, flags=re.MULTILINE)
    return text


# --- its title ------------------------------------------------------------------------------------

_PREFIX = re.compile(r"\s*(?:(?:fwd?|re|aw|wg|tr|rv|enc|sv|vs|i|ymlaen)(?:\[\d+\])?\s?:\s*)+", re.I)


def _subject(words: str, log: Log) -> str:
    match = _PREFIX.match(words)
    if not match:
        return words
    log.leave(match[0], "a mail program put it before the subject")
    return words[match.end() :]
