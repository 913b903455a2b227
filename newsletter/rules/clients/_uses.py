"""A finished email in, the features that it uses out: and where it does."""

import re
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from newsletter.proof.page import Page
from newsletter.rules.clients._css import Said, of_address, of_sheet, of_style
from newsletter.rules.clients._features import index


class Use(NamedTuple):
    """One place of an email that uses a feature. `element` is None for a rule of a <style>."""

    said: Said
    element: Any
    where: str  # the element, or the selector of the rule
    style: str
    extra: bool = False  # in an @media block


def uses(page: Page, wanted: Collection[str]) -> dict[str, list[Use]]:
    """The uses of each of the features `wanted`, by its slug."""
    found: dict[str, list[Use]] = {}

    def add(use: Use) -> None:
        if use.said.slug in wanted:
            found.setdefault(use.said.slug, []).append(use)

    known = index()
    elements = {tag: slug for tag, slug in known.element.items() if slug in wanted}
    attributes = {name: slug for name, slug in known.attribute.items() if slug in wanted}
    styles: dict[str, tuple[Said, ...]] = {}
    for element in page.elements:
        tag = element.tag
        style = ""
        for name, value in element.items():
            if name == "style":
                style = value
            elif name in attributes:
                said = Said(attributes[name], f'{name}="{value[:40]}"', value)
                add(Use(said, element, f"<{tag}>", element.get("style", "")))
        if style:
            if style not in styles:
                styles[style] = tuple(one for one in of_style(style) if one.slug in wanted)
            for said in styles[style]:
                add(Use(said, element, f"<{tag}>", style))
        if tag in elements:
            value = " ".join(f'{name}="{value}"' for name, value in element.items())
            add(Use(Said(elements[tag], f"<{tag}>", value), element, "", style))
        if tag in _SPECIAL:
            for said in _SPECIAL[tag](element):
                add(Use(said, element, f"<{tag}>" if tag == "img" else "", style))
    _add_sheets(page, add)
    return found


def _add_sheets(page: Page, add: Callable[[Use], None]) -> None:
    present: set[str] | None = None
    for element in page.named("style"):
        for rule in of_sheet(element.text or ""):
            if rule.names:
                if present is None:
                    present = _names(page)
                if not rule.names <= present:
                    continue
            where = "" if rule.where == rule.said.shown else rule.where
            add(Use(rule.said, None, where, rule.body, rule.extra))
    known = index().syntax
    if "<!--" in page.html:
        add(Use(Said(known["html-comment"], "<!-- -->", ""), None, "", ""))
    if re.match(r"\s*<!doctype html\s*>", page.html, re.IGNORECASE):
        add(Use(Said(known["doctype"], "<!doctype html>", ""), None, "", ""))


def _names(page: Page) -> set[str]:
    """Every class and id."""
    found: set[str] = set()
    for element in page.elements:
        found.update(element.get("class", "").split())
        found.add(element.get("id", ""))
    return found


def _of_link(element: Any) -> list[Said]:
    href = element.get("href", "").strip()
    return [
        Said(slug, f'href="{href[:40]}"', href)
        for start, slug in index().link.items()
        if href[: len(start)].lower() == start and len(href) > len(start)
    ]


def _of_picture(element: Any) -> list[Said]:
    sets = [part.split() for part in element.get("srcset", "").split(",")]
    addresses = [element.get("src", ""), *(part[0] for part in sets if part)]
    return [
        Said(slug, _file(address), address)
        for address in addresses
        for slug in dict.fromkeys(of_address(address))
    ]


def _file(address: str) -> str:
    if address[:5].lower() == "data:":
        return address.partition(",")[0][:40]
    return re.split("[?#]", address, maxsplit=1)[0].rpartition("/")[2][:60]


def _of_type(element: Any) -> list[Said]:
    kind = element.get("type", "text" if element.tag == "input" else "submit").lower()
    slug = index().typed.get(f"{element.tag}:{kind}")
    return [Said(slug, f'<{element.tag} type="{kind}">', "")] if slug else []


def _of_meta(element: Any) -> list[Said]:
    slug = index().meta.get(element.get("name", "").lower())
    return [Said(slug, f'<meta name="{element.get("name")}">', "")] if slug else []


_SPECIAL: dict[str, Callable[[Any], list[Said]]] = {
    "a": _of_link,
    "area": _of_link,
    "img": _of_picture,
    "source": _of_picture,
    "input": _of_type,
    "button": _of_type,
    "meta": _of_meta,
}
