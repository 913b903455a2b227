"""An issue's links in; the answers of all their addresses out, old ones where they will do."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from newsletter.live.answer import Answer, Answers, Kind
from newsletter.proof import Proof, Reference

Ask = Callable[..., Mapping[str, Answer]]

# A mailing platform's tag inside an address: what stands for it is not known here.
_TAG = re.compile(r"\[\[|\{\{|\*\||%%|%7B%7B|%5B%5B|\*%7C", re.IGNORECASE)


def addresses(proof: Proof) -> list[str]:
    """The addresses of web pages that the issue and the settings link to, each once; for one that
    begins with http:// its https:// twin too."""
    found: dict[str, None] = {}
    for link in proof.all_links:
        if re.match("https?:", link.url, re.IGNORECASE) and not _TAG.search(link.url):
            found[link.url] = None
            twin = encrypted(link.url)
            if twin:
                found[twin] = None
    return list(found)


def encrypted(url: str) -> str:
    """The https:// twin of an http:// address; "" for another."""
    return f"https{url[4:]}" if url.lower().startswith("http:") else ""


def answered(proof: Proof, answers: Answers, *kinds: Kind) -> Iterator[tuple[Reference, Answer]]:
    """Every link with an answer of these kinds, at every place where it stands."""
    for link in proof.all_links:
        answer = answers.get(link.url)
        if answer and answer.kind in kinds:
            yield link, answer


def ask_all(
    wanted: Sequence[str],
    root: Path,
    *,
    now: float,
    fresh: bool = False,
    told: Callable[[], None] | None = None,
    ask: Ask | None = None,
) -> dict[str, Answer]:
    """The answer of each address that is `wanted`, kept in the newsletter's folder `root`.

    `now` is the time of Unix; `fresh` asks anew what has been asked today; `told` is called once
    for each address; `ask` is another way to ask, for tests.
    """
    from newsletter.live.cache import Cache

    cache = Cache(root, now)
    known = {} if fresh else cache.answers
    found = {address: known[address] for address in wanted if address in known}
    for _ in found:
        if told:
            told()
    missing = [address for address in dict.fromkeys(wanted) if address not in found]
    if missing:
        if ask is None:
            from newsletter.live.ask import ask as over_the_network

            ask = over_the_network
        new = ask(missing, told=told)
        found |= new
        cache.add(new)
    return found
