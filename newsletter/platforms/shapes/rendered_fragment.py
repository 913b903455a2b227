"""A page that is opened in a browser, selected and copied as it is seen.

What a browser copies is how it shows the page: so it is the same on dark screens and in narrow
windows, and has nothing in it that is not seen.
"""

import re

from newsletter.platforms.shapes.conditions import without

PART = "html"
FILE = "email.html"


def shaped(page: str) -> str:
    """The page without styles in its head, and without what only Outlook reads."""
    page = re.sub(r"(?s)<style[^>]*>.*?</style>\n?", "", without(page))
    return re.sub(r'(<meta name="(?:supported-)?color-schemes?" content=")[^"]*', r"\1light", page)
