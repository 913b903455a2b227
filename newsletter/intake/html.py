"""HTML in, blocks out: the one way of web pages, emails, Word documents and feeds' articles."""

import re
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree

from newsletter.intake import chrome, looks, pictures, tree
from newsletter.intake.blocks import NOWHERE, Block, Picture, Span, words_of
from newsletter.intake.draft import Log
from newsletter.intake.kept import is_blank, kept, tidied
from newsletter.intake.looks import How

MOST_BLOCKS = 5_000
MOST_WORDS = 500_000  # characters of them


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
    root = tree.parsed(markup, log, name or base)
    if root is None:
        return Page(())
    found = tree.content(root)
    if found is not root:
        tree.leave_outside(found, log)
    reader = _Reader(tree.base(root, base), log, in_article=found is not root)
    reader.read(found)
    words = sum(len(span.words) for block in reader.blocks for span in block.spans)
    if len(reader.blocks) > MOST_BLOCKS or words > MOST_WORDS:
        raise tree.too_large(name or base)
    titles = tree.titles(root)
    for title in titles[1:]:
        log.leave(title, "another title of the page")
    title = titles[0] if titles else tree.shared_title(root)
    return Page(tuple(kept(reader.blocks, log)), title, tree.language(root))


# --- the walk ------------------------------------------------------------------------------------

_SPACES = re.compile(r"[ \t\r\n\f]+")


class _Reader:
    """Goes through a tree once, and collects blocks."""

    def __init__(self, base: str, log: Log, in_article: bool) -> None:
        self.base = base
        self.log = log
        self.in_article = in_article
        self.blocks: list[Block] = []
        self.spans: list[Span] = []
        self.pictures: list[Block] = []  # that stand among the words of the block to come
        self.shown = 0  # pictures, so far
        self.how = How()  # of the first of its words
        self.large = True
        self.joint = ""
        self.figures: list[int] = []
        self.captions: list[tuple[int, int]] = []

    def read(self, root: Any) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        hows = [How()]
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

    def _opened(self, element: Any, how: How) -> How | None:
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
        if looks.is_figure(element):
            self.figures.append(len(self.blocks))
        return self._set(element, looks.styled(element, how))

    def _set(self, element: Any, how: How) -> How:
        tag = element.tag
        if tag == "a":
            return how._replace(url=self._target(element))
        if tag in ("ul", "ol", "menu", "dir"):
            return how._replace(lists=how.lists + 1, joint="", row=False)
        if tag == "li":
            if chrome.contains(element, *looks.LAYOUT):
                return how._replace(kind="paragraph", level=0, joint="")
            return how._replace(kind="item", level=max(how.lists, 1), joint="\n")
        if re.fullmatch("h[1-6]", tag) and not chrome.longer(element, 400):
            return how._replace(kind="heading", level=int(tag[1]), joint="\n")
        if tag == "blockquote" and not looks.is_forwarded(element):
            return how._replace(kind="quotation", level=0, joint="")
        if tag == "table" and looks.is_data(element):
            return how._replace(kind="item", level=how.lists + 1, joint=" ", row=True)
        if tag in ("td", "th") and how.row:
            self._cell(element)
        if tag == "caption":
            return how._replace(kind="paragraph", level=0, joint="", row=False)
        if tag in ("pre", "listing", "xmp", "plaintext"):
            return how._replace(spaced=True)
        if looks.is_caption(element):
            self._flush()
            self.captions.append((len(self.blocks), -1))
        return how

    def _closed(self, element: Any, how: How, outer: How) -> None:
        if element.tag in chrome.INLINE:
            return
        self._boundary(element, outer)
        if looks.is_caption(element) and self.captions and self.captions[-1][1] < 0:
            self._flush()
            self.captions[-1] = (self.captions[-1][0], len(self.blocks))
        if looks.is_figure(element):
            self._flush()
            self._captioned(self.figures.pop())

    def _boundary(self, element: Any, how: How) -> None:
        """A block begins or ends here, inside one that is set like `how`."""
        if how.row and element.tag in ("tr", "thead", "tbody", "tfoot"):
            self._flush()
        elif how.joint and element.tag not in _BREAKING:
            self.joint = how.joint
        else:
            self._flush()

    # --- words ---

    def _text(self, words: str | None, how: How) -> None:
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

    def _words(self, words: str, how: How) -> None:
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
        if not is_blank(words):
            self.large = self.large and how.large
        self.spans.append(how.span(words))

    def _break(self, how: How) -> None:
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
        before = len(list(islice(element.itersiblings("td", "th", preceding=True), 2)))
        self._end_line()
        self.joint = ""
        self.spans.append(Span(": " if before == 1 else "; "))

    def _flush(self) -> None:
        spans = tidied(self.spans)
        how, large, beside = self.how, self.large, self.pictures
        self.spans, self.large, self.pictures, self.joint = [], True, [], ""
        self.how = How()
        if not is_blank(words_of(spans)):
            block = Block(how.kind, spans, how.level)
            if how.kind == "paragraph" and looks.looks_like_heading(spans, large):
                block = block._replace(kind="heading")
            self.blocks.append(block)
        self.blocks += beside

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
        url = tree.joined(self.base, href)
        return url if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", url) else NOWHERE

    def _picture(self, element: Any, how: How) -> None:
        alt = " ".join((element.get("alt") or "").split())
        link = how.url
        if re.search(r"(?:^|\s)(?:wp-smiley|emoji)", element.get("class") or "") and alt:
            self._words(alt, how)
            return
        if chrome.is_counter(element):
            self.log.leave(alt, "a picture that nobody sees")
            return
        src, kind, content = pictures.source(element)
        src = tree.joined(self.base, src) if src else f"{self.shown + 1}.{kind}" if content else ""
        if why := chrome.icon(alt, link) if link else "":
            self.log.leave(alt, why)
            return
        if not src:
            self.log.leave(alt, "a picture without an address")
            return
        linked = (Span(alt, link),) if link and link[0] != "#" else ()
        self.shown += 1
        block = Block("picture", linked, picture=Picture(src, alt, content=content))
        # A picture inside a sentence does not break it.
        if self.spans:
            self.pictures.append(block)
        else:
            self.blocks += [*self.pictures, block]
            self.pictures = []

    def _player(self, element: Any, how: How) -> None:
        """A video inside a page is a link to it."""
        src = tree.joined(self.base, element.get("src") or "")
        self.log.leave(chrome.words(element), "only for readers without frames")
        if _PLAYERS.search(src):
            self._boundary(element, how)
            title = " ".join((element.get("title") or src).split())
            self.blocks.append(Block("paragraph", (Span(title, src),)))

    def _captioned(self, start: int) -> None:
        """Gives the caption of the figure that began with block `start` to its picture."""
        own = []
        while self.captions and self.captions[-1][0] >= start:
            first, end = self.captions.pop()
            own.append((first - start, end - start if end >= 0 else end))
        self.blocks[start:] = pictures.captioned(self.blocks[start:], own, self.log)


_BREAKING = frozenset(
    {
        "ul", "ol", "menu", "dir", "li", "table", "hr", "blockquote", "caption", "h1", "h2", "h3",
        "h4", "h5", "h6", "figure",
    }
)  # fmt: skip
_NO_TARGET = re.compile(r"(?:javascript|vbscript|data|about|blob|file):", re.IGNORECASE)
_PLAYERS = re.compile(
    r"^https?://(?:www\.|player\.)?(?:youtube(?:-nocookie)?\.com/embed/|vimeo\.com/video/)"
)
