"""What editors already have, one format a file; nothing else names an importer.

A module of this folder has

- a docstring, whose first line says what it reads: "A list of bookmarks, as browsers export it."
- `SUFFIXES`: how the names of such files end, as a hint: (".html", ".htm")
- `detect(given) -> int`: how sure it is that this is its format, from 0 (it is not) to 100 (it says
  so itself). It must be quick, and may not fail, whatever it is given
- `read(given, log) -> Draft`: the draft. What it leaves out goes into the log, word for word.
  It may raise NewsletterError when there is nothing to go on with. A format that has no issue in
  it but a list of publishers has `feeds(given, log) -> tuple[Feed, ...]` in its place

Modules that begin with "_" are shared by several.
"""

import codecs
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import NamedTuple

from newsletter.intake.draft import Draft, Log
from newsletter.model import Feed
from newsletter.problems import NewsletterError, cannot, did_you_mean
from newsletter.values import Language


class Given(NamedTuple):
    """What is to be imported.

    `name` is a file's name or an address, "-" for standard input; `address` is where it is on the
    web, "" if it is not known; `language` is that of the settings; `layout` the one that an editor
    wants, "" if the form of the document decides; `charset` is what a server says that it is saved
    in, "" if it does not.
    """

    name: str
    raw: bytes
    language: Language
    address: str = ""
    layout: str = ""
    charset: str = ""

    @property
    def suffix(self) -> str:
        """How its name ends: ".docx"."""
        return Path(re.sub(r"[?#].*", "", self.name)).suffix.lower()

    @property
    def begin(self) -> str:
        """Its first 4,000 characters, as well as they can be read without looking further."""
        wide = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
        form = wide.get(self.raw[:2], "utf-8-sig")
        return self.raw[:4000].decode(form, "replace")

    @property
    def is_text(self) -> bool:
        """Whether it may be text: it has no U+0000 in it."""
        return "\0" not in self.begin

    def too_long(self) -> NewsletterError:
        """The error for a text that can be no newsletter."""
        return cannot(
            self.name,
            "file-too-large",
            "this text is longer than any newsletter",
            "is this the right file? If it is, import a part of it",
        )


@cache
def importers() -> dict[str, ModuleType]:
    """Every importer, by the name that `--as` takes."""
    names = sorted(one.name for one in iter_modules(__path__) if not one.name.startswith("_"))
    return {name.replace("_", "-"): import_module(f"{__name__}.{name}") for name in names}


def about(importer: ModuleType) -> str:
    """What an importer reads, in a line."""
    return (importer.__doc__ or "").strip().split("\n")[0]


def recognised(given: Given) -> str:
    """The name of the importer that knows this best. Raises NewsletterError if none does."""
    sure = {
        name: importer.detect(given) + (given.suffix in importer.SUFFIXES)
        for name, importer in importers().items()
        if given.raw.strip()
    }
    best = max(sure, key=lambda name: sure[name], default="")
    if not best or sure[best] < 2 or given.raw.startswith(_PDF):
        raise _unknown(given)
    return best


_PDF = b"%PDF-"


def _unknown(given: Given) -> NewsletterError:
    what, hint = "this is no format that is known here", "save it as a Word document (.docx), a "
    hint += "web page, plain text or Markdown"
    if not given.raw.strip():
        what = "this is empty"
    elif given.raw.startswith(_PDF):
        what = "this is a PDF file, in which words have places but no order"
        hint = "ask for the Word document, or copy its text into a file called NAME.txt"
    return cannot(given.name, "format", what, hint)


def is_list_of_feeds(name: str) -> bool:
    """Whether what importer `name` reads is no issue, but a list of publishers."""
    return hasattr(importers().get(name), "feeds")


def read(given: Given, name: str, log: Log) -> Draft:
    """The draft that importer `name` makes of it. Raises NewsletterError."""
    draft: Draft = _known(given, name).read(given, log)
    return draft


def feeds(given: Given, name: str, log: Log) -> tuple[Feed, ...]:
    """The feeds that are in it. Raises NewsletterError."""
    found: tuple[Feed, ...] = _known(given, name).feeds(given, log)
    return found


def _known(given: Given, name: str) -> ModuleType:
    known = importers()
    if name not in known:
        near = did_you_mean(name, list(known))
        raise cannot(
            given.name,
            "format",
            f"there is no format '{name}'" + (f" (did you mean '{near}'?)" if near else ""),
            f"formats are: {', '.join(known)}",
        )
    return known[name]
