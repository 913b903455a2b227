"""A bookmark that hands the page in a browser to the running preview, and the key that it has.

The key outlives the preview, or the bookmark would be of use for one day only. So it is the one
secret that is kept in a file: in `.newsletter/cache`, which git leaves alone, readable by its
owner only. It opens little: a page that asks whether an address is to be added, and a button that
somebody has to press. A website on which the bookmark is used can see the key, and can do no more
with it than that.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import quote

from newsletter.intake.lock import KEPT, kept
from newsletter.problems import cannot

_FILE = "bookmarklet.key"
_LONGEST = 200


def key_of(root: Path) -> str:
    """The key of the newsletter in the folder `root`; "" if none was made yet."""
    try:
        return (root / KEPT / _FILE).read_bytes()[:_LONGEST].decode("ascii", "ignore").strip()
    except OSError:
        return ""


def made_key(root: Path) -> str:
    """The same; it is made if there is none. Raises NewsletterError."""
    known = key_of(root)
    if known:
        return known
    try:
        path = kept(root) / _FILE
        path.unlink(missing_ok=True)
        key = secrets.token_urlsafe(24)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{key}\n")
    except OSError as error:
        raise cannot(root / KEPT, "cannot-write", f"no key was made: {error.strerror}") from None
    return key


def opens(root: Path, typed: str) -> bool:
    """Whether `typed` is the key of the newsletter in `root`."""
    key = key_of(root)
    return bool(key) and secrets.compare_digest(key.encode(), typed.encode("utf-8", "replace"))


def bookmarklet(port: int, key: str) -> str:
    """The address of the bookmark, for the preview at `port` of this computer."""
    at = f"http://127.0.0.1:{port}/add?key={quote(key)}"
    page = "&url='+encodeURIComponent(location.href)+'&title='+encodeURIComponent(document.title)"
    return f"javascript:void(open('{at}{page},'_blank','noopener'))"
