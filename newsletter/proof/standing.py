"""A proof in; what the settings say in every issue, and where each of it stands, out."""

from collections.abc import Iterator
from typing import NamedTuple

from newsletter.model import Image
from newsletter.proof import Place, Proof
from newsletter.source import Steps


class Standing(NamedTuple):
    """A text of the settings that readers see."""

    text: str
    steps: Steps
    settings: bool  # it stands in newsletter.yaml; else in the issue's own settings

    def place(self, start: int, end: int) -> Place:
        """The place of `text[start:end]`."""
        return Place(self.steps, start, end, self.settings)


class Logo(NamedTuple):
    """The logo that the settings give an issue, and where it is named."""

    image: Image
    steps: Steps
    settings: bool  # as of a text


def given(proof: Proof, name: str) -> tuple[Steps, bool]:
    """Where a setting stands: its steps, and whether in newsletter.yaml, not in the issue."""
    own = proof.source.node(("settings",))
    by_issue = own is not None and name in own.children and own is not proof.source.root
    return (("settings", name) if by_issue else (name,)), not by_issue


def missing(name: str) -> Place:
    """Where a setting should stand that is not there."""
    return Place((name,), settings=True, key=True)


def standing_texts(proof: Proof) -> Iterator[Standing]:
    """Each text of the settings that readers see."""
    for name in ("publication", "sender", "address", "reason", "support_title"):
        text = getattr(proof.settings, name)
        if text:
            yield Standing(text, *given(proof, name))


def logo(proof: Proof) -> Logo | None:
    """The logo of the settings; None where a theme's own is shown, or none."""
    image = proof.settings.brand.logo
    if image is None:
        return None
    own = proof.issue.settings
    by_issue = own is not None and own.brand.logo is not None
    steps = ("brand", "logo")
    return Logo(image, ("settings", *steps) if by_issue else steps, not by_issue)
