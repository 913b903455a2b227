"""A link goes through another newsletter's click counter, or to one reader's copy of it.

Such addresses are copied out of newsletters. They stop working, they are counted as clicks of the
reader who copied them, and some let whoever clicks change or end that reader's subscription.

To mend it, open the link and copy the address of the page that it leads to, without what stands
after a question mark if the page is the same without it.

Source: https://mailchimp.com/help/enable-and-view-click-tracking/

Bad:

    entries:
      - The charity has published
        [a report on neglect](https://charity.us1.list-manage.com/track/click?u=1a2b&id=3c4d&e=5e6f).

Bad:

    entries:
      - The charity has published
        [its newsletter on neglect](https://mailchi.mp/charity/neglect?e=5e6f7a8b9c).

Good:

    entries:
      - The charity has published [its newsletter on neglect](https://mailchi.mp/charity/neglect).
      - Carers can [sign up for news](https://charity.us1.list-manage.com/subscribe?u=1a2b&id=3c4d).
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.links._typed import typed
from newsletter.wrappers import wrapper

LEVEL = Level.ERROR

_COUNTER = re.compile(
    r"https?://(?:"
    # Counters of mailing platforms.
    r"[\w.-]+\.list-manage\d?\.com/(?!subscribe)\w"
    r"|[\w.-]+\.ct\.sendgrid\.net/\w"
    r"|[\w.-]+\.(?:cmail\d+|createsend\d+)\.com/t/"
    r"|[\w.-]+\.(?:ddlnk|dmtrk)\.net/\w"
    r"|[\w.-]+\.sendib[mt]\d\.com/\w"
    r"|click\.(?:mlsend\d?|mailerlite)\.com/\w"
    r"|(?:\w+\.)?(?:hubspotlinks\w*|hs-sales-engage)\.com/\w"
    r"|[\w-]+\.convertkit-mail\d?\.com/c/"
    r"|(?:[\w-]+\.)?(?:lnks\.gd|r20\.rs6\.net)/\w"
    r"|links(?:-\d)?\.govdelivery\.com/\w"
    r"|substack\.com/(?:redirect|app-link)/"
    # Hosts named for what they do, with a path that only a program writes.
    r"|(?:clicks?|links?|e?mail|e|trk|track|tracking|url\d+|go|t)\.[\w-]+\.[\w.-]+/"
    r"(?:(?:ls|wf|track)/click\b|CL0/|c/eJ|r/\?id=h\w|\?qs=[0-9a-f]{24}"
    r"|(?=[^?#\s]*\d)(?=[^?#\s]*[A-Z])(?=[^?#\s]*[a-z])(?:\w{1,3}/)*[\w=%-]{24,}(?:[/?#]|$))"
    r")"
)
_OF_ONE_READER = re.compile(
    r"(?P<page>https?://(?:mailchi\.mp/|(?:[\w-]+\.)?campaign-archive\d?\.com/)\S*?)"
    r"[?&](?:amp;)?e=[\w%*|\[\]]+(?P<more>\S*)"
)


def check(proof: Proof) -> Iterator[Finding]:
    for link in proof.links:
        if _COUNTER.match(link.url) and not wrapper(link.url):
            yield Finding(
                "this link goes through the click counter of another newsletter",
                link.place,
                "open it, and copy the address of the page that it leads to",
            )
        elif match := _OF_ONE_READER.fullmatch(typed(proof, link)):
            page, more = match["page"], match["more"]
            if more and "?" not in page:
                more = f"?{more.removeprefix('&').removeprefix('amp;')}"
            yield Finding(
                "this is one reader's own copy of another newsletter ('e=' says whose)",
                link.place,
                "leave it out: the page is the same",
                page + more,
            )
