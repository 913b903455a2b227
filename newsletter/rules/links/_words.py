"""The words of a link, as they are compared."""

import re
from functools import lru_cache

_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def plain_words(words: str, articles: tuple[str, ...] = ()) -> str:
    """`words` without capitals, stops, arrows, and what stands in brackets; without an article
    before them."""
    found = _WORD.findall(_IN_BRACKETS.sub(" ", words).casefold())
    if len(found) > 1 and found[0] in articles:
        del found[0]
    return " ".join(found)


@lru_cache(maxsize=8)
def plain_phrases(phrases: tuple[str, ...], articles: tuple[str, ...]) -> frozenset[str]:
    """All of `phrases`, as `plain_words` has them."""
    return frozenset(plain_words(words, articles) for words in phrases)


# Words of a name that are not written with a capital.
_SMALL = re.compile(
    r"(?:of|and|the|for|in|on|to|at|a|an|de|des|du|la|le|les|et|y|del|und|für|der)\b"
)


def is_name(words: str) -> bool:
    """Whether `words` are a name as publishers have one, such as "BBC News" or "Action for
    Children". In a script without capitals all may be."""
    inside = words.strip(" ‘’“”\"'«»„")
    if inside.startswith("the "):
        inside = inside[4:]
    first, *rest = [word for word in re.split(r"[\s/&-]+", inside) if word]
    if first[0].islower():
        return False
    return all(not word[0].islower() or _SMALL.fullmatch(word) for word in rest)
