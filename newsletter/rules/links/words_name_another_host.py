"""The words of a link are an address or a number, but not the one that it leads to.

Readers believe the words. Mail programs take such a link for an attempt to mislead and warn of it;
and where the words are a helpline's number, somebody in need calls another.

To mend it, look which of the two is right, and write it in both places.

Source: https://spamassassin.apache.org/old/tests_3_3_x.html

Bad:

    entries:
      - The report is at [www.example.com/neglect](https://example.org/neglect).

Bad:

    entries:
      - Write to [help@example.org](mailto:news@example.org) if you are worried.

Bad:

    entries:
      - Call [0800 1111](tel:08088005000) if you are worried.

Good:

    entries:
      - The report is at [example.org/neglect](https://www.example.org/reports/neglect), or
        write to [help@example.org](mailto:help@example.org).
      - Call [0808 800 5000](tel:+448088005000) if you are worried about a child.
"""

import re
from collections.abc import Iterator

from newsletter.addresses import canonical, site
from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.wrappers import unwrapped

LEVEL = Level.ERROR

_ENDINGS = (
    "uk|org|com|net|info|scot|wales|cymru|london|eu|ie|int|edu|gov|io|fr|de|es|pl|au|nz|ca|us"
)
# With https:// or www. anywhere in the words; a mere name of a host may be a firm's in a headline,
# so it must be all of them.
_ADDRESS = re.compile(
    r"(?:https?://|(?<![\w.@/])www\.)(?P<host>[\w-]+(?:\.[\w-]+)+)"
    rf"|^(?P<name>(?:[\w-]+\.)+(?:{_ENDINGS}))(?:/\S*)?$",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\d[\d\s().-]{4,}\d")

# Pairs of names that are one site.
_TWINS = ({"gov.wales", "llyw.cymru"}, {"parliament.wales", "senedd.cymru"}, {"senedd.wales"})


def check(proof: Proof) -> Iterator[Finding]:
    for link in proof.links:
        if "." not in link.words and not link.words[-1:].isdigit():
            continue
        words = link.words.strip(" .,;:!?()[]‘’“”\"'«»„<>")
        if link.url.lower().startswith(words.lower()):
            continue  # an address that is its own words
        kind = link.url[:4].lower()
        if kind == "mail":
            named, actual = _mail(words, link.url)
        elif kind == "tel:":
            named, actual = _phone(words, link.url)
        else:
            named, actual = _host(words, unwrapped(link.url))
        if named and actual and named != actual:
            yield Finding(
                f"the words say '{named}', but this link leads to '{actual}'",
                link.words_place,
                "look which of the two is right, and write it in both places",
            )


def _host(words: str, url: str) -> tuple[str, str]:
    match = _ADDRESS.search(words)
    actual = site(url)
    if not match:
        return "", ""
    named = (match["host"] or match["name"]).lower().removeprefix("www.")
    # A part of a site, and its other names, are the same for readers.
    one, other = (canonical(f"https://{name}") for name in (named, actual))
    alike = one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
    twins = any({one, other} <= pair for pair in _TWINS)
    return ("", "") if alike or twins else (named, actual)


def _mail(words: str, url: str) -> tuple[str, str]:
    match = _MAIL.search(words)
    return (match[0].lower() if match else "", url[7:].partition("?")[0].lower())


def _phone(words: str, url: str) -> tuple[str, str]:
    match = _PHONE.search(words)
    if not match:
        return "", ""
    same = _digits(match[0]) == _digits(url[4:])
    return ("", "") if same else (match[0], url[4:])


def _digits(number: str) -> str:
    """The number as it is dialled inside its country."""
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    if number.strip().startswith(("+", "00")):
        digits = digits.removeprefix("00")
        return "0" + digits[2:] if len(digits) > 9 else digits
    return digits
