"""The alt texts that editors write."""

from collections.abc import Iterator
from typing import NamedTuple

from newsletter.proof import Place, Proof
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
    own, shared = proof.issue.settings, proof.project.settings
    if own and own.brand.logo and own.brand.logo.alt:
        yield Alt(own.brand.logo.alt, ("settings", "brand", "logo", "alt"))
    if shared.brand.logo and shared.brand.logo.alt:
        yield Alt(shared.brand.logo.alt, ("brand", "logo", "alt"), settings=True)
