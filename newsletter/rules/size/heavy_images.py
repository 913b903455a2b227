"""A picture is heavier than it need be, or all of them together are.

Readers fetch every picture, often on a phone and on the way. No email shows a picture wider than
600 pixels, on sharp screens 1,200, and as a JPEG of that size it seldom has 200 KB.

To mend it, save the picture again: 1,200 pixels wide, as JPEG with a quality of about 80.

Options:
    each: kilobytes of one picture that are not told yet
    together: kilobytes of all pictures of an issue that are not told yet

Source: https://docs.buttondown.com/preflight

Bad:

    newsletter.yaml:
      images_url: https://example.org/images
      rules:
        heavy-images: {each: 3}
    entries:
      - text: The Example Trust has published [its report on neglect](https://example.org/neglect).
        image:
          src: images/photo.jpg
          alt: Children in a playground

Good:

    newsletter.yaml:
      images_url: https://example.org/images
    entries:
      - text: The Example Trust has published [its report on neglect](https://example.org/neglect).
        image:
          src: images/photo.jpg
          alt: Children in a playground
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from newsletter.problems import Level
from newsletter.proof import Built, Finding, Place
from newsletter.proof.standing import logo
from newsletter.values import ImagesAddress

LEVEL = Level.WARNING

_WAY_OUT = "save it 1,200 pixels wide, as JPEG"


def check_email(built: Built, *, each: int = 200, together: int = 2000) -> Iterator[Finding]:
    sizes = {path: len(content) / 1000 for path, content in built.images.items()}
    if not sizes:
        return
    places = _places(built)
    for path, size in sizes.items():
        if size > each:
            yield Finding(
                f"this picture has {size:,.0f} KB; {each:,} is enough", places.get(path), _WAY_OUT
            )
    total = sum(sizes.values())
    if total > together and max(sizes.values()) <= each:
        heaviest = max(sizes, key=sizes.__getitem__)
        yield Finding(
            f"the {len(sizes)} pictures have {total:,.0f} KB together; {together:,} is enough",
            places.get(heaviest),
            "save them smaller, this one first, or leave some out",
        )


def _places(built: Built) -> dict[str, Place]:
    """Where each picture's file is named."""
    named = [((*steps, "src"), image.src, False) for steps, image in built.proof.images]
    shown = logo(built.proof)
    if shown:
        named.append(((*shown.steps, "src"), shown.image.src, shown.settings))
    return {
        f"{ImagesAddress.BESIDE}/{PurePosixPath(src).name}": Place(
            steps, 0, len(src), settings=settings
        )
        for steps, src, settings in reversed(named)
    }
