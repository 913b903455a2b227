"""A whole HTML document."""

PART = "html"
FILE = "email.html"


def shaped(page: str) -> str:
    """The rendered email as it is."""
    return page
