"""Pictures: their sizes and addresses in an email, and what is wrong with them, told where."""

import os
import re
import struct
import subprocess
import sys
import warnings
import zlib
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner
from PIL import Image, ImageFile

from newsletter.build import Result
from newsletter.cli import newsletter
from tests.conftest import SETTINGS, Build, codes

ROOT = Path(__file__).parent.parent
ONE = """\
title: T
date: 2024
entries:
  - image:
      src: {}
      alt: A room
"""
PLACE = (5, 12)  # of its src
BESIDE = "images_url: images\n"

Draw = Callable[..., Path]


@pytest.fixture(name="draw")
def _draw(folder: Path) -> Draw:
    """Draws a picture into issues/images, or where its name says."""

    def draw(
        name: str,
        size: tuple[int, int] = (20, 10),
        mode: str = "RGB",
        format: str = "",  # Pillow's own word
        **more: object,
    ) -> Path:
        path = folder / "issues" / (name if "/" in name else f"images/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        made = Image.new(mode, size, "white" if mode != "CMYK" else 0)
        made.save(path, format or None, **more)
        return path

    return draw


def _images(result: Result) -> list[dict[str, str]]:
    """The attributes of each picture, less its style."""
    assert result.email, result.problems
    tags = re.findall("<img ([^>]*)>", result.email.html)
    found = [dict(re.findall(r'([a-z]+)="([^"]*)"', tag)) for tag in tags]
    return [{key: value for key, value in tag.items() if key != "style"} for tag in found]


def _run(*arguments: str) -> None:
    result = CliRunner().invoke(newsletter, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.stderr


# --- sizes --------------------------------------------------------------------------------------

SIZES = {
    "of twice the column": ((1072, 600), ("536", "300")),
    "as wide as the column": ((536, 100), ("536", "100")),
    "narrower than the column": ((200, 100), ("200", "100")),
    "a little wider": ((537, 1000), ("536", "998")),
    "of three times the column": ((1608, 1000), ("536", "333")),
    "a line": ((5000, 1), ("536", "1")),
    "one pixel": ((1, 1), ("1", "1")),
}


@pytest.mark.parametrize("ending", ["jpg", "png", "gif"])
@pytest.mark.parametrize("case", SIZES)
def test_a_picture_is_shown_at_its_own_size_and_never_wider_than_the_column(
    case: str, ending: str, draw: Draw, built: Build
) -> None:
    size, (width, height) = SIZES[case]
    draw(f"a.{ending}", size, "P" if ending == "gif" else "RGB")
    result = built(ONE.format(f"images/a.{ending}"), more=BESIDE)
    assert result.problems == ()
    assert _images(result) == [
        {"src": f"images/a.{ending}", "alt": "A room", "width": width, "height": height}
    ]


def test_a_narrow_picture_does_not_grow_on_a_phone(draw: Draw, built: Build) -> None:
    draw("narrow.png", (200, 100))
    draw("wide.png", (1072, 600))
    for name, widest in (("narrow", ["200px"]), ("wide", [])):
        email = built(ONE.format(f"images/{name}.png"), more=BESIDE).email
        assert email
        (style,) = re.findall('<img [^>]*style="([^"]*)"', email.html)
        assert "width:100%" in style
        assert re.findall("max-width:([^;]+)", style) == widest


@pytest.mark.parametrize(
    ("size", "width", "height"), [((336, 200), "168", "100"), ((100, 50), "100", "50")]
)
def test_a_picture_of_a_bulletin_is_as_wide_as_its_place_beside_the_words(
    size: tuple[int, int], width: str, height: str, draw: Draw, built: Build
) -> None:
    draw("a.png", size)
    result = built(ONE.format("images/a.png") + "layout: bulletin\n", more=BESIDE)
    assert _images(result) == [
        {"src": "images/a.png", "alt": "A room", "width": width, "height": height}
    ]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_a_png_may_have_any_kind_of_colours(mode: str, draw: Draw, built: Build) -> None:
    path = draw("a.png")
    Image.new(mode, (20, 10)).save(path)
    assert built(ONE.format("images/a.png"), more=BESIDE).problems == ()


def test_the_content_decides_what_a_picture_is_not_its_name(draw: Draw, built: Build) -> None:
    draw("photo", format="JPEG")
    draw("a.svg", (30, 10), format="PNG")
    for name, width in (("photo", "20"), ("a.svg", "30")):
        (image,) = _images(built(ONE.format(f"images/{name}"), more=BESIDE))
        assert image["width"] == width


# --- addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://cdn.example.org/n", "https://cdn.example.org/n/"),
        ("https://cdn.example.org/n/", "https://cdn.example.org/n/"),
        ("https://cdn.example.org", "https://cdn.example.org/"),
        ("images", "images/"),
    ],
)
@pytest.mark.parametrize(
    ("name", "encoded"),
    [
        ("a.png", "a.png"),
        ("École d’été (1).png", "%C3%89cole%20d%E2%80%99%C3%A9t%C3%A9%20%281%29.png"),
        ("50% & a #1?.png", "50%25%20%26%20a%20%231%3F.png"),
    ],
)
def test_a_picture_is_found_at_the_address_of_the_settings(
    name: str, encoded: str, address: str, shown: str, draw: Draw, built: Build
) -> None:
    draw(name)
    result = built(ONE.format(f"'images/{name}'"), more=f"images_url: {address}\n")
    assert result.problems == ()
    assert [image["src"] for image in _images(result)] == [shown + encoded]
    assert list(result.images) == [f"images/{name}"]


