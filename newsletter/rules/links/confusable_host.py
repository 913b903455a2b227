"""A link leads to a site whose name only looks like another's.

A Cyrillic "а" looks like a Latin "a", "rn" like "m" and "0" like "o". Names that mix alphabets, or
that look like a site which readers know, are how people are led to a copy of it.

To mend it, look for the page on the site that was meant, and copy its address from there.

Options:
    known: further sites that are not to be mistaken for others

Source: https://www.unicode.org/reports/tr39/

Bad:

    entries:
      - The charity has published [a report on neglect](https://bаrnardos.org.uk/neglect).

Bad:

    entries:
      - The charity has published [a report on neglect](https://www.bamardos.org.uk/neglect).

Good:

    entries:
      - The charity has published [a report on neglect](https://www.barnardos.org.uk/neglect).
      - The council has published [figures on neglect](https://www.münchen.de/kinder).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote

from newsletter.addresses import site
from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.proof.characters import LATIN_TWINS, alphabet

LEVEL = Level.ERROR

# Letters that look like Latin ones (confusables.txt of UTS 39), of the alphabets that names use:
# besides those that cannot be told from them, some that can, by who looks closely.
_NEARLY = dict(
    zip(
        "їѵѡү" + "ɑɡıɩȷ" + "αιρυϲϳγχ" + "հցքլ",  # Cyrillic, Latin, Greek, Armenian
        "ivwy" + "agiij" + "aipucjyx" + "hgpl",
        strict=True,
    )
)
_LOOKS = str.maketrans({**LATIN_TWINS, **_NEARLY})
_PAIRS = re.compile("rn|vv|[01]")
_PAIR = {"rn": "m", "vv": "w", "0": "o", "1": "l"}
_ALIKE = {"Latin", "Cyrillic", "Greek", "Armenian", "Cherokee", "Coptic"}


@lru_cache(maxsize=4096)
def _skeleton(name: str) -> str:
    """What `name` looks like: equal for two names that are easily mistaken for one another."""
    if not name.isascii():
        apart = unicodedata.normalize("NFKD", name.translate(_LOOKS))
        name = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _PAIRS.sub(lambda match: _PAIR[match[0]], name)


@lru_cache(maxsize=4096)
def _as_seen(name: str) -> str:
    """A host as readers see it, not in Punycode."""
    if "xn--" not in name and "%" not in name:
        return name
    return ".".join(_decoded(label) for label in unquote(name).split("."))


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


@cache
def _looks_of_known() -> dict[str, str]:
    lines = Path(__file__).with_name("known_hosts.txt").read_text("utf-8").splitlines()
    return {_skeleton(name): name for name in lines if name and not name.startswith("#")}


def check(proof: Proof, *, known: tuple[str, ...] = ()) -> Iterator[Finding]:
    names = {link.url: _as_seen(site(link.url)) for link in proof.all_links}
    counts = Counter(name for name in names.values() if name)
    looks = dict(_looks_of_known())
    # Of two that look alike, the one that is linked to less often is not the one that was meant.
    for name, _ in counts.most_common():
        if name.isascii():
            looks.setdefault(_skeleton(name), name)
    standing = (_as_seen(site(link.url)) for link in proof.standing_links)
    looks |= {_skeleton(name): name for name in (*standing, *known) if name.isascii()}
    told = {name: message for name in counts if (message := _wrong(name, looks))}
    for link in proof.all_links if told else ():
        if names[link.url] in told:
            message = told[names[link.url]]
            yield Finding(message, link.place, "look for the page on the site that was meant")


def _wrong(name: str, looks: dict[str, str]) -> str:
    """What is wrong with a host; "" if nothing is."""
    parts = name.split(".")
    for at in range(len(parts) - 1):
        ending = ".".join(parts[at:])
        meant = looks.get(_skeleton(ending))
        if meant == ending:
            return ""
        if meant:
            return f"this link leads to '{name}', which only looks like '{meant}'"
    if not name.isascii():
        for label in parts:
            if len(_alphabets(label)) > 1:
                return f"this link leads to '{name}', whose name mixes alphabets"
            if (
                not label.isascii()
                and _skeleton(label).isascii()
                and "Latin" not in _alphabets(label)
            ):
                return f"this link leads to '{name}', whose letters only look Latin"
    return ""


def _alphabets(label: str) -> set[str]:
    """Those of its letters that can be mistaken for one another's."""
    return _ALIKE.intersection(map(alphabet, label))
