"""Word documents for tests, part by part: as small as Word still reads them."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

# As Word in German names them: the ids are translated, the names are not.
_STYLES = {
    "Titel": "Title",
    "berschrift1": "heading 1",
    "berschrift2": "heading 2",
    "Zitat": "Quote",
    "Beschriftung": "caption",
    "Verzeichnis1": "toc 1",
}


def run(words: str, marks: str = "") -> str:
    """A run of words; `marks` are its properties."""
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*inner: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; what does not begin with "<" is a run's words."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "".join(one if one.startswith("<") else run(one) for one in inner)
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{runs}</w:p>"


def item(*inner: str, level: int = 0) -> str:
    """A paragraph of a list."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'
    return paragraph(*inner, properties=number)


def link(words: str, name: str) -> str:
    """A link to the relationship `name`."""
    return f'<w:hyperlink r:id="{name}">{run(words)}</w:hyperlink>'


def table(*rows: tuple[str, ...]) -> str:
    """A table of words."""
    lines = (
        "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in cells) for cells in rows
    )
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def picture(name: str, alt: str) -> str:
    """A run with the picture of relationship `name`."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{alt}"/>'
        "<a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        f'<a:blip r:embed="{name}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def part(name: str, inner: str) -> str:
    """An XML part whose root is `name`: "footnotes"."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:{name} {_SPACES}>{inner}</w:{name}>'


def relations(**targets: str) -> str:
    """Relationships by their ids: addresses are links, files pictures."""
    rows = "".join(
        f'<Relationship Id="{name}" Type="{_TYPES}/hyperlink" Target="{target}" '
        'TargetMode="External"/>'
        if ":" in target
        else f'<Relationship Id="{name}" Type="{_TYPES}/image" Target="{target}"/>'
        for name, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{rows}</Relationships>'


def document(
    *body: str,
    targets: Mapping[str, str] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A document. `targets` are its relationships, `parts` what it has besides, or otherwise."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in _STYLES.items()
    )
    styles += (
        '<w:style w:type="paragraph" w:styleId="Rubrik"><w:name w:val="Rubrik"/>'
        '<w:basedOn w:val="berschrift1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="List Bullet"/>'
        '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    )
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_CONTENT}"><Override PartName="/word/document.xml" '
            f'ContentType="{_MAIN}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
            f'Type="{_TYPES}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": part("document", f"<w:body>{''.join(body)}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": relations(**(targets or {})),
        "word/styles.xml": part("styles", styles),
    }
    return zipped(made | dict(parts or {}))


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file of these parts."""
    package = BytesIO()
    with ZipFile(package, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            # A type stands first in a file, to be read without unpacking it.
            made.writestr(name, content, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return package.getvalue()


def png(colour: str) -> bytes:
    """A small picture."""
    made = BytesIO()
    Image.new("RGB", (60, 40), colour).save(made, "PNG")
    return made.getvalue()
