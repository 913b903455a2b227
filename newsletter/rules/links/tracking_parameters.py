"""The address of a link has parts in it that only count clicks, for somebody else.

They come with links that are copied from newsletters, social networks and feeds. They make the
address long, tell the publisher where the link was copied, and some of them name the reader who
copied it.

To mend it, leave them out: the page is the same. `newsletter check --fix` does it for you. Campaign
parameters (utm_...) in links to your own site are yours, and are not told. What may choose the page
("ref", "id", "source") is left alone.

Options:
    own: further sites whose utm_ parameters are yours: [example.org]

Source: https://support.google.com/analytics/answer/10917952

Bad:

    entries:
      - The council has published
        [a report on neglect](https://council.example/neglect?id=7&utm_source=news&fbclid=IwAR0).

Good:

    entries:
      - The council has published [a report on neglect](https://council.example/neglect?id=7&ref=2).
      - We have published [a survey of foster carers](https://example.org/carers?utm_source=news).
"""

from collections.abc import Iterator

from newsletter.addresses import counters, host, site, without_tracking
from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.links._typed import typed
from newsletter.wrappers import wrapper

LEVEL = Level.WARNING
SAFE = True


def check(proof: Proof, *, own: tuple[str, ...] = ()) -> Iterator[Finding]:
    for link in proof.all_links:
        if "=" not in link.url or not host(link.url):
            continue
        address = typed(proof, link)
        names = counters(address)
        if not names or wrapper(link.url):
            continue
        if all(name.lower().startswith("utm_") for name in names) and _is_own(proof, link.url, own):
            continue
        shown = ", ".join(f"'{name}'" for name in names[:3]) + (" ..." if len(names) > 3 else "")
        yield Finding(
            f"this address counts clicks for somebody else: {shown}",
            link.place,
            "leave it out: the page is the same",
            without_tracking(address),
        )


def _is_own(proof: Proof, url: str, own: tuple[str, ...]) -> bool:
    """Whether `url` is one of the sender's own site."""
    settings = proof.settings
    mails = (settings.sender_email, settings.contact)
    sites = [str(mail).rpartition("@")[2].lower() for mail in mails if mail]
    sites += [site(settings.privacy)] if settings.privacy else []
    name = site(url)
    return any(name == one or name.endswith(f".{one}") for one in (*sites, *own))
