"""What a page says of itself: title, publisher, date, description.

    an address
       │ gather.gathered    what stands there, many at once                           (live/)
       │ read               -> Page, by the kind of page that it is                   (kinds/)
       │ forms.entry        -> DraftEntry, as the issue has its entries
       ▼ adding.add         into the issue, or into the inbox

Nothing is guessed: what a page does not say of itself is "".
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import NamedTuple


class Given(NamedTuple):
    """A page as it came. `url` is where redirects led to, `kind` its media type in small letters,
    `charset` what its letters are said to be saved as, "" if nobody says."""

    url: str
    content: bytes
    kind: str = ""
    charset: str = ""


class Page(NamedTuple):
    """What a page says of itself. `about` are facts of a file: "PDF, 24 pages"; `doubt` is why it
    could not be read, or may not be the page that was meant: then nothing else is known."""

    url: str
    title: str = ""
    publisher: str = ""
    date: str = ""  # ISO 8601
    kind: str = ""
    about: str = ""
    description: str = ""
    doubt: str = ""


@cache
def _kinds() -> tuple[ModuleType, ...]:
    from newsletter.pages import kinds

    names = sorted(one.name for one in iter_modules(kinds.__path__) if one.name[0] != "_")
    return tuple(import_module(f"{kinds.__name__}.{name}") for name in names)


def read(given: Given) -> Page:
    """What a page says of itself, whatever it is."""
    page: Page = max(_kinds(), key=lambda kind: int(kind.fits(given))).read(given)
    return page
