"""The address that pictures are fetched from is none.

`images_url` is the folder on the web that you upload the pictures to. Readers' mail programs fetch
them from there, so it must begin with https:// and be whole.

To mend it, write the folder's address, without a picture's name; or `images`, if the pictures go to
your mailing platform with the email.

Bad:

    settings:
      images_url: example.org/newsletter/images

Good:

    settings:
      images_url: https://example.org/newsletter/images

Good:

    settings:
      images_url: images
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
