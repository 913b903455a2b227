"""HTML in, blocks out: the one way of web pages, emails, Word documents and feeds' articles."""

import re
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote_to_bytes, urljoin

from lxml import etree

from newsletter.intake import chrome
from newsletter.intake.blocks import NOWHERE, Block, Picture, Span, merged, trimmed, words_of
from newsletter.intake.draft import Log
from newsletter.problems import NewsletterError, cannot

MOST_TAGS = 100_000
"""How many tags are read: ten times as many as a long page has. Each takes memory."""

MOST_CHARACTERS = 20_000_000
MOST_BLOCKS = 5_000


class Page(NamedTuple):
    """What a page holds. `title` is that of its head."""

    blocks: tuple[Block, ...]
    title: str = ""
    language: str = ""


def read(markup: str, log: Log, base: str = "", name: str = "") -> Page:
    """The blocks of a page. `base` is its address, for links that are a part of one; `name` what an
    editor knows it by.

    Raises NewsletterError for a page that is too large.
    """
    if len(markup) > MOST_CHARACTERS or markup.count("<") > MOST_TAGS:
        raise _too_large(name or base)
    root = _parsed(markup, log, name or base)
    if root is None:
        return Page(())
    found = _content(root)
    if found is not root:
        _leave_outside(found, log)
    reader = _Reader(_base(root, base), log, in_article=found is not root)
    reader.read(found)
    if len(reader.blocks) > MOST_BLOCKS:
        raise _too_large(name or base)
    titles = _titles(root)
    for title in titles[1:]:
        log.leave(title, "another title of the page")
    title = titles[0] if titles else _shared_title(root)
    return Page(tuple(_kept(reader.blocks, log)), title, _language(root))


# --- the tree ------------------------------------------------------------------------------------


def _too_large(name: str) -> NewsletterError:
    return cannot(
        name or "-",
        "file-too-large",
        "this is larger than the page of any newsletter",
        "save the page of one newsletter, not of a whole site",
    )


def _parsed(markup: str, log: Log, name: str) -> Any:
    root, limits = _tree(markup)
    if any("depth" in limit for limit in limits):
        log.notice("the page is nested so deeply that only its words and links are read")
        root, limits = _tree(_flat(markup))
    if limits:
        raise _too_large(name)
    return root


