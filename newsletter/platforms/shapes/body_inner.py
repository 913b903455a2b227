"""What stands inside <body>: for a platform that has a document of its own around it.

The styles of the head are lost: phones and dark screens are shown what all others are.
"""

import re

PART = "html"
FILE = "email.html"


def shaped(page: str) -> str:
    """The inside of the body. MJML has put language, direction and ground on an element in it."""
    start = re.search(r"<body[^>]*>\n?", page)
    return page[start.end() : page.rindex("</body>")].strip() + "\n" if start else page