def test_the_address_of_pictures_may_be_otherwise_in_one_issue(draw: Draw, built: Build) -> None:
    draw("a.png")
    own = "settings: {images_url: https://example.org/april}\n"
    result = built(ONE.format("images/a.png") + own, more=BESIDE)
    assert [image["src"] for image in _images(result)] == ["https://example.org/april/a.png"]


def test_without_an_address_pictures_are_relative_and_one_warning_says_so(
    draw: Draw, built: Build
) -> None:
    draw("a.png")
    draw("b.png")
    more = "  - image: {src: images/b.png, alt: B}\n"
    result = built(ONE.format("images/a.png") + more)
    assert [(p.path, p.mark, p.level.word, p.code, p.message, p.hint) for p in result.problems] == [
        (
            "issues/one.yaml",
            PLACE,
            "warning",
            "no-images-url",
            "readers will not see the pictures: they have no public address yet",
            "give 'images_url' in newsletter.yaml: the https:// address that you upload them to, "
            "or 'images' if they go to your platform with the email",
        )
    ]
    assert [image["src"] for image in _images(result)] == ["images/a.png", "images/b.png"]


@pytest.mark.parametrize(
    "address", ["https://example.org/a.png?b=c&d=e", "HTTPS://example.org/photo", "https://e.org/a"]
)
def test_a_picture_of_the_web_keeps_its_address_and_has_no_height(
    address: str, built: Build
) -> None:
    result = built(ONE.format(f"'{address}'"))
    assert result.problems == ()
    assert _images(result) == [
        {"src": address.replace("&", "&amp;"), "alt": "A room", "width": "536"}
    ]
    assert result.images == {}


def test_build_copies_pictures_into_the_output_as_they_are(draw: Draw, folder: Path) -> None:
    first, second = draw("a.png", (700, 20)), draw("photos/École 1.jpg")
    (folder / "newsletter.yaml").write_text(SETTINGS + BESIDE)
    (folder / "issues" / "one.yaml").write_text(
        ONE.format("images/a.png") + "  - image: {src: photos/École 1.jpg, alt: B}\n", "utf-8"
    )
    _run("build")
    _run("build")  # over what is there
    out = folder / "output" / "one"
    made = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    assert sorted(made) == [
        "email.eml",
        "email.html",
        "email.txt",
        "images/a.png",
        "images/École 1.jpg",
        "preheader.txt",
        "subject.txt",
    ]
    assert made["images/a.png"].read_bytes() == first.read_bytes()
    assert made["images/École 1.jpg"].read_bytes() == second.read_bytes()


def test_a_jpeg_that_does_not_say_so_twice_is_inside_the_message(draw: Draw, built: Build) -> None:
    """Some cameras and web pages make them without the marks JFIF and Exif."""
    content = draw("a.jpg").read_bytes()
    length = int.from_bytes(content[4:6])
    assert content[2:4] == b"\xff\xe0"
    bare = content[:2] + content[4 + length :]
    Path("issues/images/a.jpg").write_bytes(bare)
    result = built(ONE.format("images/a.jpg"), more=BESIDE)
    assert result.problems == ()
    parts = [*message_from_bytes(result.eml()).walk()]
    assert [part.get_content_type() for part in parts] == [
        "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/jpeg",
    ]  # fmt: skip
    assert parts[-1].get_payload(decode=True) == bare


