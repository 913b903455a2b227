"""A whole message. It stands in `email.eml`; the HTML is there to be looked at."""

PART = "html"
FILE = "email.html"


def shaped(page: str) -> str:
    """The rendered email as it is."""
    return page
