"""The pictures of an issue in: their sizes, their public addresses, and what is wrong with them.

The one door of Pillow. Only the head of a file is read; a picture is passed on as it is.
"""

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from newsletter.problems import Fault, Faults, Level, Problem, did_you_mean, shown
from newsletter.source import Data, Source, Steps
from newsletter.values import ImagesAddress, ImageSource

MAX_BYTES = 1_000_000
"""What one picture may weigh: readers fetch all of them, often on the way."""

MAX_PIXELS = 25_000_000
"""What one picture may have; it is unpacked once, to see that it is whole."""

# MPO is a JPEG with a small copy of itself inside, as some cameras make them.
_SHOWN = ("JPEG", "MPO", "PNG", "GIF")
_ORIENTATION = 0x0112  # the EXIF tag; from 5 on a picture is stored on its side


class Picture(NamedTuple):
    """A picture as it goes into an email; sizes in pixels, 0 where they are not known."""

    address: str
    width: int = 0
    height: int = 0
    content: bytes = b""  # of a file that is to be uploaded
    name: str = ""

    def shown(self, column: int) -> tuple[int, int]:
        """Width and height in a column: never wider than it is, nor than the column.

        So a picture of twice the column's pixels is shown at half of them, sharp on all screens.
        The height is 0 where the size is not known.
        """
        if not self.width:
            return column, 0
        width = min(self.width, column)
        return width, max(round(self.height * width / self.width), 1)


class Wanted(NamedTuple):
    """A picture that is used: where it stands, and the folder that its path starts from."""

    src: ImageSource
    folder: Path
    source: Source
    steps: Steps


def wanted(source: Source, folder: Path) -> list[Wanted]:
    """The pictures of the issue in `source`, whose paths start from `folder`.

    They are taken from the file, so that they are judged in an issue that cannot be loaded.
    """
    return [Wanted(src, folder, source, steps) for steps, src in _sources(source.data, ())]


def _sources(data: Data, steps: Steps) -> Iterator[tuple[Steps, ImageSource]]:
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _sources(item, (*steps, index))
    elif isinstance(data, dict):
        src = data.get("src")
        if steps[-1:] == ("image",) and isinstance(src, str):
            with suppress(Faults):  # told by the loader
                yield steps, ImageSource.parse(src)
        for key, value in data.items():
            yield from _sources(value, (*steps, key))


def pictures(
    used: Sequence[Wanted], root: Path, address: ImagesAddress
) -> tuple[list[Picture | None], list[Problem]]:
    """What each of `used` is, None for those that cannot be used, and why.

    Files must lie inside `root`, the newsletter's folder, or the folder that their path starts
    from; readers find them at `address`.
    """
    found: list[Picture | None] = []
    problems: list[Problem] = []
    taken: dict[str, Path] = {}
    for src, folder, source, steps in used:
        picture = None
        try:
            if src.is_file:
                path = _inside(folder / src, root, folder)
                picture = _picture(path, address)
                _not_taken(path, taken)
            else:
                _not_by_name(src)
                picture = Picture(src)
        except Faults as error:
            mark = source.value((*steps, "src"))
            problems += [
                source.problem(mark, Level.ERROR, fault.code, fault.message, fault.hint)
                for fault in error.faults
            ]
        found.append(picture)
    return found, problems


def files(found: Iterable[Picture]) -> dict[str, bytes]:
    """The files that are to be uploaded, for the output folder."""
    return {
        f"{ImagesAddress.BESIDE}/{picture.name}": picture.content
        for picture in found
        if picture.name
    }


def _not_taken(path: Path, taken: dict[str, Path]) -> None:
    if taken.setdefault(path.name.lower(), path) != path:
        raise Faults(
            Fault(
                "same-image-name",
                f"another picture of this issue is called '{path.name}' too",
                "rename one of them: they are uploaded to one folder",
            )
        )


def _inside(path: Path, *folders: Path) -> Path:
    try:
        real = path.resolve()
        there = real.is_file()
    except (OSError, RuntimeError) as error:  # too long a name, a link that leads to itself
        reason = getattr(error, "strerror", None) or "its links lead nowhere"
        raise Faults(
            Fault("no-image", f"this picture cannot be read: {reason}", "check the name")
        ) from None
    if not any(real.is_relative_to(folder.resolve()) for folder in folders):
        raise Faults(
            Fault(
                "image-path",
                "this picture lies outside the newsletter's folder",
                "copy it to issues/images, so that whoever has the folder has the picture",
            )
        )
    if real.is_dir():
        raise Faults(Fault("no-image", f"{shown(path)} is a folder", "name a picture in it"))
    if not there:
        raise Faults(Fault("no-image", f"there is no picture {shown(path)}", _hint(real)))
    return real