def _tree(markup: str) -> tuple[Any, list[str]]:
    """The root, None if there is nothing; and the limits that the parser has stopped at: more than
    255 elements around one, a word of more than 10 MB."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    text = markup.replace("\0", "\ufffd").encode("utf-8", "replace")
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        root = None
    messages = [error.message for error in parser.error_log.filter_from_fatals()]
    return root, [one for one in messages if "Excessive" in one or "limit" in one]


_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)([^<>]*)>")
_FLAT = frozenset({"a", "img", "br", "hr", "script", "style", "title", "html", "head", "body"})


def _flat(markup: str) -> str:
    def replaced(match: re.Match[str]) -> str:
        name = match[2].lower()
        if name in _FLAT:
            return match[0]
        return "" if name in chrome.INLINE else "<p>"

    return _TAG.sub(replaced, markup)


def _base(root: Any, address: str) -> str:
    """What addresses on the page are parts of."""
    if not address:
        named = [
            one.get("href") or one.get("content") or ""
            for one in root.iter("link", "meta")
            if one.get("rel") == "canonical" or one.get("property") == "og:url"
        ]
        address = next((one for one in named if one.startswith("http")), "")
    for one in root.iter("base"):
        if one.get("href"):
            return _joined(address, one.get("href"))
    return address


def _joined(base: str, href: str) -> str:
    href = re.sub(r"[\t\r\n]", "", href).strip()
    try:
        return urljoin(base, href)
    except ValueError:
        return href


def _titles(root: Any) -> list[str]:
    titles = (" ".join("".join(one.itertext()).split()) for one in root.iter("title"))
    return [title for title in titles if title]


def _shared_title(root: Any) -> str:
    """The title that social networks are to show."""
    for one in root.iter("meta"):
        if one.get("property") == "og:title":
            return " ".join((one.get("content") or "").split())
    return ""


def _language(root: Any) -> str:
    return (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    ).strip()


def _content(root: Any) -> Any:
    """What a page says to be its main part, or the only article; else all of it."""
    mains = [one for one in root.iter() if one.tag == "main" or one.get("role") == "main"]
    articles = [
        one for one in root.iter("article") if next(one.iterancestors("article"), None) is None
    ]
    found = mains[0] if mains else articles[0] if len(articles) == 1 else root
    # One that a script would fill, or that is only a teaser.
    if not chrome.longer(found, 200) and chrome.longer(root, 2000):
        return root
    return found


def _leave_outside(found: Any, log: Log) -> None:
    why = "outside the article"
    inside = {found, *found.iterancestors()}
    for outer in found.iterancestors():
        log.leave(outer.text or "", why)
        for one in outer:
            if one not in inside and one.tag not in chrome.SILENT:
                log.leave(chrome.words(one), why)
            log.leave(one.tail or "", why)


# --- the walk ------------------------------------------------------------------------------------

Kind = Literal["heading", "paragraph", "item", "quotation"]


class _How(NamedTuple):
    """How words are set where they stand. `joint` stands between the paragraphs of a block that is
    one whatever is in it: an item, a heading, a row of a table."""

    kind: Kind = "paragraph"
    level: int = 0
    lists: int = 0
    joint: str = ""
    row: bool = False
    spaced: bool = False  # as in <pre>
    large: bool = False
    url: str = ""
    strong: bool = False
    emphasis: bool = False

    def span(self, words: str) -> Span:
        return Span(words, self.url, self.strong, self.emphasis)


_SPACES = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = re.compile(r"[\s\u00ad\u034f\u061c\u200b-\u200f\u2060-\u2064\ufeff]*")
_SHORT = 120  # characters of a heading


class _Reader:
    """Goes through a tree once, and collects blocks."""

    def __init__(self, base: str, log: Log, in_article: bool) -> None:
        self.base = base
        self.log = log
        self.in_article = in_article
        self.blocks: list[Block] = []
        self.spans: list[Span] = []
        self.pictures: list[Block] = []  # that stand among the words of the block to come
        self.how = _How()  # of the first of its words
        self.large = True
        self.joint = ""
        self.figures: list[int] = []
        self.captions: list[tuple[int, int]] = []

    def read(self, root: Any) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        hows = [_How()]
        skipped: Any = None
        for event, element in walk:
            if event == "start":
                how = self._opened(element, hows[-1])
                if how is None:
                    walk.skip_subtree()
                    skipped = element
                    how = hows[-1]
                else:
                    self._text(element.text, how)
                hows.append(how)
            else:
                how = hows.pop()
                if element is skipped:
                    skipped = None
                else:
                    self._closed(element, how, hows[-1])
                if element is not root:
                    self._text(element.tail, hows[-1])
        self._flush()

    def _opened(self, element: Any, how: _How) -> _How | None:
        """How the words inside are set; None leaves all of the element out."""
        tag = element.tag
        if tag in chrome.SILENT:
            return None
        if tag == "br":
            self._break(how)
            return None
        if tag == "img":
            self._picture(element, how)
            return None
        if tag == "iframe":
            self._player(element, how)
            return None
        if why := chrome.around(element, self.in_article):
            self.log.leave(chrome.words(element), why)
            if tag not in chrome.INLINE:
                self._boundary(element, how)
            return None
        if tag not in chrome.INLINE:
            self._boundary(element, how)
        if tag == "hr":
            self.blocks.append(Block("divider"))
            return None
        if _is_figure(element):
            self.figures.append(len(self.blocks))
        return self._set(element, _styled(element, how))

    def _set(self, element: Any, how: _How) -> _How:
        tag = element.tag
        if tag == "a":
            return how._replace(url=self._target(element))
        if tag in ("ul", "ol", "menu", "dir"):
            return how._replace(lists=how.lists + 1, joint="", row=False)
        if tag == "li":
            if chrome.contains(element, *_LAYOUT):
                return how._replace(kind="paragraph", level=0, joint="")
            return how._replace(kind="item", level=max(how.lists, 1), joint="\n")
        if re.fullmatch("h[1-6]", tag) and not chrome.longer(element, 400):
            return how._replace(kind="heading", level=int(tag[1]), joint="\n")
        if tag == "blockquote" and not _is_forwarded(element):
            return how._replace(kind="quotation", level=0, joint="")
        if tag == "table" and _is_data(element):
            return how._replace(kind="item", level=how.lists + 1, joint=" ", row=True)
        if tag in ("td", "th") and how.row:
            self._cell(element)
        if tag == "caption":
            return how._replace(kind="paragraph", level=0, joint="", row=False)
        if tag in ("pre", "listing", "xmp", "plaintext"):
            return how._replace(spaced=True)
        if _is_caption(element):
            self._flush()
            self.captions.append((len(self.blocks), -1))
        return how

    def _closed(self, element: Any, how: _How, outer: _How) -> None:
        if element.tag in chrome.INLINE:
            return
        self._boundary(element, outer)
        if _is_caption(element) and self.captions and self.captions[-1][1] < 0:
            self._flush()
            self.captions[-1] = (self.captions[-1][0], len(self.blocks))
        if _is_figure(element):
            self._flush()
            self._captioned(self.figures.pop())

    def _boundary(self, element: Any, how: _How) -> None:
        """A block begins or ends here, inside one that is set like `how`."""
        if how.row and element.tag in ("tr", "thead", "tbody", "tfoot"):
            self._flush()
        elif how.joint and element.tag not in _BREAKING:
            self.joint = how.joint
        else:
            self._flush()

    # --- words ---

    def _text(self, words: str | None, how: _How) -> None:
        if not words:
            return
        if not how.spaced:
            self._words(_SPACES.sub(" ", words), how)
            return
        for number, part in enumerate(re.split(r"\n[ \t]*\n\s*", words.replace("\r", ""))):
            if number:
                self._break(how)
                self._break(how)
            self._words(part.replace("\t", " "), how)

    def _words(self, words: str, how: _How) -> None:
        if not self.spans or self.joint or self.spans[-1].words[-1:] in " \n":
            words = words.lstrip(" ")
        if not words:
            return
        if self.joint and self.spans:
            self._end_line()
            if self.spans:
                self.spans.append(Span(self.joint))
        self.joint = ""
        if not self.spans:
            self.how = how
        if not _UNSEEN.fullmatch(words):
            self.large = self.large and how.large
        self.spans.append(how.span(words))

    def _break(self, how: _How) -> None:
        if not self.spans or self.joint:
            return
        self._end_line()
        if not self.spans:
            return
        if not self.spans[-1].words.endswith("\n"):
            self.spans.append(how.span("\n"))
        elif not how.joint:
            self._flush()

    def _end_line(self) -> None:
        while self.spans:
            words = self.spans[-1].words.rstrip(" ")
            if words:
                self.spans[-1] = self.spans[-1]._replace(words=words)
                return
            self.spans.pop()

    def _cell(self, element: Any) -> None:
        if not self.spans:
            return
        before = sum(1 for one in element.itersiblings("td", "th", preceding=True))
        self._end_line()
        self.joint = ""
        self.spans.append(Span(": " if before == 1 else "; "))

    def _flush(self) -> None:
        spans = _tidied(self.spans)
        how, large, pictures = self.how, self.large, self.pictures
        self.spans, self.large, self.pictures, self.joint = [], True, [], ""
        self.how = _How()
        if not _UNSEEN.fullmatch(words_of(spans)):
            block = Block(how.kind, spans, how.level)
            if how.kind == "paragraph" and _looks_like_heading(spans, large):
                block = block._replace(kind="heading")
            self.blocks.append(block)
        self.blocks += pictures

    # --- links and pictures ---

    def _target(self, element: Any) -> str:
        href = element.get("href")
        if href is None:
            return ""
        href = re.sub(r"[\t\r\n]", "", href).strip()
        if href.startswith("#"):
            return href  # for the time being: a list of such links is left out
        if not href or _NO_TARGET.match(href):
            return NOWHERE
        url = _joined(self.base, href)
        return url if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", url) else NOWHERE

    def _picture(self, element: Any, how: _How) -> None:
        alt = " ".join((element.get("alt") or "").split())
        link = how.url
        if re.search(r"(?:^|\s)(?:wp-smiley|emoji)", element.get("class") or "") and alt:
            self._words(alt, how)
            return
        if chrome.is_counter(element):
            self.log.leave(alt, "a picture that nobody sees")
            return
        src, content = self._source(element)
        if why := chrome.icon(alt, link) if link else "":
            self.log.leave(alt, why)
            return
        if not src:
            self.log.leave(alt, "a picture without an address")
            return
        linked = (Span(alt, link),) if link and link[0] != "#" else ()
        block = Block("picture", linked, picture=Picture(src, alt, content=content))
        # A picture inside a sentence does not break it.
        if self.spans:
            self.pictures.append(block)
        else:
            self.blocks += [*self.pictures, block]
            self.pictures = []

    def _source(self, element: Any) -> tuple[str, bytes]:
        """Where a picture is, and its bytes if they are in the page."""
        lazy = [element.get(name) or "" for name in ("data-src", "data-lazy-src", "data-original")]
        given = [element.get("src") or "", _widest(element.get("srcset") or "")]
        named = [one.strip() for one in (*lazy, *given) if one.strip()]
        for one in named:
            if not one.lower().startswith("data:"):
                return _joined(self.base, one), b""
        for one in named:
            kind, content = _inside(one)
            if len(content) > 200:  # less is a placeholder
                number = sum(block.kind == "picture" for block in self.blocks) + 1
                return f"{number}.{kind}", content
        return "", b""

    def _player(self, element: Any, how: _How) -> None:
        """A video inside a page is a link to it."""
        src = _joined(self.base, element.get("src") or "")
        self.log.leave(chrome.words(element), "only for readers without frames")
        if _PLAYERS.search(src):
            self._boundary(element, how)
            title = " ".join((element.get("title") or src).split())
            self.blocks.append(Block("paragraph", (Span(title, src),)))

    def _captioned(self, start: int) -> None:
        """Gives the caption of the figure that began with block `start` to its picture."""
        own = [one for one in self.captions if one[0] >= start]
        self.captions = [one for one in self.captions if one[0] < start]
        places = [
            number
            for number in range(start, len(self.blocks))
            if (picture := self.blocks[number].picture) and not picture.caption
        ]
        if not places:
            return
        picture = self.blocks[places[0]].picture or Picture()
        parts = []
        for first, end in own:
            parts += [block for block in self.blocks[first:end] if block.spans]
        captions = [block for block in parts if block.kind != "picture"]
        caption, credit, label = _credit(" ".join(block.words for block in captions))
        self.log.leave(label, _CREDIT_LABEL)
        block = self.blocks[places[0]]
        self.blocks[places[0]] = block._replace(
            picture=picture._replace(caption=caption, credit=credit)
        )
        gone = {id(block) for block in captions}
        self.blocks[start:] = [one for one in self.blocks[start:] if id(one) not in gone]


_LAYOUT = ("h1", "h2", "h3", "h4", "h5", "h6", "figure", "table", "article", "section", "hr")
_BREAKING = frozenset(
    {
        "ul",
        "ol",
        "menu",
        "dir",
        "li",
        "table",
        "hr",
        "blockquote",
        "caption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "figure",
    }
)
_NO_TARGET = re.compile(r"(?:javascript|vbscript|data|about|blob|file):", re.IGNORECASE)
_PLAYERS = re.compile(
    r"^https?://(?:www\.|player\.)?(?:youtube(?:-nocookie)?\.com/embed/|vimeo\.com/video/)"
)


def _styled(element: Any, how: _How) -> _How:
    tag = element.tag
    if tag in ("b", "strong", "th") and not (tag == "th" and how.row):
        how = how._replace(strong=True)
    if tag in ("i", "em"):
        how = how._replace(emphasis=True)
    if tag == "font" and re.fullmatch(r"[5-7]|\+[2-4]", element.get("size") or ""):
        how = how._replace(large=True)
    given = chrome.style(element) if element.get("style") else {}
    if weight := given.get("font-weight"):
        how = how._replace(strong=weight in ("bold", "bolder", "600", "700", "800", "900"))
    if slant := given.get("font-style"):
        how = how._replace(emphasis=slant in ("italic", "oblique"))
    if size := given.get("font-size"):
        how = how._replace(large=_is_large(size))
    if given.get("white-space", "").startswith(("pre", "break-spaces")):
        how = how._replace(spaced=True)
    return how


def _is_large(size: str) -> bool:
    match = re.fullmatch(r"(\d{1,4}(?:\.\d{1,4})?)\s*(px|pt|em|rem|%)?", size)
    if not match:
        return size in ("x-large", "xx-large", "xxx-large")
    least = {"px": 20, "pt": 15, "em": 1.3, "rem": 1.3, "%": 130}
    return float(match[1]) >= least.get(match[2] or "px", 20)


def _looks_like_heading(spans: Iterable[Span], large: bool) -> bool:
    seen = [span for span in spans if not _UNSEEN.fullmatch(span.words)]
    said = words_of(seen).strip()
    if len(said) > _SHORT or "\n" in said or said.endswith((".", ":", ";", ",")):
        return False
    return large or all(span.strong for span in seen)


def _is_data(table: Any) -> bool:
    """Whether a table holds data: most only put things side by side."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return False
    if chrome.contains(table, *_LAYOUT, "img", "ul", "ol", "blockquote", "form"):
        return False
    rows = [[one for one in row if one.tag in ("td", "th")] for row in table.iter("tr")]
    sizes = {len(row) for row in rows}
    if any(one.tag == "th" for row in rows for one in row):
        return max(sizes) > 1
    cells = [cell for row in rows for cell in row]
    return (
        len(rows) > 1
        and len(sizes) == 1
        and max(sizes) > 1
        and not any(chrome.longer(cell, 100) for cell in cells)
    )


