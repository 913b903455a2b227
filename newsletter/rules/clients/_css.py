"""CSS in, the features that it uses out; each style is taken apart once."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newsletter.problems import shortened
from newsletter.proof.page import declarations
from newsletter.rules.clients._features import index


class Said(NamedTuple):
    """A feature that a declaration uses. `shown` is how a message quotes it."""

    slug: str
    shown: str
    value: str


_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]*)['\"]?\s*\)", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_FUNCTION = re.compile(r"([a-z][a-z-]*)\(")
_UNIT = re.compile(r"(?<![\w#-])-?(?:\d+\.?\d*|\.\d+)([a-z]+|%)")
_WORD = re.compile(r"(?<![\w-])!?\s*[a-z][a-z-]*")


@lru_cache(maxsize=2048)
def of_style(style: str) -> tuple[Said, ...]:
    """What a `style` attribute uses, or the declarations of a rule.

    A value for which the same property has another one before is left out: a program that does not
    know it takes that. So is what begins with a sign of one program: -webkit-, mso-.
    """
    known = index()
    found: list[Said] = []
    before: dict[str, set[str]] = {}
    for name, value in declarations(style):
        if name.startswith(("-", "mso-")):
            continue
        slugs = set(_of_value(name, value))
        earlier = before.get(name)
        shown = f"{name}: {shortened(value)}"
        slug = known.property_of(name)
        if slug:
            found.append(Said(slug, shown, value))
        found += [
            Said(slug, shown, value) for slug in sorted(slugs) if earlier is None or slug in earlier
        ]
        before[name] = slugs
    return tuple(found)


def _of_value(name: str, value: str) -> Iterator[str]:
    known = index()
    value = value.lower()
    for address in _ADDRESS.findall(value):
        yield from of_address(address)
    plain = _QUOTED.sub("", _ADDRESS.sub("", value))
    pair = known.pair.get(f"{name}:{plain.partition('!')[0].strip()}")
    if pair:
        yield pair
    for table, names in (
        (known.function, _FUNCTION.findall(plain)),
        (known.unit, _UNIT.findall(plain)),
        (known.word, (word.replace(" ", "") for word in _WORD.findall(plain))),
    ):
        yield from (table[one] for one in names if one in table)


def of_address(address: str) -> Iterator[str]:
    """The formats of a picture, by its address."""
    known = index().format
    if address[:5].lower() == "data:":
        kind = re.match(r"data:image/([\w.+-]+)", address, re.IGNORECASE)
        yield known["data:"]
    else:
        kind = re.search(r"\.(\w+)$", re.split("[?#]", address, maxsplit=1)[0])
    if kind and kind[1].lower() in known:
        yield known[kind[1].lower()]


# --- <style> --------------------------------------------------------------------------------------


class Ruled(NamedTuple):
    """A feature that a <style> block uses. `where` is the selector, or the at-rule.

    `extra` says that it stands in an @media or @supports block: something added for the programs
    that know that, without which the email stands as well. `names` are the classes and ids that
    an element must have for it.
    """

    said: Said
    where: str
    body: str
    extra: bool
    names: frozenset[str]


@lru_cache(maxsize=64)
def of_sheet(css: str) -> tuple[Ruled, ...]:
    """What the CSS of a <style> block uses."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found = list(_of_blocks(bare, False))
    if len(bare) != len(css):
        comment = Said(index().syntax["css-comment"], "/* */", "")
        found.append(Ruled(comment, "", "", False, frozenset()))
    return tuple(found)


def _of_blocks(css: str, extra: bool) -> Iterator[Ruled]:
    for prelude, body in _blocks(css):
        if prelude.startswith("@"):
            yield from _of_at_rule(prelude, body, extra)
            continue
        names = frozenset(re.findall(r"[.#]([\w-]+)", _outside(prelude)))
        slugs = dict.fromkeys(_of_selectors(prelude))
        if "{" in body or "&" in prelude:
            slugs[index().syntax["nesting"]] = None
        for slug in slugs:
            yield Ruled(Said(slug, prelude, body), prelude, body, extra, names)
        for said in of_style(body):
            yield Ruled(said, prelude, body, extra, names)


def _of_at_rule(prelude: str, body: str, extra: bool) -> Iterator[Ruled]:
    known = index()
    name = re.split(r"[^\w-]", prelude[1:], maxsplit=1)[0].lower()
    slugs = [known.at.get(name.removeprefix("-webkit-"), "")]
    if name == "media":
        asked = re.findall(r"\(\s*([a-z-]+)", prelude.lower())
        slugs += [known.media[one] for one in asked if one in known.media]
    for slug in filter(None, slugs):
        yield Ruled(Said(slug, prelude, body or prelude), "", body, extra, frozenset())
    if name in ("media", "supports", "layer", "container"):
        yield from _of_blocks(body, True)


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Each rule: what stands before its braces, and what in them."""
    at = 0
    while match := re.compile(r"[{;]").search(css, at):
        prelude = " ".join(css[at : match.start()].split())
        at = end = match.end()
        if match[0] == ";":
            if prelude:
                yield prelude, ""
            continue
        depth = 1
        for brace in re.compile("[{}]").finditer(css, at):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                end = brace.start()
                break
        else:
            end = len(css)
        yield prelude, css[at:end]
        at = end + 1


_COMPOUND = re.compile(r"\s*([>+~])\s*|\s+")


def _outside(selector: str) -> str:
    """`selector` without what stands in [] and ()."""
    return re.sub(r"\[[^\]]*\]|\([^)]*\)", "", selector)


def _of_selectors(selectors: str) -> Iterator[str]:
    known = index()
    bare = _outside(selectors)
    names = ["attribute"] if "[" in selectors else []
    names += ["grouping"] if "," in bare else []
    for selector in bare.split(","):
        for combinator in (match[1] for match in _COMPOUND.finditer(selector.strip())):
            names.append(_COMBINATORS[combinator])
        for part in _COMPOUND.split(selector.strip()):
            if not part or part in _COMBINATORS:
                continue
            simple = part.partition(":")[0]
            names += ["class"] if "." in simple else []
            names += ["chaining"] if simple.count(".") > 1 else []
            names += ["id"] if "#" in simple else []
            names += ["universal"] if simple == "*" else []
            names += ["type"] if simple[:1].isalpha() else []
            for colons, name in re.findall(r"(::?)([a-z-]+)", part):
                legacy = name in ("before", "after", "first-line", "first-letter")
                slug = known.pseudo.get(("::" if legacy else colons) + name)
                if slug:
                    yield slug
    yield from (known.selector[name] for name in names)


_COMBINATORS = {None: "descendant", ">": "child", "+": "adjacent-sibling", "~": "general-sibling"}
