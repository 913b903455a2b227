"""Two pictures of an issue have the same name, in two folders.

All pictures of an issue are uploaded to one folder. The second would take the place of the first,
and readers would see it twice.

To mend it, rename one of the files.

Bad:

    # images/may/swing.jpg is a picture
    # images/june/swing.jpg is a picture of 600 by 400 pixels
    settings:
      images_url: https://example.org/images
    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        image:
          src: images/may/swing.jpg
          alt: Two children on a swing
      - text: The council has published [its answer](https://example.org/answer).
        image:
          src: images/june/swing.jpg
          alt: An empty swing

Good:

    # images/swing.jpg is a picture
    # images/empty-swing.jpg is a picture of 600 by 400 pixels
    settings:
      images_url: https://example.org/images
    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        image:
          src: images/swing.jpg
          alt: Two children on a swing
      - text: The council has published [its answer](https://example.org/answer).
        image:
          src: images/empty-swing.jpg
          alt: An empty swing
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
