"""What is named on the command line in: a file, an address, standard input; its bytes out."""

import sys
from contextlib import suppress
from pathlib import Path

from newsletter.importers import Given
from newsletter.intake import decode
from newsletter.live import fetch
from newsletter.live.fetch import Network
from newsletter.live.reply import NoReply
from newsletter.problems import cannot, did_you_mean
from newsletter.values import Language

MOST = 50_000_000
"""Bytes of a file. A Word document with its pictures may have some; no newsletter has more."""
_MOST_OF_PAGE = 10_000_000
_SECONDS = 10

STANDARD_INPUT = "-"


def given(source: str, language: Language, layout: str, network: Network) -> Given:
    """What stands there. Raises NewsletterError."""
    if source.lower().startswith(("http://", "https://")):
        return _page(source, language, layout, network)
    return Given(source, _content(source), language, layout=layout)


def folder_of(one: Given) -> Path | None:
    """The folder that a file is in; None for what is no file."""
    return None if one.address or one.name == STANDARD_INPUT else Path(one.name).parent


def _page(url: str, language: Language, layout: str, network: Network) -> Given:
    try:
        found = fetch.fetched(url, most=_MOST_OF_PAGE, seconds=_SECONDS, network=network)
    except NoReply as fault:
        hint = "open it in your browser, save it as a web page, and import the file"
        raise cannot(url, "no-file", f"this page cannot be read: {fault.words}", hint) from None
    charset = decode.said(found.reply.headers.get("content-type", ""), b"")
    return Given(url, found.content, language, found.url, layout, charset)


def _content(name: str) -> bytes:
    try:
        if name == STANDARD_INPUT:
            content = sys.stdin.buffer.read(MOST + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(MOST + 1)
    except FileNotFoundError:
        near = _near(Path(name))
        like = f" (did you mean '{near}'?)" if near else ""
        raise cannot(name, "no-file", f"there is no such file{like}") from None
    except IsADirectoryError:
        raise cannot(name, "no-file", "this is a folder, not a file") from None
    except OSError as error:
        raise cannot(name, "no-file", f"this file cannot be read: {error.strerror}") from None
    if len(content) > MOST:
        raise cannot(
            name,
            "file-too-large",
            f"this file is larger than {MOST // 1_000_000} MB",
            "a newsletter is a few pages of text: is this the right file?",
        )
    return content


def _near(path: Path) -> str:
    """A file beside the one that is not there whose name is nearly the same."""
    with suppress(OSError):
        names = [one.name for one in path.parent.iterdir() if one.is_file()]
        near = did_you_mean(path.name, names)
        return str(path.with_name(near)) if near else ""
    return ""
