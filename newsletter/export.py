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
    if not (beside and result.images and profile and profile.images_in_zip):
        return b""
    return _zipped({"email.html": files["email.html"], **result.images})


def _paste_me(result: Result, has_import: bool) -> str:
    email, profile = result.email, result.profile
    if email is None or profile is None:
        raise ValueError("an issue without an email has nothing to paste")
    title = f"How to send this with {profile.name}" if profile.has_tags else "How to send this"
    lines = [
        title,
        "=" * len(title),
        "",
        f"Subject:   {email.subject}",
        f"Preheader: {email.preheader}",
        "",
        *how_to_paste(profile),
    ]
    notes: list[str] = [*profile.notes]
    if has_import:
        notes.insert(0, "import.zip has email.html and its pictures, to be imported in one go.")
    if notes:
        lines += ["", "What to know", ""]
    return "\n".join([*lines, *(line for note in notes for line in hanging("- ", note))]) + "\n"


def _zipped(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()