def test_the_same_picture_may_be_used_twice_and_is_copied_once(draw: Draw, built: Build) -> None:
    draw("a.png", (100, 50))
    more = "  - image: {src: ./images/../images/a.png, alt: B}\n"
    result = built(ONE.format("images/a.png") + more, more=BESIDE)
    assert result.problems == ()
    assert list(result.images) == ["images/a.png"]
    assert _images(result) == [
        {"src": "images/a.png", "alt": alt, "width": "100", "height": "50"}
        for alt in ("A room", "B")
    ]


def test_a_picture_for_mere_decoration_has_an_empty_alt(draw: Draw, built: Build) -> None:
    draw("a.png")
    result = built("title: T\ndate: 2024\nentries: [{image: {src: images/a.png, alt: ''}}]\n")
    assert [p.code for p in result.problems] == ["no-images-url"]
    assert [image["alt"] for image in _images(result)] == [""]
    assert result.email
    assert "[" not in result.email.text


def test_a_picture_may_lie_anywhere_in_the_folder_of_the_newsletter(
    draw: Draw, built: Build
) -> None:
    draw("../shared/a.png")
    result = built(ONE.format("../shared/a.png"), more=BESIDE)
    assert result.problems == ()
    assert list(result.images) == ["images/a.png"]


def test_a_link_to_a_picture_inside_the_folder_is_the_picture(draw: Draw, built: Build) -> None:
    path = draw("a.png")
    (path.parent / "b.png").symlink_to(path)
    result = built(ONE.format("images/b.png"), more=BESIDE)
    assert result.problems == ()
    assert list(result.images.values()) == [path.read_bytes()]


PROGRAM = """
import sys
from pathlib import Path
from newsletter.build import build
from newsletter.project import open_project
result = build(Path("issues/one.yaml"), open_project(Path()))
print([p.code for p in result.problems], "PIL" in sys.modules)
"""


@pytest.mark.parametrize(
    ("src", "loaded"), [("https://example.org/a.png", False), ("images/a.png", True)]
)
def test_pillow_is_loaded_for_a_file_only(src: str, loaded: bool, draw: Draw, folder: Path) -> None:
    draw("a.png")
    (folder / "newsletter.yaml").write_text(SETTINGS + BESIDE)
    (folder / "issues" / "one.yaml").write_text(ONE.format(src))
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == f"[] {loaded}\n"


# --- what is wrong ------------------------------------------------------------------------------

NO_PICTURE = (
    "image-format",
    "this file is no picture, or is damaged",
    "open it in a picture program, and save it as JPEG or PNG",
)
OUTSIDE = (
    "image-path",
    "this picture lies outside the newsletter's folder",
    "copy it to issues/images, so that whoever has the folder has the picture",
)
PATH_HINT = "write images/photo.png, with the folder beside the issue, or https://..."


def _wrong_format(name: str) -> tuple[str, str, str]:
    return (
        "image-format",
        f"many mail programs show no {name} pictures",
        "save it as JPEG (photographs) or PNG (drawings)",
    )


BY_NAME = {
    "images/panel-report.pgn": (
        "no-image",
        "there is no picture issues/images/panel-report.pgn",
        "did you mean 'panel-report.png'?",
    ),
    "images/door.png": (
        "no-image",
        "there is no picture issues/images/door.png",
        "put it into the folder 'images'",
    ),
    "pictures/panel-report.png": (
        "no-image",
        "there is no picture issues/pictures/panel-report.png",
        "there is no folder 'pictures' there",
    ),
    "../../outside.png": OUTSIDE,
    "../../nobody.png": OUTSIDE,  # nor is it said what there is outside
    "/etc/hostname": (
        "image-path",
        "'/etc/hostname' is neither a file beside the issue nor an address",
        PATH_HINT,
    ),
    "images\\panel-report.png": (
        "image-path",
        "'images\\panel-report.png' is neither a file beside the issue nor an address",
        PATH_HINT,
    ),
    "C:/panel-report.png": (
        "image-path",
        "'C:/panel-report.png' is neither a file beside the issue nor an address",
        PATH_HINT,
    ),
    "data:image/png;base64,AAAA": (
        "image-path",
        "'data:image/png;base64,AAAA' is neither a file beside the issue nor an address",
        PATH_HINT,
    ),
    "http://example.org/a.png": (
        "link-target",
        "mail programs show no picture from http://",
        "write https://, or put the file beside the issue",
    ),
    "https://example/a.png": (
        "link-target",
        "'https://example/a.png' is not a whole address",
        "write the whole address, beginning with https://",
    ),
    "''": ("image-path", "no picture is named here", "write images/photo.png"),
    "https://example.org/a.webp": _wrong_format("WebP"),
    "https://example.org/a.WebP?w=300": _wrong_format("WebP"),
    "https://example.org/a.webp#large": _wrong_format("WebP"),
    "https://example.org/a.svg": _wrong_format("SVG"),
    "https://example.org/a.avif": _wrong_format("AVIF"),
}


