"""An address in; whether it is a page of a story, or the front of a site or a part of it, out."""

import re
from functools import lru_cache
from urllib.parse import unquote

from newsletter.addresses import canonical

# After one of these stands a page of a story, however short its name.
_KINDS = re.compile(
    r"/(?:reports?|publications?|articles?|story|stories|press-releases?|documents?|downloads?"
    r"|posts?|blogs?|surveys?|consultations?|statistics|inquir(?:y|ies)|resources?|case-studies"
    r"|videos?|episodes?|speech(?:es)?)/[^/]+$"
)
# Or, if its name is not a single word, after one of these.
_PROJECTS = re.compile(
    r"/(?:events?|projects?|research|stud(?:y|ies)|evaluations?|campaigns?|programmes?)/[^/]+$"
)
# And in one of these stands a list.
_LISTS = re.compile(
    r"(?:^|/)(?:categor(?:y|ies)|tags?|topics?|authors?|profiles?|contributors?|series|sections?"
    r"|organisations|people|groups|browse|collections|search|feeds?|archive|page)(?:/|$)"
)
_COMMITTEE = re.compile(r"(?:^|/)committees?/\d+/[^/]+$")  # the front of one, not what it does
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|csv|html?|aspx?|mp[34])$")
_NUMBERED = re.compile(
    r"\d{3}|[A-Za-z]\d[A-Za-z0-9]*\d|\d[A-Z]{2}|[a-z]\d*[A-Z]|[A-Z]\d*[a-z]+[A-Z]"
)
_QUERY_OF_LIST = re.compile(
    r"(?:^|&)(?:q|s|search|query|keywords?|page|tag|category|topic|filter|sort|lang|from)="
)


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words in names of sections of sites.
_GENERAL = _words(
    "a an and the of for in on to with your our we us do about what how get who is "
    "news newsroom media press office views opinion comment blog blogs latest updates stories "
    "research evidence policy practice reports publications resources library insight insights "
    "work works working impact campaigns campaign projects services service support help "
    "advice information guidance guides learning training events courses webinars conference "
    "involved contact donate home index main children child young people families parents "
    "carers professionals practitioners schools education safeguarding protection "
    "social care health society uk world england scotland wales"
)


@lru_cache(maxsize=4096)
def is_page(url: str) -> bool:
    """Whether `url` is a page of a story or a document, not the front of a site or of a part of
    it, as https://www.bbc.co.uk/news is.

    Where that cannot be told from the address, it is no page: fronts stand in every issue.
    """
    if not url.lower().startswith(("http:", "https:")):
        return False
    place, _, query = canonical(url).partition("?")
    path = place.partition("/")[2]
    if query:
        return not _QUERY_OF_LIST.search(query)
    if _LISTS.search(path) or _COMMITTEE.search(path):
        return False
    path = f"/{unquote(path)}"
    last = path.rpartition("/")[2]
    if _NUMBERED.search(path) or _DOCUMENT.search(last):
        return True
    words = [word for word in re.split(r"[-_.+,]", last.lower()) if word]
    telling = [word for word in words if word not in _GENERAL]
    if telling and _KINDS.search(path):
        return True
    if len(telling) > 1 and _PROJECTS.search(path):
        return True
    depth = path.count("/")
    return len(telling) >= 2 and len(words) >= (4 if depth == 1 else 3)
