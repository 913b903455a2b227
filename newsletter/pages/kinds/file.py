"""A file that says nothing of itself: a document, a picture, a table."""

from newsletter.addresses import site
from newsletter.intake import clean
from newsletter.pages import Given, Page
from newsletter.pages.kinds._names import file_name


def fits(given: Given) -> int:
    return 1


def read(given: Given) -> Page:
    name = file_name(given.url)
    ending = name.rpartition(".")[2] if "." in name else ""
    known = ending.upper() if ending.isalnum() and len(ending) < 5 and ending in _ENDINGS else ""
    return Page(clean.address(given.url), name, site(given.url), about=known)


_ENDINGS = frozenset(
    [
        "csv",
        "doc",
        "docx",
        "epub",
        "odp",
        "ods",
        "odt",
        "ppt",
        "pptx",
        "rtf",
        "txt",
        "xls",
        "xlsx",
        "zip",
    ]
)
