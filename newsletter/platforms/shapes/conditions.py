"""Outlook's conditional comments, which some platforms take out."""

import re

PIECE = re.compile(r"<!--\[if [^\]]*\]>(?:<!-->)?|<!--<!\[endif\]-->|<!\[endif\]-->")
"""What opens or closes one. What stands between is HTML, which only some programs read."""


def written_as(page: str, form: str) -> str:
    """`page` with each piece of a comment in `form`, in which "{comment}" stands for it."""
    return PIECE.sub(lambda piece: form.replace("{comment}", piece[0]), page)


def without(page: str) -> str:
    """`page` without what only Outlook would read, and without the comments around the rest."""
    page = re.sub(r"(?s)<!--\[if (?!!)[^\]]*\]>(?!<!-->).*?<!\[endif\]-->\n?", "", page)
    return PIECE.sub("", page)
