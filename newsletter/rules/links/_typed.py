"""A link in; its address as an editor typed it out."""

from newsletter.proof import Proof, Reference


def typed(proof: Proof, link: Reference) -> str:
    """The address of `link` as it stands in the file: exactly what a suggestion stands in for."""
    place = link.place
    node = proof.file_of(place).node(place.steps)
    return node.text[place.start : place.end] if node and node.kind == "text" else link.url
