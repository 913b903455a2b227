"""A Word document (.docx)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from newsletter.importers import Given
from newsletter.importers._ooxml import (
    NO_LINK,
    Declared,
    Rewriter,
    Style,
    TooLarge,
    kept,
    parsed,
    styles_of,
    words,
    written,
)
from newsletter.importers._package import Package, looks_like
from newsletter.intake import clean, html
from newsletter.intake.blocks import Block, cut
from newsletter.intake.draft import Draft, Log
from newsletter.intake.shapes import shaped
from newsletter.problems import NewsletterError, cannot

SUFFIXES = (".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf", ".pages")


def detect(given: Given) -> int:
    """Whether it is a document of Word, or of a program that can save one."""
    return looks_like(given.raw)


def read(given: Given, log: Log) -> Draft:
    """The draft. Pictures are in its files. Raises NewsletterError for what is no Word document,
    damaged, protected or too large."""
    package = Package(given, log)
    try:
        document = _reduced(package, log)
    except Declared:
        raise cannot(
            given.name,
            "format",
            "this document declares XML entities, which Word never does: it is not read",
            "open it in Word, and save it under another name",
        ) from None
    except (TooLarge, RecursionError):
        raise package.too_large() from None
    except ParseError:
        raise package.broken() from None
    pictures = _named(document.pictures, given.name)
    try:
        markup = _html(document, pictures)
    except Exception:
        # mammoth raises whatever comes about where a document is not as Word writes it.
        raise package.broken() from None
    try:
        page = html.read(markup, log)
    except NewsletterError:  # it does not know the file's name
        raise package.too_large() from None
    blocks = clean.cleaned(map(_listed, page.blocks), given.language, log)
    draft = shaped(blocks, given.language, log, layout=given.layout)
    return draft._replace(files=_used(draft, pictures, log))


# --- the parts -----------------------------------------------------------------------------------


class _Part(NamedTuple):
    """An XML part, and what its relationships lead to, by their ids."""

    root: Element
    links: Mapping[str, str]
    pictures: Mapping[str, str]  # the names of parts


class _Document(NamedTuple):
    """What mammoth gets: each part as bytes, by its name; pictures by their names."""

    parts: Mapping[str, bytes]
    pictures: Mapping[str, bytes]


_BEGINS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF87a": "gif", b"GIF89a": "gif"}


def _reduced(package: Package, log: Log) -> _Document:
    """The document without all that says nothing. Raises Declared, TooLarge, ParseError."""
    main = _main(package)
    styles = _styles(package, main)
    parts: dict[str, bytes] = {}
    pictures: dict[str, bytes] = {}
    shown: dict[str, str] = {}  # what parts with pictures are called for mammoth; "" is left out
    referred: set[tuple[str, str | None]] = set()
    notes = {"footnotes": _beside(main, "footnotes"), "endnotes": _beside(main, "endnotes")}
    for name, source in {"document": main, **notes}.items():
        if source not in package.parts:
            continue
        root, relations = parsed(package.xml(source), kept), _relations(package, source)
        known = {}
        for key, (kind, target, external) in relations.items():
            if kind == "image":
                known[key] = _shown(target, external, package, shown, pictures, log)
        links = {key: target for key, (kind, target, _) in relations.items() if kind == "hyperlink"}
        known = {key: path for key, path in known.items() if path}
        made = Rewriter(styles, links, known, log).rewritten(root)
        if name == "document":
            referred = {(one.tag, one.get("w:id")) for one in made.iter() if "Ref" in one.tag}
        else:
            _leave_unused(made, referred, log)
        parts[f"word/{name}.xml"] = written(made)
        parts[f"word/_rels/{name}.xml.rels"] = _relationships(links, known)
    _leave_others(package, main, log)
    return _Document(parts, pictures)


def _leave_unused(notes: Element, referred: set[tuple[str, str | None]], log: Log) -> None:
    """Log the notes that nothing refers to; the others begin with their words."""
    for note in notes:
        _begin_with_words(note)
        if (f"{note.tag}Reference", note.get("w:id")) not in referred:
            log.leave(words(note), "a footnote that nothing refers to")


def _begin_with_words(note: Element) -> None:
    """Empties what stands between a note's number and its words."""
    for one in note.iter():
        if one.tag == "w:tab":
            one.tag = "w:softHyphen"  # nothing that anybody sees
        if one.tag == "w:t":
            one.text = (one.text or "").lstrip()
            if one.text:
                return


