"""The alt texts that editors write."""

from collections.abc import Iterator
from typing import NamedTuple

from newsletter.proof import Place, Proof
from newsletter.proof.standing import logo
from newsletter.source import Steps


class Alt(NamedTuple):
    """An alt text, and where it stands."""

    words: str
    steps: Steps
    settings: bool = False

    def place(self, start: int, end: int) -> Place:
        """The place of `words[start:end]`."""
        return Place(self.steps, start, end, settings=self.settings)

    @property
    def whole(self) -> Place:
        """The place of all of it."""
        return self.place(0, len(self.words))


def alts(proof: Proof) -> Iterator[Alt]:
    """Those of the pictures and of the logo; none that is empty."""
    for steps, image in proof.images:
        if image.alt:
            yield Alt(image.alt, (*steps, "alt"))
    shown = logo(proof)
    if shown and shown.image.alt:
        yield Alt(shown.image.alt, (*shown.steps, "alt"), shown.settings)