@pytest.mark.parametrize("src", BY_NAME)
def test_a_path_or_address_that_will_not_do_is_told(src: str, draw: Draw, built: Build) -> None:
    draw("panel-report.png")
    draw("../../outside.png")
    result = built(ONE.format(src), more=BESIDE)
    assert [(p.path, p.mark, p.level.word) for p in result.problems] == [
        ("issues/one.yaml", PLACE, "error")
    ]
    assert [(p.code, p.message, p.hint) for p in result.problems] == [BY_NAME[src]]
    assert result.email is None


def _png(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG that says that it is so large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", head), chunk(b"IDAT", data), chunk(b"IEND", b"")]
    )


def _ftyp(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1" + b"junk" * 50


BY_CONTENT = {
    "SVG": (
        b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
        _wrong_format("SVG"),
    ),
    "HEIC, as phones make it": (_ftyp(b"heic"), _wrong_format("HEIC")),
    "a damaged AVIF": (_ftyp(b"avif"), _wrong_format("AVIF")),
    "PDF": (b"%PDF-1.7\n", _wrong_format("PDF")),
    "words": (b"This is no picture.\n", NO_PICTURE),
    "nothing": (b"", NO_PICTURE),
    "a damaged DDS": (b"DDS " + struct.pack("<I", 124) + b"\0" * 120, NO_PICTURE),
    "a PNG without its data": (_png(5, 5)[:33], NO_PICTURE),
    "a PNG without size": (_png(0, 0), NO_PICTURE),
    "over 1 MB": (
        _png(5, 5, zlib.compress(b"\0" * 80)) + b"\0" * 1_460_000,
        (
            "image-too-large",
            "this picture has 1.5 MB; 1 MB is the most",
            "save it smaller: no email shows more than 1,200 pixels",
        ),
    ),
}


@pytest.mark.parametrize("case", BY_CONTENT)
def test_a_file_that_will_not_do_is_told(case: str, draw: Draw, built: Build) -> None:
    content, expected = BY_CONTENT[case]
    draw("a.png").write_bytes(content)
    result = built(ONE.format("images/a.png"), more=BESIDE)
    assert [(p.path, p.mark, p.level.word) for p in result.problems] == [
        ("issues/one.yaml", PLACE, "error")
    ]
    assert [(p.code, p.message, p.hint) for p in result.problems] == [expected]


@pytest.mark.parametrize(("format_", "name"), [("WEBP", "WebP"), ("BMP", "BMP"), ("TIFF", "TIFF")])
def test_a_format_that_mail_programs_do_not_show_is_told(
    format_: str, name: str, draw: Draw, built: Build
) -> None:
    draw("a.png", format=format_)
    (problem,) = built(ONE.format("images/a.png"), more=BESIDE).problems
    assert (problem.mark, problem.code, problem.message, problem.hint) == (
        PLACE,
        *_wrong_format(name),
    )


@pytest.mark.parametrize("ending", ["jpg", "png", "gif"])
def test_a_file_that_was_cut_off_is_told(ending: str, draw: Draw, built: Build) -> None:
    path = draw(f"a.{ending}")
    noise = Image.effect_noise((60, 60), 90)
    noise.convert("P" if ending == "gif" else "RGB").save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    (problem,) = built(ONE.format(f"images/{path.name}"), more=BESIDE).problems
    assert (problem.mark, problem.code, problem.message, problem.hint) == (PLACE, *NO_PICTURE)


@pytest.mark.parametrize("orientation", [2, 3, 6, 8])
def test_a_picture_stored_on_its_side_or_mirrored_is_told(
    orientation: int, draw: Draw, built: Build
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    draw("a.jpg", exif=exif)
    (problem,) = built(ONE.format("images/a.jpg"), more=BESIDE).problems
    assert (problem.mark, problem.code, problem.message, problem.hint) == (
        PLACE,
        "image-sideways",
        "this picture is stored on its side or mirrored, and Outlook shows it so",
        "open it in a picture program, and export it as a new picture",
    )


def test_a_picture_that_says_it_is_upright_is_fine(draw: Draw, built: Build) -> None:
    exif = Image.Exif()
    exif[0x0112] = 1
    draw("a.jpg", exif=exif)
    assert built(ONE.format("images/a.jpg"), more=BESIDE).problems == ()


def test_the_colours_of_print_are_told(draw: Draw, built: Build) -> None:
    draw("a.jpg", mode="CMYK")
    (problem,) = built(ONE.format("images/a.jpg"), more=BESIDE).problems
    assert (problem.mark, problem.code, problem.message, problem.hint) == (
        PLACE,
        "image-colours",
        "this picture has the colours of print (CMYK)",
        "save it in RGB: many mail programs show other colours wrongly",
    )


def test_a_jpeg_with_a_small_copy_of_itself_inside_is_a_jpeg(draw: Draw, built: Build) -> None:
    """As many phones and cameras save photographs (MPO): programs show the first picture."""
    draw("a.jpg", format="MPO", save_all=True, append_images=[Image.new("RGB", (5, 5))])
    result = built(ONE.format("images/a.jpg"), more=BESIDE)
    assert result.problems == ()


def test_damaged_notes_inside_a_picture_do_not_matter_and_are_not_talked_about(
    draw: Draw, built: Build
) -> None:
    draw("a.jpg", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x10\x01\x0e")
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        result = built(ONE.format("images/a.jpg"), more=BESIDE)
    assert (result.problems, heard) == ((), [])


@pytest.mark.parametrize(
    ("width", "height"), [(9500, 9500), (10_000, 10_000), (40_000, 40_000), (4_000_000, 1000)]
)
def test_far_too_many_pixels_are_told_from_the_head_of_the_file(
    width: int, height: int, draw: Draw, built: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(_: object) -> None:
        raise AssertionError("the picture was loaded")

    draw("a.png").write_bytes(_png(width, height, zlib.compress(b"\0" * 1000)))
    monkeypatch.setattr(ImageFile.ImageFile, "load", load)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")  # as outside of tests, where they are no errors
        result = built(ONE.format("images/a.png"), more=BESIDE)
    assert heard == []
    assert [(p.mark, p.code, p.message, p.hint) for p in result.problems] == [
        (PLACE, "image-too-large", "this picture has far too many pixels", "save it 1,200 wide")
    ]


def test_a_picture_without_alt_is_told(built: Build) -> None:
    issue = "title: T\ndate: 2024\nentries:\n  - image:\n      src: https://example.org/a.png\n"
    (problem,) = built(issue).problems
    assert (problem.mark, problem.code, problem.message, problem.hint) == (
        (5, 7),
        "missing",
        "an image needs 'alt'",
        "What it shows, for readers who do not see it; '' for mere decoration.",
    )


@pytest.mark.parametrize("second", ["photos/a.png", "photos/A.PNG"])
def test_two_files_of_one_name_are_told_at_the_second(
    second: str, draw: Draw, built: Build
) -> None:
    draw("a.png")
    draw(second, (30, 30), format="PNG")
    more = f"  - text: Words.\n    image: {{src: {second}, alt: B}}\n"
    result = built(ONE.format("images/a.png") + more, more=BESIDE)
    assert [(p.mark, p.code, p.message, p.hint) for p in result.problems] == [
        (
            (8, 18),
            "same-image-name",
            f"another picture of this issue is called '{Path(second).name}' too",
            "rename one of them: they are uploaded to one folder",
        )
    ]


def test_a_link_that_leads_out_of_the_folder_is_told(
    draw: Draw, built: Build, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    Image.new("RGB", (5, 5)).save(outside / "a.png")
    images = draw("here.png").parent
    (images / "file.png").symlink_to(outside / "a.png")
    (images / "folder").symlink_to(outside)
    for src in ("images/file.png", "images/folder/a.png"):
        (problem,) = built(ONE.format(src), more=BESIDE).problems
        assert (problem.mark, problem.code, problem.message, problem.hint) == (PLACE, *OUTSIDE)


def test_a_whole_path_is_told_even_to_a_picture_inside_the_folder(draw: Draw, built: Build) -> None:
    """On any other machine it leads nowhere."""
    path = draw("a.png")
    (problem,) = built(ONE.format(path), more=BESIDE).problems
    assert (problem.mark, problem.code) == (PLACE, "image-path")


def test_a_link_that_leads_to_itself_is_told(draw: Draw, built: Build) -> None:
    images = draw("here.png").parent
    (images / "a.png").symlink_to(images / "b.png")
    (images / "b.png").symlink_to(images / "a.png")
    (problem,) = built(ONE.format("images/a.png"), more=BESIDE).problems
    assert (problem.mark, problem.code) == (PLACE, "no-image")


def test_a_name_that_no_file_can_have_is_told(draw: Draw, built: Build) -> None:
    draw("here.png")
    (problem,) = built(ONE.format(f"images/{'a' * 300}.png"), more=BESIDE).problems
    assert (problem.mark, problem.code) == (PLACE, "no-image")


def test_a_folder_is_no_picture(draw: Draw, built: Build) -> None:
    draw("here.png")
    (problem,) = built(ONE.format("images"), more=BESIDE).problems
    assert (problem.mark, problem.code) == (PLACE, "no-image")


def test_the_faults_of_all_pictures_are_told_at_once(draw: Draw, built: Build) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    draw("side.jpg", exif=exif)
    path = draw("print.jpg", mode="CMYK")
    path.write_bytes(path.read_bytes() + b"\0" * 1_000_000)
    draw("words.png").write_bytes(b"words")
    result = built(
        """\
        title: T
        date: 2024
        lead:
          entries: [{image: {src: images/side.jpg, alt: A}}]
        sections:
          - entries:
              - image: {src: images/print.jpg, alt: A}
              - image: {src: images/words.png, alt: A}
          - entries:
              - image: {src: nothing.png, alt: A}
              - image: {src: "http://example.org/a.png", alt: A}
              - image: {src: "https://example.org/a.svg", alt: A}
              - image: {src: images/side.jpg}
        """
    )
    assert codes(result) == [
        (4, "image-sideways"),
        (7, "image-too-large"),
        (7, "image-colours"),
        (8, "image-format"),
        (10, "no-image"),
        (11, "link-target"),
        (12, "image-format"),
        (13, "missing"),
        (13, "image-sideways"),
    ]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("cdn", "'cdn' is not an address for pictures"),
        ("http://example.org/n", "'http://example.org/n' is not an address for pictures"),
        ("https://example", "'https://example' is not an address for pictures"),
        ("../images", "'../images' is not an address for pictures"),
    ],
)
def test_an_address_that_no_reader_can_fetch_from_is_told(
    address: str, message: str, built: Build
) -> None:
    own = f"title: T\ndate: 2024\nsettings:\n  images_url: {address}\nentries: [a]\n"
    (problem,) = built(own).problems
    assert (problem.mark, problem.code, problem.message, problem.hint) == (
        (4, 15),
        "images-url",
        message,
        "write https://... or, if the pictures go with the email, images",
    )


# --- logos --------------------------------------------------------------------------------------

WORDS = "title: T\ndate: 2024\n{}entries: [Words.]\n"


def test_the_logo_of_the_settings_lies_in_the_folder_of_the_newsletter(
    draw: Draw, built: Build
) -> None:
    path = draw("../brand/logo.png", (500, 100))
    result = built(
        WORDS.format(""),
        more=BESIDE + "brand: {logo: {src: brand/logo.png, alt: Example Trust}}\n",
    )
    assert result.problems == ()
    assert _images(result) == [
        {"src": "images/logo.png", "alt": "Example Trust", "width": "200", "height": "40"}
    ]
    assert result.images == {"images/logo.png": path.read_bytes()}
    assert result.email
    assert result.email.html.index("<img") < result.email.html.index("<h1")


def test_the_logo_of_an_issue_lies_beside_it(draw: Draw, built: Build) -> None:
    path = draw("logo.png", (100, 50))
    draw("../images/logo.png", (60, 60))
    own = "settings: {brand: {logo: {src: images/logo.png, alt: For April}}}\n"
    result = built(
        WORDS.format(own), more=BESIDE + "brand: {logo: {src: images/logo.png, alt: Always}}\n"
    )
    assert result.problems == ()
    assert _images(result) == [
        {"src": "images/logo.png", "alt": "For April", "width": "100", "height": "50"}
    ]
    assert result.images == {"images/logo.png": path.read_bytes()}


def test_a_logo_of_the_web_has_no_height(built: Build) -> None:
    result = built(WORDS.format(""), more="brand: {logo: {src: 'https://e.org/l.png', alt: L}}\n")
    assert result.problems == ()
    assert _images(result) == [{"src": "https://e.org/l.png", "alt": "L", "width": "200"}]


THEME = "description: D\nextends: {}\n"
LOGO = "logo:\n  src: {}\n  alt: L\n"


@pytest.fixture(name="themes")
def _themes(folder: Path) -> Path:
    path = folder / "templates" / "themes"
    path.mkdir(parents=True)
    return path


def test_the_logo_of_a_theme_lies_in_the_folder_of_the_newsletter(
    draw: Draw, built: Build, themes: Path
) -> None:
    path = draw("../logo.png", (20, 10))
    (themes / "mine.yaml").write_text(THEME.format("plain") + LOGO.format("logo.png"))
    result = built(WORDS.format("theme: mine\n"), more=BESIDE)
    assert result.problems == ()
    assert result.images == {"images/logo.png": path.read_bytes()}


def _missing(result: Result) -> list[tuple[str, tuple[int, int] | None, str]]:
    return [(p.path, p.mark, p.message) for p in result.problems if p.code == "no-image"]


@pytest.mark.usefixtures("folder")
def test_a_fault_of_a_logo_is_told_in_the_file_that_names_it(built: Build, themes: Path) -> None:
    in_settings = f"brand:\n{LOGO.format('nothing.png')}".replace("\n", "\n  ").rstrip() + "\n"
    own = "settings:\n" + in_settings.replace("brand", "  brand").replace("\n  ", "\n    ")
    assert _missing(built(WORDS.format(""), more=in_settings)) == [
        ("newsletter.yaml", (10, 10), "there is no picture nothing.png")
    ]
    assert _missing(built(WORDS.format(own), more=BESIDE)) == [
        ("issues/one.yaml", (6, 12), "there is no picture issues/nothing.png")
    ]
    (themes / "mine.yaml").write_text(THEME.format("plain") + LOGO.format("nothing.png"))
    assert _missing(built(WORDS.format("theme: mine\n"))) == [
        ("templates/themes/mine.yaml", (4, 8), "there is no picture nothing.png")
    ]


def test_a_fault_of_an_inherited_logo_is_told_in_the_theme_that_names_it(
    built: Build, themes: Path
) -> None:
    (themes / "mine.yaml").write_text(THEME.format("parent"))
    (themes / "parent.yaml").write_text(THEME.format("plain") + LOGO.format("nothing.png"))
    assert _missing(built(WORDS.format("theme: mine\n"))) == [
        ("templates/themes/parent.yaml", (4, 8), "there is no picture nothing.png")
    ]


def test_a_logo_and_a_picture_of_one_name_are_told_at_the_logo(draw: Draw, built: Build) -> None:
    draw("logo.png")
    draw("../brand/logo.png", (30, 30))
    result = built(
        ONE.format("images/logo.png"), more="brand: {logo: {src: brand/logo.png, alt: L}}\n"
    )
    assert [(p.path, p.mark, p.code) for p in result.problems] == [
        ("newsletter.yaml", (8, 21), "same-image-name")
    ]


def test_a_logo_may_be_a_picture_of_an_entry_too(draw: Draw, built: Build) -> None:
    draw("logo.png", (300, 100))
    result = built(
        ONE.format("images/logo.png"),
        more=BESIDE + "brand: {logo: {src: issues/images/logo.png, alt: L}}\n",
    )
    assert result.problems == ()
    assert [image["width"] for image in _images(result)] == ["200", "300"]
    assert list(result.images) == ["images/logo.png"]


def test_no_address_for_the_logo_is_told_in_the_settings(draw: Draw, built: Build) -> None:
    draw("../logo.png")
    result = built(WORDS.format(""), more=dedent("brand: {logo: {src: logo.png, alt: L}}\n"))
    assert [(p.path, p.mark, p.code) for p in result.problems] == [
        ("newsletter.yaml", (8, 21), "no-images-url")
    ]
