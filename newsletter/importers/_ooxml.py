"""A Word document's XML, reduced to what mammoth reads: words, links, headings, lists, pictures.

What mammoth would pass over without a word is put where it sees it (fields, text boxes of new
Words, formulas), and what is not part of the text goes into the log: deletions, hidden words, a
table of contents, comments.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, XMLParser, tostring

from newsletter.intake import clean
from newsletter.intake.draft import Log

MOST_ELEMENTS = 50_000
"""Elements that are left of a document; one of twenty pages has 10,000."""

DEEPEST = 100

NO_LINK = "none"
"""The id of a relationship that leads nowhere."""

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
}
# The first of each: what mammoth knows.
_ADDRESSES = {prefix: space for space, prefix in reversed(_NAMESPACES.items())}


class Declared(Exception):
    """An XML part declares a document type or entities, which no program's own parts do."""


class TooLarge(Exception):
    """An XML part has too many elements, or too many inside one another."""


class _Builder:
    """Builds a tree of what `keep` lets through, with short names: "w:p"."""

    def __init__(self, keep: Callable[[Element, str], bool | None]) -> None:
        self.keep = keep
        self.stack: list[Element] = []
        self.skipping = 0
        self.count = 0
        self.root: Element | None = None
        self.text: list[str] = []

    def doctype(self, _name: str, _public: str, _system: str) -> None:
        raise Declared

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _short(tag)
        self._words()
        if self.skipping or (self.stack and not self.keep(self.stack[-1], name)):
            self.skipping += 1
            return
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.stack) >= DEEPEST:
            raise TooLarge
        kept = {
            _short(key): value
            for key, value in attributes.items()
            if "}rsid" not in key and "}paraId" not in key and "}textId" not in key
        }
        element = Element(name, kept)
        if self.stack:
            self.stack[-1].append(element)
        else:
            self.root = element
        self.stack.append(element)

    def data(self, text: str) -> None:
        if not self.skipping:
            self.text.append(text)

    def end(self, _tag: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        self._words()
        self.stack.pop()

    def _words(self) -> None:
        """Gives the words since the last tag to the element that they stand in."""
        if self.text and self.stack:
            self.stack[-1].text = (self.stack[-1].text or "") + "".join(self.text)
        self.text = []

    def close(self) -> Element | None:
        return self.root


def _short(tag: str) -> str:
    space, _, name = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    prefix = _NAMESPACES.get(space, "")
    return f"{prefix}:{name}" if prefix else name


def parsed(part: bytes, keep: Callable[[Element, str], bool | None] | None = None) -> Element:
    """The tree of an XML part, with short names. Raises Declared, TooLarge, ParseError."""
    parser = XMLParser(target=_Builder(keep or (lambda parent, name: True)))  # noqa: S314 - no DTD
    try:
        parser.feed(part)
        root: Element | None = parser.close()
    except (ValueError, LookupError) as error:  # an encoding that there is not
        raise ParseError(str(error)) from None
    if root is None:
        raise ParseError("empty")
    return root


def written(element: Element) -> bytes:
    """A tree with short names as an XML part."""
    for one in element.iter():
        one.tag = _long(one.tag)
        for key in list(one.attrib):
            one.set(_long(key), one.attrib.pop(key))
    made: bytes = tostring(element, encoding="utf-8", xml_declaration=True)
    return made


def _long(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{{{_ADDRESSES[prefix]}}}{local}" if colon else name


# --- what of a document is kept ------------------------------------------------------------------

# Children of what only says how something looks.
_PROPERTIES: Mapping[str, frozenset[str]] = {
    "w:rPr": frozenset({"w:b", "w:i", "w:vanish", "w:webHidden", "w:del"}),
    "w:pPr": frozenset({"w:pStyle", "w:numPr", "w:rPr", "w:outlineLvl"}),
    "w:tblPr": frozenset(),
    "w:trPr": frozenset({"w:tblHeader", "w:del"}),
    "w:tcPr": frozenset({"w:gridSpan", "w:vMerge"}),
    "w:sdtPr": frozenset({"w:showingPlcHdr"}),
}
_NOTHING = frozenset(
    {
        "w:proofErr",
        "w:sectPr",
        "w:tblGrid",
        "w:bookmarkStart",
        "w:bookmarkEnd",
        "w:lastRenderedPageBreak",
        "w:commentRangeStart",
        "w:commentRangeEnd",
        "w:commentReference",
        "w:annotationRef",
        "w:footnoteRef",
        "w:endnoteRef",
        "w:sdtEndPr",
        "w:permStart",
        "w:permEnd",
        "w:tblPrEx",
        "w:fldData",
        "v:shapetype",
        "w:background",
        "wp:extent",
        "wp:effectExtent",
        "wp:cNvGraphicFramePr",
        "wp:positionH",
        "wp:positionV",
        "wp:simplePos",
        "pic:spPr",
        "pic:nvPicPr",
    }
)


def kept(parent: Element, name: str) -> bool:
    """Whether an element says anything about words, links and pictures."""
    allowed = _PROPERTIES.get(parent.tag)
    return name in allowed if allowed is not None else name not in _NOTHING


class Style(NamedTuple):
    """What a paragraph style makes of a paragraph."""

    kind: str = ""  # title, heading, quote, caption, contents; "" is an ordinary paragraph
    level: int = 0  # of a heading, from 1
    list_level: int = -1  # of an item, from 0


_LONGEST_CHAIN = 20


class _Defined(NamedTuple):
    name: str
    based_on: str
    outline: str
    number: str
    level: str


def styles_of(root: Element) -> dict[str, Style]:
    """The styles of a document by their ids; one inherits from that which it is based on. Names of
    Word's own styles are English in every language."""
    defined: dict[str, _Defined] = {}
    for one in root.iter("w:style"):
        defined.setdefault(
            one.get("w:styleId", ""),
            _Defined(
                _value(one, "w:name").lower(),
                _value(one, "w:basedOn"),
                _value(one, "w:pPr/w:outlineLvl"),
                _value(one, "w:pPr/w:numPr/w:numId"),
                _value(one, "w:pPr/w:numPr/w:ilvl"),
            ),
        )
    return {name: _style(name, defined) for name in defined}


def _style(name: str, defined: Mapping[str, _Defined]) -> Style:
    kind, level, items = "", 0, None
    for _ in range(_LONGEST_CHAIN):
        one = defined.get(name)
        if one is None:
            break
        if not kind:
            kind, level = _named(one.name, one.outline)
        if items is None and one.number:
            items = _number(one.level) if one.number != "0" else -1
        name = one.based_on
    return Style(kind, level, -1 if items is None else items)


def _named(name: str, outline: str) -> tuple[str, int]:
    if match := re.fullmatch("heading ([1-9])", name):
        return "heading", int(match[1])
    if name == "title":
        return "title", 1
    if name in ("quote", "intense quote", "block text", "quotations"):
        return "quote", 0
    if name == "caption":
        return "caption", 0
    if re.match(r"toc (?:\d|heading)|table of (?:figures|authorities)|contents (?:\d|head)", name):
        return "contents", 0
    if re.fullmatch("[0-8]", outline):
        return "heading", int(outline) + 1
    return "", 0


def _find(element: Element | None, way: str) -> Element | None:
    """The first element that a way of names leads to."""
    for name in way.split("/"):
        element = next(
            (one for one in (() if element is None else element) if one.tag == name), None
        )
    return element


def _value(element: Element, way: str) -> str:
    found = _find(element, way)
    return "" if found is None else found.get("w:val", "")


def _number(text: str) -> int:
    return min(int(text), 4) if re.fullmatch(r"\d{1,2}", text) else 0


# --- the document --------------------------------------------------------------------------------

# What mammoth reads; anything else gives way to what is inside it.
_KNOWN = frozenset(
    {
        "w:document",
        "w:body",
        "w:footnotes",
        "w:endnotes",
        "w:footnote",
        "w:endnote",
        "w:p",
        "w:r",
        "w:t",
        "w:tab",
        "w:br",
        "w:noBreakHyphen",
        "w:softHyphen",
        "w:sym",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:hyperlink",
        "w:fldChar",
        "w:instrText",
        "w:footnoteReference",
        "w:endnoteReference",
        "w:drawing",
        "wp:inline",
        "wp:anchor",
        "wp:docPr",
        "a:graphic",
        "a:graphicData",
        "pic:pic",
        "pic:blipFill",
        "a:blip",
        "a:hlinkClick",
        "w:pict",
        "w:object",
        "v:imagedata",
        "w:txbxContent",
        "w:pPr",
        "w:rPr",
        "w:tcPr",
        "w:trPr",
        "w:b",
        "w:i",
        "w:pStyle",
        "w:numPr",
        "w:numId",
        "w:ilvl",
        "w:gridSpan",
        "w:vMerge",
        "w:tblHeader",
        "w:ffData",
        "w:checkBox",
        "w:checked",
        "w:default",
    }
)
_NUMBERED = frozenset({"w:footnote", "w:endnote", "w:footnoteReference", "w:endnoteReference"})
_RENAMED = {"w:cr": "w:br", "w:ptab": "w:tab"}
_GUESSED = re.compile(
    r"\s*(?:Description automatically generated.*|AI-generated content may be incorrect\.?)\s*$",
    re.DOTALL,
)
_DELETED = "deleted, as the tracked changes of the document say"


class Rewriter:
    """Makes of a part's tree one that mammoth reads in full.

    `links` are the ids of the part's relationships, `pictures` those of pictures that there are.
    """

    def __init__(
        self, styles: Mapping[str, Style], links: Iterable[str], pictures: Iterable[str], log: Log
    ) -> None:
        self.styles = styles
        self.links = set(links)
        self.pictures = set(pictures)
        self.log = log
        self.titled = False
        self.contents: list[str] = []

    def rewritten(self, root: Element) -> Element:
        """The whole part."""
        self.titled = any(self._style(p).kind == "title" for p in root.iter("w:p"))
        made = Element(root.tag)
        made.extend(self._children(root))
        self.log.leave(" ".join(self.contents), "the table of contents")
        return made

    def _children(self, element: Element) -> list[Element]:
        return [new for child in element for new in self._element(child)]

    def _element(self, element: Element) -> Iterator[Element]:
        tag = _RENAMED.get(element.tag, element.tag)
        if tag in ("w:del", "w:moveFrom"):
            self.log.leave(words(element), _DELETED)
        elif tag == "mc:AlternateContent":
            yield from self._alternative(element)
        elif tag == "w:sdt":
            yield from self._control(element)
        elif tag == "w:hyperlink":
            yield from self._link(element)
        elif tag == "w:fldSimple":
            yield from self._field(element)
        elif tag in ("m:t", "a:t"):
            run = Element("w:r")
            run.append(_text(element.text or ""))
            yield run
        elif tag == "w:t":
            yield _text(element.text or "")
        elif tag == "w:r":
            yield from self._run(element)
        elif tag == "w:p":
            yield from self._paragraph(element)
        elif tag == "w:tr" and _find(element, "w:trPr/w:del") is not None:
            self.log.leave(words(element), _DELETED)
        elif tag in ("wp:inline", "wp:anchor"):
            yield from self._drawing(element)
        elif tag == "v:imagedata":
            if element.get("r:id") in self.pictures:
                yield self._copy(element)
        elif tag in _KNOWN:
            yield self._copy(element, tag)
        else:
            yield from self._children(element)

    def _copy(self, element: Element, tag: str = "") -> Element:
        made = Element(tag or element.tag, element.attrib)
        made.text = element.text
        made.extend(self._children(element))
        if made.tag in _NUMBERED and "w:id" not in made.attrib:
            made.set("w:id", "")
        if made.tag == "w:gridSpan" and not re.fullmatch(r"\d{1,3}", made.get("w:val", "")):
            made.set("w:val", "1")
        if made.tag == "w:sym" and not re.fullmatch("[0-9a-fA-F]{1,6}", made.get("w:char", "")):
            made.tag = "w:softHyphen"  # nothing that anybody sees
        return made

    def _link(self, element: Element) -> Iterator[Element]:
        """A link; one to a place in the document leads nowhere outside it."""
        if "r:id" not in element.attrib:
            yield from self._children(element)
        else:
            made = Element("w:hyperlink", {"r:id": self._known(element.get("r:id", ""))})
            if anchor := element.get("w:anchor"):
                made.set("w:anchor", anchor)
            made.extend(self._children(element))
            yield made

    def _known(self, name: str) -> str:
        return name if name in self.links else NO_LINK

    def _alternative(self, element: Element) -> Iterator[Element]:
        form = _form(element)
        if form is not None:
            yield from self._children(form)

    def _control(self, element: Element) -> Iterator[Element]:
        """What somebody has put into a form's field."""
        inside = _find(element, "w:sdtContent")
        if inside is None:
            return
        if _find(element, "w:sdtPr/w:showingPlcHdr") is not None:
            self.log.leave(words(inside), "the words of a form that nobody has filled in")
            return
        yield from self._children(inside)

    def _field(self, element: Element) -> Iterator[Element]:
        """A field on one element, as the several that mammoth knows."""
        kinds = ("begin", "", "separate", "end")
        for kind in kinds:
            run = Element("w:r")
            if kind:
                run.append(Element("w:fldChar", {"w:fldCharType": kind}))
            else:
                instruction = Element("w:instrText")
                instruction.text = element.get("w:instr", "")
                run.append(instruction)
            if kind == "end":
                yield from self._children(element)
            yield run

    def _run(self, element: Element) -> Iterator[Element]:
        hidden = _find(element, "w:rPr/w:vanish")
        if hidden is not None and hidden.get("w:val") not in ("0", "false", "off"):
            self.log.leave(words(element), "hidden words of the document")
            return
        yield self._copy(element)

    def _drawing(self, element: Element) -> Iterator[Element]:
        """The pictures and the words of a drawing, however it is made, as mammoth knows them."""
        about = _find(element, "wp:docPr")
        alt = {} if about is None else about.attrib
        said = alt.get("descr", "").strip() or alt.get("title", "").strip()
        inside = list(_outermost(element, _DRAWN))
        blips = [one.get("r:embed", "") for one in inside if one.tag == "a:blip"]
        known = [name for name in blips if name in self.pictures]
        for name in known:
            yield self._picture(name, self._alt(said), about)
        if not known:
            self.log.leave(said, "the description of a drawing that is not taken")
        group = Element("w:pict")
        for one in inside:
            box = Element("w:txbxContent")
            if one.tag == "w:txbxContent":
                box.extend(self._children(one))
                group.append(box)
            elif one.tag == "a:p":
                run, paragraph = Element("w:r"), Element("w:p")
                run.append(_text(words(one)))
                paragraph.append(run)
                box.append(paragraph)
                group.append(box)
        if len(group):
            yield group

    def _alt(self, said: str) -> str:
        """What a picture shows; not what Word says of its own guess."""
        match = _GUESSED.search(said)
        if not match:
            return said
        self.log.leave(match[0], "Word's own remark on a picture's description")
        return said[: match.start()]

    def _picture(self, name: str, alt: str, about: Element | None) -> Element:
        made = Element("wp:inline")
        properties = Element("wp:docPr", {"descr": alt})
        click = None if about is None else _find(about, "a:hlinkClick")
        if click is not None:
            link = self._known(click.get("r:id", ""))
            properties.append(Element("a:hlinkClick", {"r:id": link}))
        made.append(properties)
        inner = made
        for tag in ("a:graphic", "a:graphicData", "pic:pic", "pic:blipFill"):
            outer, inner = inner, Element(tag)
            outer.append(inner)
        inner.append(Element("a:blip", {"r:embed": name}))
        return made

    # --- paragraphs ---

    def _style(self, paragraph: Element) -> Style:
        given = _value(paragraph, "w:pPr/w:pStyle")
        style = self.styles.get(given) or Style(*_named(given.lower(), ""))
        outline = _value(paragraph, "w:pPr/w:outlineLvl")
        if re.fullmatch("[0-8]", outline) and not style.kind:
            style = style._replace(kind="heading", level=int(outline) + 1)
        return style

    def _paragraph(self, element: Element) -> Iterator[Element]:
        style = self._style(element)
        if style.kind == "contents":
            if found := words(element):
                self.contents.append(found)
            return
        made = Element("w:p")
        made.append(self._properties(element, style))
        for child in element:
            if child.tag != "w:pPr":
                made.extend(self._element(child))
        yield made

    def _properties(self, element: Element, style: Style) -> Element:
        properties = Element("w:pPr")
        name = self._name(style)
        if name:
            properties.append(Element("w:pStyle", {"w:val": name}))
        level = style.list_level
        own = _find(element, "w:pPr/w:numPr")
        if own is not None and _value(own, "w:numId"):
            level = _number(_value(own, "w:ilvl")) if _value(own, "w:numId") != "0" else -1
        if level >= 0 and not name:
            numbering = Element("w:numPr")
            numbering.append(Element("w:ilvl", {"w:val": str(level)}))
            numbering.append(Element("w:numId", {"w:val": "1"}))
            properties.append(numbering)
        mark = _find(element, "w:pPr/w:rPr/w:del")
        if mark is not None:  # it goes on in the next paragraph
            run = Element("w:rPr")
            run.append(Element("w:del"))
            properties.append(run)
        return properties

    def _name(self, style: Style) -> str:
        if style.kind == "heading":
            return f"Heading{min(style.level + self.titled, 6)}"
        return {"title": "Heading1", "quote": "Quote", "caption": "Caption"}.get(style.kind, "")


def _text(text: str) -> Element:
    made = Element("w:t")
    made.text = text
    return made


_TEXTS = frozenset({"w:t", "w:delText", "m:t", "a:t"})
_GAPS = frozenset({"w:tab", "w:br", "w:cr", "w:p", "w:tc", "w:ptab", "a:p"})
_DRAWN = frozenset({"w:txbxContent", "a:blip", "a:p"})
_SHOWN = _TEXTS | {"a:blip", "v:imagedata"}


def _walk(element: Element, ends: frozenset[str] = frozenset()) -> Iterator[Element]:
    """An element and what is inside it, in order, one form only of what is there in several;
    nothing inside those whose names are `ends`."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        yield one
        if one.tag == "mc:AlternateContent":
            form = _form(one)
            waiting += [] if form is None else [form]
        elif one.tag not in ends:
            waiting += reversed(one)


def _form(element: Element) -> Element | None:
    """Of several forms of one thing, the first that has words or a picture."""
    for form in element:
        if any(one.tag in _SHOWN for one in form.iter()):
            return form
    return None


def _outermost(element: Element, names: frozenset[str]) -> Iterator[Element]:
    return (one for one in _walk(element, names) if one.tag in names)


def words(element: Element) -> str:
    """All words inside an element, on one line."""
    found = []
    for one in _walk(element):
        if one.tag in _TEXTS:
            found.append(one.text or "")
        elif one.tag in _GAPS:
            found.append(" ")
    return clean.line("".join(found))
