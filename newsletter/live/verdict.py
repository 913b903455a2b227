"""The last reply in, what an editor should know of the address out."""

import re
from urllib.parse import urlsplit

from newsletter.addresses import is_home
from newsletter.live.answer import Answer, Kind
from newsletter.live.pages import says_gone, wants_no_programs
from newsletter.live.reply import Reply
from newsletter.problems import shortened

_LOOKED_AT = 256 * 1024  # characters

_LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|sign_in|sso|saml2?|oauth2?|authorize|auth|adfs|authwall|wp-login\.php"
    r"|(?:log|sign)-?in\.(?:aspx?|php|html?|jsp|do))(?:/|$)",
    re.IGNORECASE,
)
_LOGIN_HOST = re.compile(r"(?:login|signin|sso|auth|accounts|idp|adfs)\.", re.IGNORECASE)
_FOR_MEMBERS = re.compile(
    r"(?:^|\.)(?:facebook|instagram|linkedin|twitter|x|tiktok|threads)\.(?:com|net)$"
)
"""They send every program to their login page, and show readers some of their pages."""

_LOST = re.compile(
    r"(?:^|/)(?:page-?)?not-?found(?:[./]|$)|/(?:error-?)?404(?:[./-]|$)", re.IGNORECASE
)

_NOT_PROGRAMS = {202, 401, 402, 403, 405, 406, 407, 409, 415, 418, 420, 423, 430, 451, 501, 999}


def verdict(asked: str, reply: Reply, final: str, permanent: bool) -> Answer:
    """What `reply`, which stands at the end of the redirects, means for the link `asked`."""

    def answer(kind: Kind, words: str = "") -> Answer:
        return Answer(kind, words, reply.status, final, permanent)

    status = reply.status
    host = urlsplit(reply.url).hostname or ""
    shield = blocker(reply)
    if status in (404, 410):
        gone = "there is no such page any more" if status == 410 else "there is no such page"
        return answer(Kind.GONE, f"the server says that {gone} ({status})")
    if status == 429:
        return answer(Kind.BUSY, f"'{host}' has been asked too often (429)")
    if status in (401, 407):
        return answer(Kind.BLOCKED, f"'{host}' asks programs for a password ({status})")
    if status in _NOT_PROGRAMS and (status != 202 or shield):
        by = f" ({shield})" if shield else ""
        return answer(Kind.BLOCKED, f"'{host}' keeps programs out{by or f' ({status})'}")
    if status >= 400 and shield and status in (400, 503):
        return answer(Kind.BLOCKED, f"'{host}' keeps programs out ({shield})")
    if status >= 500:
        return answer(Kind.FAILING, f"the server of '{host}' has failed ({status})")
    if status >= 400 or 300 <= status < 400:
        return answer(Kind.BLOCKED, f"'{host}' did not show the page to a program ({status})")
    page = reply.text(_LOOKED_AT)
    if wants_no_programs(page):
        return answer(Kind.BLOCKED, f"'{host}' keeps programs out")
    if final and _is_login(final) and not _is_login(asked):
        if _FOR_MEMBERS.search(host):
            return answer(
                Kind.BLOCKED, f"'{host}' shows its pages to members only, or to no program"
            )
        return answer(Kind.LOGIN, f"it leads to a login page of '{host}'")
    gone = says_gone(page)
    if gone:
        return answer(Kind.SOFT_404, f"the page calls itself '{shortened(gone, 60)}'")
    if final and _LOST.search(urlsplit(final).path) and not _LOST.search(urlsplit(asked).path):
        return answer(Kind.SOFT_404, "it leads to a page for what is not found")
    if final and _sent_home(asked, final):
        return answer(Kind.SOFT_404, f"it leads to the home page of '{host}'")
    return answer(Kind.MOVED if final else Kind.OK)


_SHIELDS = (
    ("cf-mitigated", "", "Cloudflare"),
    ("server", "cloudflare", "Cloudflare"),
    ("server", "akamaighost", "Akamai"),
    ("x-datadome", "", "DataDome"),
    ("set-cookie", "datadome=", "DataDome"),
    ("x-iinfo", "", "Imperva"),
    ("set-cookie", "visid_incap", "Imperva"),
    ("x-cdn", "imperva", "Imperva"),
    ("x-sucuri-id", "", "Sucuri"),
    ("x-amzn-waf-action", "", "AWS"),
    ("set-cookie", "_px", "HUMAN"),
    ("x-kpsdk-ct", "", "Kasada"),
    ("server", "ddos-guard", "DDoS-Guard"),
    ("x-vercel-mitigated", "", "Vercel"),
)


def blocker(reply: Reply) -> str:
    """The service that stands between a website and its visitors and may keep programs out; ""."""
    for header, sign, name in _SHIELDS:
        value = reply.headers.get(header)
        if value is not None and sign in value.lower():
            return name
    return ""


def _is_login(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_LOGIN_PATH.search(parts.path) or _LOGIN_HOST.match(parts.hostname or ""))


def _sent_home(asked: str, final: str) -> bool:
    """Whether a page has been replaced by a home page. One part of a path may be a short name that
    a website gave its home page, or another's."""
    before, after = urlsplit(asked), urlsplit(final)
    if after.fragment and after.fragment != before.fragment:
        return False  # some websites name their pages so
    if not is_home(final) or is_home(asked):
        return False
    parts = [part for part in before.path.split("/") if part]
    return len(parts) > 1 or len(parts[0]) > 20
