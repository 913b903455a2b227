"""Nothing says where readers' mail programs can fetch the pictures.

A picture in an email is an address: the file beside the issue is on your computer only, and readers
would see an empty frame.

To mend it, give `images_url` in newsletter.yaml: the https:// address that you upload pictures to,
or `images` if they go to your mailing platform with the email.

Bad:

    # images/swing.jpg is a picture
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

LEVEL = Level.WARNING
