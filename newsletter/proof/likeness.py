"""How alike two texts are, from 0 to 100: the one door of rapidfuzz.

It is imported when two texts are compared, because most issues have none that need to be.
"""


def likeness(one: str, other: str) -> float:
    """How alike two texts are, whatever the order of their words."""
    from rapidfuzz.fuzz import token_sort_ratio

    return float(token_sort_ratio(one, other))


def spelling(one: str, other: str) -> float:
    """How alike two words are, letter by letter."""
    from rapidfuzz.fuzz import ratio

    return float(ratio(one, other))
