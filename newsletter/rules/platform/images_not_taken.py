"""The pictures are to go to the mailing platform with the email, but it does not take them so.

Readers would see empty frames: the pictures are nowhere that their programs could fetch them from.

To mend it, upload the pictures to your website or to the platform, and give the address of that
folder under `images_url:` in newsletter.yaml.

Bad:

    newsletter.yaml:
      platform: brevo
      images_url: images
    entries:
      - text: The Example Trust has [a report on neglect](https://example.org/reports/neglect).
        image: {src: images/photo.jpg, alt: A playground in the rain}

Good:

    newsletter.yaml:
      platform: brevo
      images_url: https://example.org/newsletter
    entries:
      - text: The Example Trust has [a report on neglect](https://example.org/reports/neglect).
        image: {src: images/photo.jpg, alt: A playground in the rain}
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.project import SETTINGS
from newsletter.proof import Built, Finding, Place
from newsletter.proof.standing import given
from newsletter.values import ImagesAddress

LEVEL = Level.WARNING


def check_email(built: Built) -> Iterator[Finding]:
    profile, proof = built.proof.profile, built.proof
    if proof.result.platform == "generic" or profile.shape == "mime" or not built.images:
        return  # a message carries its pictures, and of no platform nothing is known
    if profile.shape == "markdown":
        yield Finding(
            f"{profile.name} shows no pictures", None, "what they show must stand in the text"
        )
    elif built.settings.images_url == ImagesAddress.BESIDE and not profile.images_in_zip:
        steps, settings = given(proof, "images_url")
        yield Finding(
            f"{profile.name} takes no pictures with an email",
            Place(steps, settings=settings),
            f"upload them, and give the folder's address under 'images_url' in {SETTINGS}",
        )