def _is_forwarded(quote: Any) -> bool:
    """Whether a mail program set it: what it holds is no quotation, but an email."""
    return quote.get("type") == "cite" or (
        "quote" in (quote.get("class") or "") and chrome.contains(quote, "table", "h1", "h2")
    )


def _is_figure(element: Any) -> bool:
    return element.tag == "figure" or "wp-caption" in (element.get("class") or "").split()


def _is_caption(element: Any) -> bool:
    return element.tag == "figcaption" or "wp-caption-text" in (element.get("class") or "").split()


_CREDIT = re.compile(
    r"(?P<open>[(\[]\s*)?(?P<label>\b(?:(?:photo|picture|image)\s+)?credits?\s*:|\b(?:photograph|photo"
    r"|picture|image|foto)(?:graphy)?(?:\s*:|\s+by\b:?))\s*(?P<name>[^()\[\]]{1,200}?)\s*"
    r"(?(open)[)\]])\s*$",
    re.IGNORECASE,
)


def _credit(caption: str) -> tuple[str, str, str]:
    """A caption without its credit, the credit, and the words that said so."""
    match = _CREDIT.search(caption[-400:])
    if not match:
        return caption, "", ""
    start = match.start() + max(len(caption) - 400, 0)
    return caption[:start].strip(), match["name"].rstrip(" ."), match["label"].strip()


