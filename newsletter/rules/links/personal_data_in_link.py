"""The address of a link says who somebody is: an email address, a name, a login.

Such an address was made for one person. Everybody who gets the newsletter would see who it was, the
site takes every reader for that person, and the address is passed on wherever the page links to.

To mend it, leave that part out, and look whether the page still opens.

Source: https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/personal-information-what-is-it/

Bad:

    entries:
      - The council has published
        [a survey of carers](https://council.example/survey?id=7&email=jo.bloggs%40example.org).

Good:

    entries:
      - The council has published [a survey of carers](https://council.example/survey?id=7).
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from newsletter.addresses import host
from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.links._typed import typed
from newsletter.wrappers import wrapper

LEVEL = Level.ERROR

_MAIL = r"[\w.+'-]{1,64}(?:@|%40)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
_NAMES = (
    r"e-?mail|e_mail|email_?address|first_?name|last_?name|sur_?name|full_?name|"
    r"phone|telephone|phone_?number|dob|date_?of_?birth|nhs_?number"
)
_LOGINS = (
    r"php_?sessid|jsessionid|session_?id|session_?key|access_?token|auth_?token|"
    r"id_?token|password|passwd|api_?key"
)
_PART = re.compile(
    rf"(?P<mark>[?&#;](?:amp;)?)(?:(?P<name>{_NAMES})=(?=[\w%+])|(?P<login>{_LOGINS})=(?=[\w%+])"
    rf"|[^?&#=\s]{{1,100}}=(?={_MAIL}(?:[&#]|$))|(?={_MAIL}(?:[&#]|$)))(?P<value>[^&#\s]*)(?P<end>&(?:amp;)?|(?=#|$))",
    re.IGNORECASE,
)
# Names of calendars and lists, which only look like addresses of people.
_NOT_OF_PEOPLE = re.compile(r"(?:@|%40)(?:group\.|import\.)|^calendar\.google\.com$")


def check(proof: Proof) -> Iterator[Finding]:
    for link in proof.links:
        url = link.url
        if not url.lower().startswith("http") or not ("?" in url or "#" in url or ";" in url):
            continue
        match = _PART.search(url)
        if not match or _NOT_OF_PEOPLE.search(match["value"]) or _NOT_OF_PEOPLE.search(host(url)):
            continue
        if wrapper(url):
            continue
        value = unquote(match["value"])
        if match["login"]:
            message = f"the address of this link holds somebody's login ('{match['login']}')"
        else:
            message = f"the address of this link says who somebody is: '{value}'"
        yield Finding(
            message,
            link.place,
            "leave that part out, and look whether the page still opens",
            _PART.sub(_without, typed(proof, link)),
        )


def _without(match: re.Match[str]) -> str:
    return match["mark"] if match["end"] and match["mark"] != "#" else ""
