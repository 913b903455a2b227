"""There is no picture of this name.

Its file was not copied beside the issue, or its name is spelt in another way: .jpg and .jpeg, or
capitals and small letters, are two names to a web server.

To mend it, copy the file into the folder `images` beside the issue, or write its name as the hint
has it.

Bad:

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