def _widest(srcset: str) -> str:
    """The address of a list of them that is meant for the widest screen."""
    found = [[*one.split(), ""][:2] for one in srcset.split(", ") if one.strip()]
    return max(found, key=lambda one: _number(one[1]), default=["", ""])[0]


def _number(text: str) -> float:
    match = re.match(r"\d{1,6}", text)
    return float(match[0]) if match else 0


def _inside(src: str) -> tuple[str, bytes]:
    """How the file of a picture that is in an address would end, and its bytes."""
    match = re.match(r"data:image/(png|jpe?g|gif|webp)(;[^,]*)?,", src, re.IGNORECASE)
    if not match:
        return "", b""
    given = unquote_to_bytes(src[match.end() :])
    try:
        content = b64decode(given) if ";base64" in (match[2] or "").lower() else given
    except NoBase64:
        content = b""
    return match[1].lower().replace("jpeg", "jpg"), content


def _tidied(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans without white space at their ends, no link around mere white space."""
    known = trimmed(tuple(spans))
    if not any(span.url for span in known):
        return known
    found: list[Span] = []
    for number, span in enumerate(known):
        near = [known[at].url for at in (number - 1, number + 1) if 0 <= at < len(known)]
        if span.url and not span.words.strip() and near.count(span.url) < 2:
            span = span._replace(url="")
        inner = span.words.strip() if span.url else ""
        if inner and inner != span.words:
            before, _, after = span.words.partition(inner)
            plain = span._replace(url="")
            ends = (
                plain._replace(words=before),
                span._replace(words=inner),
                plain._replace(words=after),
            )
            found += ends
        else:
            found.append(span)
    return merged(found)


def _kept(blocks: Iterable[Block], log: Log) -> list[Block]:
    """The blocks without those that are about the page or the email itself."""
    found: list[Block] = []
    for block in _without_contents(blocks, log):
        if block.picture or not chrome.may_be_service(block):
            kept: Block | None = block
        else:
            kept = _without_service(block, log)
        if kept and not _taken_as_caption(kept, found, log):
            found.append(kept)
    return found


def _without_contents(blocks: Iterable[Block], log: Log) -> Iterator[Block]:
    """The blocks without lists of links to other places of the page, and the headings of those."""
    heading: Block | None = None
    listed = False
    for block in blocks:
        if block.spans and not block.picture and _leads_within(block.spans):
            log.leave(block.words, _WITHIN)
            listed = True
            continue
        if heading:
            if listed and block.kind in ("heading", "divider"):
                log.leave(heading.words, _WITHIN)
            else:
                yield heading
        heading, listed = None, False
        block = _with_targets(block)
        if block.kind == "heading":
            heading = block
        else:
            yield block
    if heading:
        yield heading


_WITHIN = "a link within the page"


def _leads_within(spans: Iterable[Span]) -> bool:
    links = [span.url for span in spans if not _UNSEEN.fullmatch(span.words)]
    return all(re.match(r"#\w", url) for url in links)


def _with_targets(block: Block) -> Block:
    if not any(span.url.startswith("#") for span in block.spans):
        return block
    spans = (
        span._replace(url=NOWHERE) if span.url.startswith("#") else span for span in block.spans
    )
    return block._replace(spans=merged(spans))


def _without_service(block: Block, log: Log) -> Block | None:
    lines = list(chrome.lines(block))
    if not any(why for _, why in lines):
        return block
    spans: list[Span] = []
    for line, why in lines:
        if why:
            log.leave(words_of(line), why)
        else:
            spans += [*([Span("\n")] if spans else []), *line]
    rest = trimmed(spans)
    return block._replace(spans=rest) if rest else None


def _taken_as_caption(block: Block, found: list[Block], log: Log) -> bool:
    """Gives a line that names a photographer to the picture above it, as emails set captions."""
    picture = found[-1].picture if found else None
    if not picture or picture.caption or picture.credit or block.links:
        return False
    if block.kind != "paragraph" or len(block.words) > 300:
        return False
    caption, credit, label = _credit(block.words)
    if credit:
        log.leave(label, _CREDIT_LABEL)
        found[-1] = found[-1]._replace(picture=picture._replace(caption=caption, credit=credit))
    return bool(credit)


_CREDIT_LABEL = "it says that a name is a picture's credit"
