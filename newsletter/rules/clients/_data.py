"""What mail programs support, as caniemail.com has tested it: the door of caniemail.json."""

from functools import cache
from pathlib import Path

import msgspec

from newsletter.problems import did_you_mean


class Feature(msgspec.Struct, frozen=True):
    """One thing that CSS, HTML or a picture can do.

    `support` has the names of mail programs by what the newest tested version makes of it:
    "y" (yes), "n" (no), "a" (in part), "u" (unknown), with the numbers of `notes`: "a #1 #2".
    """

    slug: str
    title: str
    tested: str  # a day
    support: dict[str, str]
    notes: dict[str, str]

    def verdicts(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """By mail program: "y", "n", "a" or "u", and the notes. One never tested is not in it."""
        found = {}
        for code, names in self.support.items():
            letter, *numbers = code.split()
            notes = tuple(self.notes[mark[1:]] for mark in numbers if mark[1:] in self.notes)
            found.update(dict.fromkeys(names.split(), (letter, notes)))
        return found

    @property
    def url(self) -> str:
        """Where it is described, with the tests."""
        return f"https://www.caniemail.com/features/{self.slug}/"


class Data(msgspec.Struct, frozen=True):
    """The whole file. `date` is the day of the data, `version` that of the npm package; `clients`
    are the names of all mail programs: "gmail.ios"."""

    version: str
    date: str
    families: dict[str, str]
    platforms: dict[str, str]
    clients: tuple[str, ...]
    features: tuple[Feature, ...]


@cache
def data() -> Data:
    """The data, read when it is first asked for."""
    return msgspec.json.decode(Path(__file__).with_name("caniemail.json").read_bytes(), type=Data)


@cache
def features() -> dict[str, Feature]:
    """Every feature by its slug."""
    return {one.slug: one for one in data().features}


class Choice(msgspec.Struct, frozen=True):
    """The mail programs that a list of names and patterns chooses, in its order.

    `unknown` are the places of those that choose none, with the name that may have been meant.
    """

    names: tuple[str, ...]
    unknown: tuple[tuple[int, str], ...]


@cache
def chosen(wanted: tuple[str, ...]) -> Choice:
    """What `wanted` chooses: "gmail.ios", "outlook.*", "*.android"."""
    from fnmatch import fnmatchcase

    names: dict[str, None] = {}
    unknown = []
    for index, pattern in enumerate(wanted):
        found = [name for name in data().clients if fnmatchcase(name, pattern.strip().lower())]
        if not found:
            known = [*data().clients, *(f"{family}.*" for family in _families())]
            unknown.append((index, did_you_mean(pattern, known)))
        names.update(dict.fromkeys(found))
    return Choice(tuple(names), tuple(unknown))


def _families() -> list[str]:
    return sorted({name.partition(".")[0] for name in data().clients})


# --- what people call them ------------------------------------------------------------------------

_CALLED = {
    "outlook.windows": "Outlook for Windows",
    "outlook.outlook-com": "the new Outlook",
    "outlook.windows-mail": "Windows Mail",
}
_FAMILY = {"yahoo": "Yahoo Mail", "thunderbird": "Thunderbird"}
_WHERE = {
    "desktop-webmail": "on the web",
    "mobile-webmail": "in a phone's browser",
    "ios": "on iPhone",
    "android": "on Android",
    "macos": "on Mac",
    "windows": "on Windows",
}


def named(names: tuple[str, ...], among: tuple[str, ...]) -> str:
    """How a sentence calls these mail programs; a family of which all those `among` the chosen
    are meant is called by its name alone."""
    told: dict[str, None] = {}
    for name in names:
        family, _, platform = name.partition(".")
        kin = [one for one in among if one.startswith(f"{family}.")]
        short = _FAMILY.get(family, data().families.get(family, family))
        alone = family in ("samsung-email", "thunderbird") and len(kin) == 1
        if alone or (len(kin) > 1 and set(kin) <= set(names)):
            told[short] = None
        else:
            told[_CALLED.get(name) or f"{short} {_WHERE.get(platform, platform)}"] = None
    *first, last = told
    return f"{', '.join(first)} and {last}" if first else last
