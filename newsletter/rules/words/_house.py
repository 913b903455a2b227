"""The settings in; the words that the house avoids and the names that it spells out."""

from functools import cache
from pathlib import Path

from newsletter.loader import read_as
from newsletter.model import HouseStyle, Term
from newsletter.problems import NewsletterError
from newsletter.proof.wording import plain
from newsletter.values import Language


def terms(style: HouseStyle, language: Language) -> dict[str, Term]:
    """The words to avoid, by their plain form; the shipped ones are English."""
    shipped = standard_terms() if style.standard and language.primary == "en" else {}
    own = {plain(term.avoid): term for term in style.terms}
    allowed = {plain(words) for words in style.allow}
    return {key: term for key, term in {**shipped, **own}.items() if key not in allowed}


def names(style: HouseStyle, language: Language) -> dict[str, str]:
    """The names of organisations, by their plain form; the shipped ones are British."""
    shipped = _standard_names() if style.standard and language.primary in ("en", "cy") else {}
    return {**shipped, **{plain(name): str(name) for name in style.names}}


@cache
def standard_terms() -> dict[str, Term]:
    """The words to avoid that come with the program."""
    return {plain(term.avoid): term for term in _read("terms.yaml").terms}


def is_standard(name: str) -> bool:
    """Whether a name of an organisation comes with the program."""
    return _standard_names().get(plain(name)) == name


@cache
def _standard_names() -> dict[str, str]:
    return {plain(name): str(name) for name in _read("organisations.yaml").names}


def _read(name: str) -> HouseStyle:
    style, problems = read_as(Path(__file__).with_name(name), HouseStyle)
    if style is None:
        raise NewsletterError(*problems)
    return style