def _main(package: Package) -> str:
    """The name of the document's main part."""
    for kind, target, _ in _relations(package, "").values():
        if kind == "officeDocument" and target in package.parts:
            return target
    found = [name for name in package.parts if re.fullmatch(r"word/document\d*\.xml", name)]
    if not found:
        raise package.broken()
    return found[0]


def _beside(main: str, name: str) -> str:
    folder, slash, _ = main.rpartition("/")
    return f"{folder}{slash}{name}.xml"


def _styles(package: Package, main: str) -> Mapping[str, Style]:
    content = package.xml(_beside(main, "styles"))
    return styles_of(parsed(content, kept)) if content else {}


def _relations(package: Package, part: str) -> dict[str, tuple[str, str, bool]]:
    """What the relationships of a part lead to, by their ids: kind, target, whether it is outside
    the document."""
    folder, slash, name = part.rpartition("/")
    content = package.xml(f"{folder}{slash}_rels/{name}.rels")
    found = {}
    for one in parsed(content) if content else ():
        kind = (one.get("Type") or "").rpartition("/")[2]
        target, external = one.get("Target") or "", one.get("TargetMode") == "External"
        if not external and kind != "hyperlink":
            target = target[1:] if target.startswith("/") else _joined(folder, target)
        found[one.get("Id") or ""] = (kind, target, external)
    return found


def _joined(folder: str, target: str) -> str:
    way = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            del way[-1:]
        elif step != ".":
            way.append(step)
    return "/".join(way)


def _shown(
    target: str,
    external: bool,
    package: Package,
    shown: dict[str, str],
    pictures: dict[str, bytes],
    log: Log,
) -> str:
    """What a picture is called for mammoth, "" if it cannot be shown; its bytes go into
    `pictures`."""
    if target not in shown:
        content = b"" if external else package.picture(target)
        ending = next((end for begin, end in _BEGINS.items() if content.startswith(begin)), "")
        shown[target] = f"media/{len(pictures) + 1}.{ending}" if ending else ""
        name = target.rpartition("/")[2]
        if ending:
            pictures[shown[target]] = content
        elif external:
            log.notice(f"the picture '{target}' is only linked, not in the document")
        elif content:
            log.notice(f"'{name}' is in a form that emails cannot show: save it as PNG or JPEG")
    return shown[target]


_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _relationships(links: Mapping[str, str], pictures: Mapping[str, str]) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    root = Element("Relationships", {"xmlns": space})
    for kind, targets in (("hyperlink", {**links, NO_LINK: "#"}), ("image", pictures)):
        for key, target in targets.items():
            given = {"Id": key, "Type": f"{_TYPES}/{kind}", "Target": target}
            root.append(Element("Relationship", given))
    return written(root)


_OTHERS = (
    (r"header\d*\.xml", "it stands at the head of each page"),
    (r"footer\d*\.xml", "it stands at the foot of each page"),
    (r"charts/chart\d*\.xml", "it stands in a chart"),
    (r"diagrams/data\d*\.xml", "it stands in a diagram"),
)


def _leave_others(package: Package, main: str, log: Log) -> None:
    """Log the words of all other parts, and comments with who made them."""
    folder = _beside(main, "")[: -len(".xml")]
    for name in package.parts:
        for pattern, why in _OTHERS:
            if re.fullmatch(re.escape(folder) + pattern, name):
                log.leave(words(parsed(package.xml(name), kept)), why)
    if content := package.xml(f"{folder}comments.xml"):
        for comment in parsed(content, kept):
            author = clean.line(comment.get("w:author") or "")
            log.leave(words(comment), f"a comment by {author}" if author else "a comment")
    if any(name.startswith(f"{folder}afchunk") for name in package.parts):
        log.notice("a part of another file is inside this document, and is not read")


# --- mammoth -------------------------------------------------------------------------------------

_STYLES = """
p.Quote => blockquote > p:fresh
p.Caption => p.caption:fresh
"""
_NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="1">'
    + "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="bullet"/></w:lvl>' for level in range(5))
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="jpg" ContentType="image/jpeg"/>'
    '<Default Extension="gif" ContentType="image/gif"/></Types>'
)


def _html(document: _Document, pictures: Mapping[str, bytes]) -> str:
    """The document as HTML; pictures by the names of their files."""
    import mammoth

    package = BytesIO()
    with ZipFile(package, "w") as made:
        made.writestr("[Content_Types].xml", _CONTENT_TYPES)
        made.writestr("word/numbering.xml", _NUMBERING)
        for name, content in document.parts.items():
            made.writestr(name, content)
        for name, content in document.pictures.items():
            made.writestr(f"word/{name}", content)
    names = {content: name for name, content in pictures.items()}

    @mammoth.images.img_element  # type: ignore[untyped-decorator]
    def source(image: Any) -> dict[str, str]:
        with image.open() as content:
            return {"src": names[content.read()]}

    result = mammoth.convert_to_html(
        package,
        style_map=_STYLES,
        include_embedded_style_map=False,
        convert_image=source,
        transform_document=_with_notes,
    )
    return _FIGURE.sub(
        r"<figure>\g<picture><figcaption>\g<caption></figcaption></figure>", str(result.value)
    )


