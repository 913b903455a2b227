"""What is called by its file alone."""

import re
from urllib.parse import unquote, urlsplit

from newsletter.addresses import site
from newsletter.pages.kinds._head import words


def file_name(url: str) -> str:
    """The name of the file at `url`: annual-report.pdf; of a home page the host."""
    name = words(unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2], errors="replace"))
    return name if re.search(r"\w", name) else site(url)
