"""The words of an issue and names in; patterns of names with a letter wrong out."""

import re
from collections.abc import Iterator
from functools import lru_cache

LEAST = 7
"""Letters of a word that a misspelling can be told of; a shorter one may be another word."""

# Words in their own right, a letter away from one of a name.
_WORDS = frozenset({"childlike", "faithfully", "missions", "policies", "foundational"})
_CANDIDATE = re.compile(rf"(?<![\w@#./-])[A-Z][\w’']{{{LEAST - 2},}}")


_Known = dict[tuple[str, int], list[tuple[str, str]]]


def near_names(words: str, names: tuple[str, ...]) -> Iterator[tuple[re.Pattern[str], str]]:
    """Patterns of what is, but for one letter, a name; and the name. `words` are all words."""
    known = _long_words(names)
    for word in set(_CANDIDATE.findall(words)):
        stems = (word, word[:-2]) if word[-2:] in ("'s", "’s") else (word,)  # Kidscpae’s
        near = []
        for stem in stems:
            letters = _letters(stem)
            alike = known.get((letters[0], len(letters)), ())
            near += [(stem, letters, right, name) for right, name in alike]
        if not any(letters == right for _, letters, right, _ in near):
            for stem, letters, right, name in near:
                if letters not in _WORDS and _one_off(letters, right):
                    yield _pattern(stem, right, name), name


@lru_cache(maxsize=4)
def _long_words(names: tuple[str, ...]) -> _Known:
    """The long words of names, each with its name: by their first letter, and by the lengths that
    they have with a letter wrong."""
    known: _Known = {}
    for name in names:
        for word in name.split():
            letters = _letters(word)
            if len(letters) >= LEAST:
                for length in (len(letters) - 1, len(letters), len(letters) + 1):
                    known.setdefault((letters[0], length), []).append((letters, name))
    return known


def _letters(word: str) -> str:
    """`word` in small letters, without apostrophes."""
    return word.lower().replace("'", "").replace("’", "")


def _one_off(found: str, right: str) -> bool:
    """Whether one letter is missing, too much, wrong, or has changed places with the next; a
    plural is no mistake."""
    if f"{found}s" == right or found == f"{right}s":
        return False
    start = 0
    while found[start : start + 1] == right[start : start + 1] != "":
        start += 1
    a, b = found[start:], right[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])


def _pattern(word: str, right: str, name: str) -> re.Pattern[str]:
    parts = [
        re.escape(word) if _letters(part) == right else re.escape(part).replace("'", "['’]")
        for part in name.split()
    ]
    return re.compile(r"(?<![\w@#./-])" + r"\s+".join(parts) + r"(?!\w)")
