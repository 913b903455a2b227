r"""The file of a picture is named in a way that is no use on another computer.

Its path begins with a drive, a / or a backslash, or leads out of the newsletter's folder. Whoever
gets the folder, or builds the email elsewhere, would not have the picture.

To mend it, copy the picture into the folder `images` beside the issue, and write images/photo.jpg:
with /, on Windows too.

Bad:

    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        image:
          src: C:\Users\Jo\Pictures\photo.jpg
          alt: Two children on a swing

Good:

    settings:
      images_url: https://example.org/images
    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        image:
          src: images/photo.jpg
          alt: Two children on a swing
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
