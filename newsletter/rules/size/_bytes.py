"""How many bytes an email has, and what would have to go."""

from newsletter.proof import Built


def html_bytes(built: Built) -> int:
    """The bytes of the HTML, as Gmail counts them."""
    weight = built.proof.result.weight
    return weight.html if weight else len(built.email.html.encode())


def entries_too_many(built: Built, excess: int) -> str:
    """The way out for an email that has `excess` bytes too many."""
    count = max(len(built.proof.items), 1)
    weight = built.proof.result.weight
    out = int(excess / weight.each) + 1 if weight else count
    if out >= count:
        return "shorten its texts, or make two emails of it"
    entries = f"{out} entries" if out > 1 else "one entry"
    return f"leave out about {entries}, or make two emails of it"
