"""What the rules about links share."""

from newsletter.proof import Proof, Reference


def all_links(proof: Proof) -> tuple[Reference, ...]:
    """Those of the issue and those of the settings."""
    return (*proof.links, *proof.standing_links)


def typed(proof: Proof, link: Reference) -> str:
    """The address of `link` as it stands in the file: exactly what a suggestion stands in for."""
    place = link.place
    source = proof.project.source if place.settings else proof.source
    node = source.node(place.steps)
    return node.text[place.start : place.end] if node and node.kind == "text" else link.url
