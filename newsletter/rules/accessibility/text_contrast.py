"""Words of the email are hard to read on the colour behind them.

WCAG asks for a contrast of 4.5:1, and of 3:1 for words of 24 pixels or bold ones of 19. Less is
lost on a phone in the sun, and on people whose sight is not what it was.

To mend it, choose a darker or lighter colour in your template or in the CSS of your theme. The
colours of a theme itself are judged when it is read.

Source: https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum.html

Bad:

    newsletter.yaml:
      theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: Ours
    templates/themes/ours.css: |
      p.date { color: #5f8f8f }

Good:

    newsletter.yaml:
      theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: Ours
    templates/themes/ours.css: |
      p.date { color: #ffffff }
"""

from collections.abc import Iterator

from newsletter.colours import LARGE, TEXT, contrast, readable
from newsletter.problems import Level
from newsletter.proof import Built, Finding
from newsletter.proof.looks import Look, hexadecimal

LEVEL = Level.WARNING

_LARGE, _LARGE_IF_BOLD = 24, 18.6  # pixels


def check_email(built: Built) -> Iterator[Finding]:
    judged: set[tuple[object, ...]] = set()
    for text in built.page.visible:
        look = text.look
        least = LARGE if _is_large(look) else TEXT
        key = (look.colour, look.ground, least)
        if key in judged or not text.is_read:
            continue
        judged.add(key)
        if look.colour is None or look.ground is None or look.melts:
            continue
        colour, ground = hexadecimal(look.colour), hexadecimal(look.ground)
        ratio = contrast(colour, ground)
        if ratio < least:
            yield Finding(
                f"'{text.shown}' is hard to read: {colour} on {ground} has a contrast of "
                f"{int(ratio * 100) / 100}:1; {least:g}:1 is the least",
                None,
                f"{readable(colour, [ground], least)} could be read there, say; the colour comes "
                "from templates/",
            )


def _is_large(look: Look) -> bool:
    return look.size >= _LARGE or (look.bold and look.size >= _LARGE_IF_BOLD)
