"""A picture is of a kind that many mail programs do not show, or is no picture at all.

SVG, WebP, AVIF, HEIC and PDF leave an empty frame in Outlook or in Gmail. A file that is damaged
does so everywhere.

To mend it, open it in a picture program and save it as JPEG (photographs) or PNG (drawings).

Source: https://www.caniemail.com/features/image-svg/
    https://www.caniemail.com/features/image-webp/

Bad:

    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        image:
          src: https://example.org/images/neglect.pdf
          alt: Reports of neglect, which double in ten years

Good:

    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        image:
          src: https://example.org/images/neglect.png
          alt: Reports of neglect, which double in ten years
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
