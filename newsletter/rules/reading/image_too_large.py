"""A picture is larger than any email can show it.

Readers fetch all pictures, often on the way, and pay for what they fetch. An email is about 600
pixels wide; twice that is sharp on every screen.

To mend it, save it 1,200 pixels wide: then it has far less than 1 MB.

Bad:

    # images/swing.jpg is a picture of 6000 by 4500 pixels
    settings:
      images_url: https://example.org/images
    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        image:
          src: images/swing.jpg
          alt: Two children on a swing

Good:

    # images/swing.jpg is a picture of 1200 by 900 pixels
    settings:
      images_url: https://example.org/images
    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        image:
          src: images/swing.jpg
          alt: Two children on a swing
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