_FIGURE = re.compile(
    r"<p>(?P<picture><img [^<>]*/>)</p>"
    r'<p class="caption">(?P<caption>(?:(?!</?p[ >]).){1,1000})</p>'
)


def _with_notes(document: Any) -> Any:
    """The document with each footnote in brackets after the paragraph that it belongs to; below
    headings, as a paragraph of its own."""
    return _Notes(document).document()


class _Notes:
    """Puts a document's footnotes and endnotes where they belong."""

    def __init__(self, document: Any) -> None:
        from mammoth import documents

        self.documents = documents
        self.given = document
        self.used: set[tuple[str, str]] = set()

    def document(self) -> Any:
        children = self._children(self.given, [])
        return self.given.copy(children=children, notes=self.documents.notes([]), comments=[])

    def _children(self, element: Any, notes: list[Any]) -> list[Any]:
        """The children of an element; `notes` takes those that they refer to."""
        found: list[Any] = []
        for child in element.children:
            if isinstance(child, self.documents.NoteReference):
                notes += self._note(child)
            elif isinstance(child, self.documents.Paragraph):
                found += self._paragraph(child)
            elif isinstance(child, self.documents.Hyperlink) and not child.href:
                found += self._children(child, notes)  # to a place in the document
            elif hasattr(child, "children"):
                new = child.copy(children=self._children(child, notes))
                if isinstance(child, self.documents.Hyperlink):
                    # A field may say after the address what is shown when one points at it.
                    new = new.copy(href=child.href.partition('"')[0], anchor=None)
                found.append(new)
            else:
                found.append(child)
        return found

    def _paragraph(self, paragraph: Any) -> list[Any]:
        notes: list[Any] = []
        children = self._children(paragraph, notes)
        if not notes:
            return [paragraph.copy(children=children)]
        if (paragraph.style_id or "").startswith("Heading"):
            return [paragraph.copy(children=children), *notes]
        for note in notes:
            children += [self._text(" ("), *note.children, self._text(")")]
        return [paragraph.copy(children=children)]

    def _text(self, words: str) -> Any:
        return self.documents.run([self.documents.text(words)])

    def _note(self, reference: Any) -> Iterator[Any]:
        """The paragraphs of a note as one, the first time that it is referred to."""
        key = (reference.note_type, reference.note_id)
        try:
            note = self.given.notes.resolve(reference)
        except KeyError:
            return
        if key in self.used:
            return
        self.used.add(key)
        children: list[Any] = []
        for paragraph in self._paragraphs(note.body):
            children += [self._text(" ")] if children else []
            children += self._children(paragraph, [])
        if children:
            yield self.documents.paragraph(children)

    def _paragraphs(self, elements: Iterable[Any]) -> Iterator[Any]:
        for element in elements:
            if isinstance(element, self.documents.Paragraph):
                yield element
            elif hasattr(element, "children"):
                yield from self._paragraphs(element.children)


# --- blocks --------------------------------------------------------------------------------------

_BULLET = re.compile(r"\s*[•·▪◦●○‣∙\uf0b7]\s+(?=\S)")


def _listed(block: Block) -> Block:
    """A paragraph with a bullet that somebody has typed is an item."""
    text = "".join(span.words for span in block.spans)
    match = _BULLET.match(text)
    if block.kind != "paragraph" or not match:
        return block
    return block._replace(kind="item", level=1, spans=cut(block.spans, match.end()))


def _named(pictures: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """The pictures by the files that they become: images/NAME-1.png."""
    stem = re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-")[:40].strip("-")
    return {
        f"images/{stem or 'word'}-{number}.{inner.rpartition('.')[2]}": content
        for number, (inner, content) in enumerate(pictures.items(), 1)
    }


def _used(draft: Draft, pictures: Mapping[str, bytes], log: Log) -> dict[str, bytes]:
    """The pictures that entries have; the others are told."""
    used = {entry.image.src for entry in draft.entries if entry.image}
    for name in pictures:
        if name not in used:
            log.notice(f"the picture '{name}' found no place in the draft, and is not saved")
    return {name: content for name, content in pictures.items() if name in used}
