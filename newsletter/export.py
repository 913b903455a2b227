"""What came of an issue in, one ZIP file out: all that is taken to the mailing platform."""

import io
import zipfile
from collections.abc import Mapping

from newsletter.build import Result
from newsletter.platforms.steps import hanging, how_to_paste
from newsletter.values import ImagesAddress

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment of ZIP: the same files are the same bytes


def bundle(result: Result) -> bytes:
    """The ZIP file of an issue that has an email: its files, and how to paste them."""
    files = result.files
    upload = _with_pictures(result, files)
    if upload:
        files["import.zip"] = upload
    return _zipped({"PASTE-ME.txt": _paste_me(result, bool(upload)).encode(), **files})


def _with_pictures(result: Result, files: Mapping[str, bytes]) -> bytes:
    """Email and pictures for a platform that takes them together; b"" where that is not meant."""
    settings, profile = result.settings, result.profile
    beside = settings and settings.images_url == ImagesAddress.BESIDE
    taken = profile and profile.images_in_zip and "email.html" in files
    if not (beside and result.images and taken):
        return b""
    return _zipped({"email.html": files["email.html"], **result.images})


def _paste_me(result: Result, has_import: bool) -> str:
    email, profile = result.email, result.profile
    if email is None or profile is None:
        raise ValueError("an issue without an email has nothing to paste")
    named = result.platform != "generic"
    title = f"How to send this with {profile.name}" if named else "How to send this"
    lines = [
        title,
        "=" * len(title),
        "",
        f"Subject:   {email.subject}",
        f"Preheader: {email.preheader}",
        "",
        *how_to_paste(profile, _pictures(result, has_import)),
    ]
    for heading, texts in (
        ("What to know", profile.notes),
        ("What nobody has tried yet: look at it in the test", profile.unverified),
    ):
        if texts:
            lines += ["", heading, ""]
        for text in texts:
            lines += hanging("- ", text)
    return "\n".join(lines) + "\n"


def _pictures(result: Result, has_import: bool) -> str:
    """What to do with the pictures of this issue."""
    settings, profile = result.settings, result.profile
    if not result.images or settings is None or profile is None:
        return "There are no pictures to upload in this issue."
    address = settings.images_url
    if address and address != ImagesAddress.BESIDE:
        return (
            f"Upload the files of the folder images to {address}, and open one of them in your "
            "browser to see that it is there."
        )
    if has_import:
        return (
            "The pictures go with the email: where these steps tell you to paste or choose "
            "email.html, import the file import.zip in its place, which holds both."
        )
    if profile.shape == "mime":
        return "The pictures are inside the message: there is nothing to upload."
    return (
        "The pictures are nowhere on the web yet, and readers would see empty frames. Give the "
        "address of a place for them at images_url in newsletter.yaml, upload the files of the "
        "folder images there, and make this package again."
    )


def _zipped(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3  # Unix, wherever it was made
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()
