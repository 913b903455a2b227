"""A Word document's ZIP file, unpacked within limits: whatever it says of its sizes."""

import re
import zlib
from io import BytesIO
from struct import error as StructError
from zipfile import BadZipFile, ZipFile, ZipInfo

from newsletter.importers import Given
from newsletter.intake.draft import Log
from newsletter.problems import NewsletterError, cannot

MOST_PARTS = 5_000
MOST_XML = 30_000_000
"""Bytes of all XML parts that are read: two hundred pages have 5 MB."""

MOST_PICTURE = 10_000_000
MOST_PICTURES = 50_000_000
"""Bytes of one picture, and of all of them."""

_SAVE_AS = "open it in Word or LibreOffice, and save it as a Word document (.docx)"
_AGAIN = "open it in Word, save it under another name, and import that"

# What a file is that is no .docx, by what stands in it. A protected .docx is in the form of .doc.
_OTHERS = (
    (rb"\{\\rtf", b"", "this is an RTF file", _SAVE_AS),
    (
        rb"\xd0\xcf\x11\xe0",
        "EncryptedPackage".encode("utf-16-le"),
        "this document is protected by a password",
        "open it in Word, take the password off (File, Info, Protect Document), and save it",
    ),
    (rb"\xd0\xcf\x11\xe0", b"", "this is a document of an old Word (.doc)", _SAVE_AS),
    (rb"PK", b"application/vnd.oasis.opendocument", "this is an OpenDocument file", _SAVE_AS),
    (
        rb"PK",
        b"Index/Document.iwa",
        "this is a document of Apple's Pages",
        "open it in Pages and export it as Word",
    ),
    (rb"PK", b"xl/workbook.xml", "this is an Excel workbook, no Word document", _SAVE_AS),
    (rb"PK", b"ppt/presentation.xml", "these are PowerPoint slides, no Word document", _SAVE_AS),
)
_NAMES = (b"word/document", b"[Content_Types].xml")


def looks_like(raw: bytes) -> int:
    """How sure it is that these bytes are a Word document, or one of its kin, from 0 to 100."""
    if raw.startswith(b"PK"):
        return 95 if b"word/document" in raw else 50
    return 60 if _other(raw) else 0


def _other(raw: bytes) -> tuple[str, str] | None:
    """What these bytes are besides a Word document, and what to do; None if that is not known."""
    for begins, holds, message, hint in _OTHERS:
        if re.match(begins, raw) and holds in raw:
            return message, hint
    return None


class Package:
    """The parts of a document by name. `pictures` counts the bytes of those that were read."""

    def __init__(self, given: Given, log: Log) -> None:
        """Raises NewsletterError for what is no document, or is protected, cut off or a bomb."""
        self.name = given.name
        self.log = log
        self.read = 0
        self.pictures = 0
        is_word = given.raw.startswith(b"PK") and all(name in given.raw for name in _NAMES)
        if not is_word and (other := _other(given.raw)):
            raise cannot(given.name, "format", *other)
        # ZipFile reads the whole list of parts at once, however long it is.
        if given.raw.count(b"PK\x01\x02") > MOST_PARTS:
            raise cannot(
                given.name, "file-too-large", f"this has more than {MOST_PARTS:,} parts", _AGAIN
            )
        try:
            self.zip = ZipFile(BytesIO(given.raw))
            self.parts = {info.filename: info for info in self.zip.infolist()}
        except _BROKEN:
            raise self.broken() from None
        if any(info.flag_bits & 1 for info in self.parts.values()):
            raise cannot(given.name, "format", "this file is protected by a password", _AGAIN)
        declared = sum(info.file_size for name, info in self.parts.items() if _is_xml(name))
        if declared > MOST_XML:
            raise self.too_large()

    def broken(self) -> NewsletterError:
        """The error for a file that cannot be unpacked or read."""
        if self.name.lower().endswith((".docx", ".docm")):
            message = "this document is damaged, or only a part of it is here"
        else:
            message = "this is no Word document, or only a part of one"
        return cannot(
            self.name, "format", message, "open it in Word: if that mends it, save it and try again"
        )

    def too_large(self) -> NewsletterError:
        """The error for a document with more than a newsletter can hold."""
        return cannot(
            self.name,
            "file-too-large",
            "this document is larger than any newsletter",
            "import the part of it that you need, as a document of its own",
        )

    def xml(self, name: str) -> bytes:
        """A part, b"" if there is none. Raises NewsletterError."""
        info = self.parts.get(name)
        if info is None:
            return b""
        content = self._content(info, MOST_XML - self.read)
        if content is None:
            raise self.too_large()
        self.read += len(content)
        return content

    def picture(self, name: str) -> bytes:
        """The bytes of a picture; b"" if it is missing, damaged or too large, which is told."""
        info = self.parts.get(name)
        short = name.rpartition("/")[2]
        if info is None:
            self.log.notice(f"the picture '{short}' is missing in the document")
            return b""
        try:
            content = self._content(info, min(MOST_PICTURE, MOST_PICTURES - self.pictures))
        except NewsletterError:
            self.log.notice(f"the picture '{short}' is damaged")
            return b""
        if content is None:
            self.log.notice(f"the picture '{short}' is too large to be taken")
            return b""
        self.pictures += len(content)
        return content

    def _content(self, info: ZipInfo, most: int) -> bytes | None:
        """What a part unpacks to; None if that is more than `most`, whatever its size is said to
        be."""
        if info.file_size > most:
            return None
        try:
            with self.zip.open(info) as part:
                content = part.read(most + 1)
        except _BROKEN:
            raise self.broken() from None
        return content if len(content) <= most else None


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


_BROKEN = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    StructError,
    UnicodeError,
    ValueError,
    zlib.error,
)