def _hint(path: Path) -> str:
    """What was meant by the path of a picture that is not there."""
    folder = path.parent
    if not folder.is_dir():
        return f"there is no folder '{folder.name}' there"
    names = sorted(other.name for other in folder.iterdir() if other.is_file())
    near = did_you_mean(path.name, names)
    return f"did you mean '{near}'?" if near else f"put it into the folder '{folder.name}'"


def _not_by_name(address: str) -> None:
    """Refuse an address that says itself that mail programs will not show what is there."""
    ending = re.split("[?#]", address.lower())[0].rpartition(".")[2]
    if ending in ("svg", "webp", "avif", "tif", "tiff", "bmp", "heic", "pdf"):
        raise Faults(_wrong_format(ending.upper() if ending != "webp" else "WebP"))


def _wrong_format(name: str) -> Fault:
    return Fault(
        "image-format",
        f"many mail programs show no {name} pictures",
        "save it as JPEG (photographs) or PNG (drawings)",
    )


def _picture(path: Path, address: ImagesAddress) -> Picture:
    try:
        stat = path.stat()
        seen = _examined(path, stat.st_size, stat.st_mtime_ns)
    except OSError as error:
        raise Faults(Fault("no-image", f"this picture cannot be read: {error.strerror}")) from None
    if seen.faults:
        raise Faults(*seen.faults)
    return Picture(address.of(path.name), seen.width, seen.height, seen.content, path.name)


@contextmanager
def _quietly() -> Iterator[None]:
    """Have Pillow not talk about damaged notes inside a picture, which do not matter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


class _Seen(NamedTuple):
    """What is in a picture's file."""

    faults: tuple[Fault, ...]
    width: int = 0
    height: int = 0
    content: bytes = b""


@lru_cache(maxsize=256)  # a preview looks at the same pictures again at every save
def _examined(path: Path, size: int, _changed: int) -> _Seen:
    from PIL import Image as Pillow

    faults = []
    if size > MAX_BYTES:
        faults.append(
            Fault(
                "image-too-large",
                f"this picture has {size / 1_000_000:.1f} MB; "
                f"{MAX_BYTES // 1_000_000} MB is the most",
                "save it smaller: no email shows more than 1,200 pixels",
            )
        )
    try:
        with _quietly(), Pillow.open(path) as opened:
            name, (width, height) = opened.format or "", opened.size
            if width * height > MAX_PIXELS:
                raise Pillow.DecompressionBombError
            if name not in _SHOWN:
                faults.append(_wrong_format("WebP" if name == "WEBP" else name))
            if opened.mode == "CMYK":
                faults.append(
                    Fault(
                        "image-colours",
                        "this picture has the colours of print (CMYK)",
                        "save it in RGB: many mail programs show other colours wrongly",
                    )
                )
            if opened.getexif().get(_ORIENTATION, 1) > 1:
                faults.append(
                    Fault(
                        "image-sideways",
                        "this picture is stored on its side or mirrored, and Outlook shows it so",
                        "open it in a picture program, and export it as a new picture",
                    )
                )
            if not faults:
                opened.load()  # what is cut off shows only here
    except Pillow.DecompressionBombError:
        faults.append(
            Fault("image-too-large", "this picture has far too many pixels", "save it 1,200 wide")
        )
    except Exception:  # Pillow's readers raise whatever a damaged file leads them to
        with path.open("rb") as file:
            name = _by_content(file.read(1000))
        faults.append(
            _wrong_format(name)
            if name
            else Fault(
                "image-format",
                "this file is no picture, or is damaged",
                "open it in a picture program, and save it as JPEG or PNG",
            )
        )
    if faults:
        return _Seen(tuple(faults))
    return _Seen((), width, height, path.read_bytes())


def _by_content(begins: bytes) -> str:
    """The name of a format that Pillow does not read."""
    head = begins.lower()
    if b"<svg" in head or b"<!doctype svg" in head:
        return "SVG"
    if head[4:12] in (b"ftypavif", b"ftypheic"):
        return head[8:12].decode().upper()
    return "PDF" if head.startswith(b"%pdf") else ""
