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

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import NamedTuple

from newsletter.intake.draft import Draft, Log
from newsletter.problems import cannot, did_you_mean
from newsletter.values import Language


class Given(NamedTuple):
    """What is to be imported.

    `name` is a file's name or an address, "-" for standard input; `address` is where it is on the
    web, "" if it is not known; `language` is that of the settings; `layout` the one that an editor
    wants, "" if the form of the document decides.
    """

    name: str
    raw: bytes
    language: Language
    address: str = ""
    layout: str = ""

    @property
    def suffix(self) -> str:
        """How its name ends: ".docx"."""
        return Path(re.sub(r"[?#].*", "", self.name)).suffix.lower()

    @property
    def begin(self) -> str:
        """Its first 4,000 characters, as well as they can be read without looking further."""
        return self.raw[:4000].decode("utf-8", "replace").removeprefix("\ufeff")


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
    if not best or sure[best] < 2:
        raise cannot(
            given.name,
            "format",
            "this is empty" if not given.raw.strip() else "this is no format that is known here",
            "save it as a Word document (.docx), a web page, plain text or Markdown",
        )
    return best


def read(given: Given, name: str, log: Log) -> Draft:
    """The draft that importer `name` makes of it. Raises NewsletterError."""
    known = importers()
    if name not in known:
        near = did_you_mean(name, list(known))
        raise cannot(
            given.name,
            "format",
            f"there is no format '{name}'" + (f" (did you mean '{near}'?)" if near else ""),
            f"formats are: {', '.join(known)}",
        )
    draft: Draft = known[name].read(given, log)
    return draft
