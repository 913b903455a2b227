"""An email and the mail programs of its readers in, what they do not see out."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsletter.proof.page import Page
from newsletter.rules.clients._data import Feature, features
from newsletter.rules.clients._effects import EFFECTS, Effect
from newsletter.rules.clients._spared import SPARED
from newsletter.rules.clients._uses import Use, uses

NEW = Effect("it is not shown as it is written", harmless=True)
"""What is said of a feature that has come with newer data."""


class Loss(NamedTuple):
    """A feature that some mail programs do not support, and what a reader sees there."""

    feature: Feature
    clients: tuple[str, ...]
    uses: tuple[Use, ...]
    sees: str
    instead: str = ""
    partly: bool = False  # support in part, told because everything is asked for


def losses(
    page: Page, clients: tuple[str, ...], cosmetic: bool = False, partial: bool = False
) -> Iterator[Loss]:
    """What is lost in each of `clients`; one loss a feature.

    `cosmetic` tells also what only makes an email plainer, `partial` what is supported in part.
    """
    wanted = {
        slug for slug in features() if cosmetic or partial or not EFFECTS.get(slug, NEW).harmless
    }
    found = uses(page, wanted)
    outlook = _outlook(page, found)
    for slug in sorted(found):
        by_client = dict.fromkeys(clients, found[slug])
        if "outlook.windows" in by_client:
            by_client["outlook.windows"] = outlook.get(slug, [])
        yield from _of_feature(features()[slug], by_client, page, cosmetic, partial)


def _of_feature(
    feature: Feature, by_client: dict[str, list[Use]], page: Page, cosmetic: bool, partial: bool
) -> Iterator[Loss]:
    effect = EFFECTS.get(feature.slug, NEW)
    verdicts = feature.verdicts()
    lost: dict[str, list[Use]] = {}
    plainer: dict[str, list[Use]] = {}
    partly: dict[str, list[Use]] = {}
    noted: dict[str, None] = {}
    known: dict[tuple[str, tuple[str, ...], int], list[Use]] = {}
    for client, all_uses in by_client.items():
        letter, notes = verdicts.get(client, ("u", ()))
        if letter not in "na" or not all_uses:
            continue
        judged = letter, notes, len(all_uses)  # most programs say the same of the same uses
        if judged not in known:
            known[judged] = _hurt(all_uses, effect, letter, notes, page)
        hurt = known[judged]
        if hurt:
            lost[client] = hurt
        elif letter == "n":
            plainer[client] = all_uses
        else:
            partly[client] = all_uses
            noted.update(dict.fromkeys(notes))
    if lost:
        yield Loss(feature, tuple(lost), _together(lost), effect.sees, effect.instead)
    elif plainer and cosmetic:
        sees = effect.sees if effect.harmless else "here nothing that matters is lost"
        yield Loss(feature, tuple(plainer), _together(plainer), sees)
    if partly and partial:
        sees = " ".join(noted) or "not all of it is supported"
        yield Loss(feature, tuple(partly), _together(partly), sees, partly=True)


def _together(by_client: dict[str, list[Use]]) -> tuple[Use, ...]:
    """The uses that are told: those of the program that loses most."""
    most: list[Use] = max(by_client.values(), key=len)
    return tuple(most)


def _hurt(
    found: Sequence[Use], effect: Effect, letter: str, notes: Sequence[str], page: Page
) -> list[Use]:
    """The uses with which a reader loses more than looks, in a program that supports it so."""
    if effect.harmless:
        return []
    values = {use.said.value for use in found}
    bad = {value for value in values if _is_bad(value.lower(), effect, letter, notes)}
    return [
        use
        for use in found
        if use.said.value in bad
        and not use.extra
        and not (effect.spared and SPARED[effect.spared](use, page))
    ]


def _is_bad(value: str, effect: Effect, letter: str, notes: Sequence[str]) -> bool:
    if not re.search(effect.when, value):
        return False
    return letter == "n" or any(
        words in note and re.search(pattern, value)
        for words, pattern in effect.partly
        for note in notes
    )


# --- Outlook for Windows --------------------------------------------------------------------------

_NOT_FOR_OUTLOOK = re.compile(
    r"<!--\[if !mso[^\]]*\]>\s*(?:<!--+>|<!--\s*-->|-->).*?<!--\s*<!\[endif\]\s*--+>", re.DOTALL
)


def _outlook(page: Page, found: dict[str, list[Use]]) -> dict[str, list[Use]]:
    """What Outlook for Windows is given: without what conditions hide from it, and without the
    grounds that are drawn for it in its own language."""
    if not found:
        return found
    if "[if !mso" in page.html:
        start = page.html.find("<body")
        body = page.html[start:]
        shown = _NOT_FOR_OUTLOOK.sub("", body)
        if shown != body:
            found = uses(Page(page.html[:start] + shown), set(found))
    if "<v:fill" in page.html:
        return {slug: some for slug, some in found.items() if not _GROUND.search(slug)}
    return found


_GROUND = re.compile("background|gradient")
