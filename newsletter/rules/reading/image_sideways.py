"""A picture is stored on its side or mirrored, with a note that says how to turn it.

Phones store photographs so. Outlook and others do not read the note, and show people lying down.

To mend it, open it in a picture program and export it as a new picture: that turns it for good.

Bad:

    # images/swing.jpg is a picture on its side
    settings:
      images_url: https://example.org/images
    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        image:
          src: images/swing.jpg
          alt: Two children on a swing

Good:

    # images/swing.jpg is a picture
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
