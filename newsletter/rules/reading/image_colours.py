"""A picture has the colours of print (CMYK), not those of screens (RGB).

It comes from a leaflet or from a printer. Several mail programs show its colours wrongly, or no
picture at all.

To mend it, open it in a picture program and save it in RGB.

Bad:

    # images/print.jpg is a picture in CMYK
    settings:
      images_url: https://example.org/images
    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        image:
          src: images/print.jpg
          alt: Two children on a swing

Good:

    # images/screen.jpg is a picture
    settings:
      images_url: https://example.org/images
    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        image:
          src: images/screen.jpg
          alt: Two children on a swing
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
