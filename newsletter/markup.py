"""The Markdown of editors in; email-safe XHTML, plain text and faults out.

The one door of markdown-it. CommonMark (https://spec.commonmark.org/0.31.2/), less what has no
place in a round-up: raw HTML is shown as the characters typed, and images, code, headings and
rules inside a text are faults.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache, cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, newline
from markdown_it.token import Token

from newsletter import tags
from newsletter.plain import WIDTH, wrap
from newsletter.problems import Fault, Faults

PLATFORM_TAG = re.compile(r"\*\|[^\n]{0,500}?\|\*|\{\{[^\n]{0,500}?\}\}|\{%[^\n]{0,500}?%\}")
"""What looks like a tag of a mailing platform stays as it is typed: its stars are no emphasis."""

MAX_TEXT = 20_000
"""Characters of one text; a whole round-up has fewer."""

LinkStyle = Literal["after", "references", "markdown"]

# What a target must look like, by its scheme; also for the JSON Schema, which has no flags.
WEB = r"[hH][tT][tT][pP][sS]?://[^/?#\s,]*[^/?#\s,.:@]\.[^/?#\s,]+([/?#]\S*)?"
MAIL = r"[mM][aA][iI][lL][tT][oO]:[^@\s]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(\?\S*)?"
PHONE = r"[tT][eE][lL]:\+?[0-9().-]{3,}"
_FORMS = {"https": WEB, "http": WEB, "mailto": MAIL, "tel": PHONE}
_EXAMPLES = {
    "mailto": "write mailto: and an address, as in mailto:help@example.org",
    "tel": "write tel: and the number, as in tel:08088005000",
}
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


class Url(str):
    """An address that readers can open: https, http, mailto, tel, or a neutral tag."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> "Url":
        """`text`, percent-encoded where it must be. Raises Faults for no real target."""
        typed = text.strip()
        if re.search(r"\s", typed):
            raise Faults(Fault("link-target", "an address cannot hold a space", "write %20 for it"))
        url = _normalized(typed)
        fault = _link_fault(url)
        if fault:
            raise Faults(fault)
        return cls(url)


def _normalized(url: str) -> str:
    # A neutral tag, or what is refused because it looks like one.
    return url if url.startswith("[[") else normalizeLink(url)


def _link_fault(url: str, offset: int | None = None) -> Fault | None:
    """What is wrong with the target of a link; None for one that a reader can open."""

    def fault(message: str, hint: str) -> Fault:
        return Fault("link-target", message, hint, offset)

    write = "write the whole address, beginning with https://"
    typed = unquote(url)
    scheme = _SCHEME.match(url)
    if tags.LINK.fullmatch(url):
        return None
    if not url or url == "#":
        return fault("this link leads nowhere", write)
    if url.startswith("[["):
        known = ", ".join(f"[[{name}]]" for name in tags.LINKS)
        return fault(f"'{typed}' is not the tag of a link", f"those are {known}")
    if url.lower().startswith("www."):
        return fault(f"'{typed}' is not a whole address", f"write https://{typed}")
    if re.fullmatch(r"[^@\s/:]+@[^@\s/:]+\.[^@\s/:]+", typed):
        return fault(f"'{typed}' is not a whole address", f"write mailto:{typed}")
    if not scheme or "." in scheme[1]:
        return fault(f"'{typed}' is not a whole address", write)
    name = scheme[1].lower()
    if name not in _FORMS:
        return fault(f"a link cannot begin with '{name}:'", write)
    if not re.fullmatch(_FORMS[name], url):
        return fault(f"'{typed}' is not a whole address", _EXAMPLES.get(name, write))
    return None


class Linked(NamedTuple):
    """A link of a text. Places count characters of the text as it was typed."""

    words: str
    url: str  # as it goes into the email
    opens: int  # where the link begins: at [, < or, of a bare address, its first letter
    start: int  # where its address begins, and
    end: int  # the place after it
    closes: int  # the place after the whole link


class Markdown(str):
    """A text with Markdown in it, read once."""

    tokens: list[Token]

    @classmethod
    def nothing(cls) -> "Markdown":
        """The text that was not given."""
        made = cls()
        made.tokens = []
        return made

    @classmethod
    def as_typed(cls, text: str) -> "Markdown":
        """`text` read, whatever is wrong with it."""
        made = cls(text)
        made.tokens = _parser(bool(_BARE_ADDRESS.search(text))).parse(text)
        return made

    @classmethod
    def without_headings(cls, text: str) -> "Markdown":
        """The same, with paragraphs in place of headings, which would upset those of the email."""
        made = cls.as_typed(text)
        for token in made.tokens:
            if token.type in ("heading_open", "heading_close"):
                token.type = token.type.replace("heading", "paragraph")
                token.tag = "p"
        return made

    @classmethod
    @lru_cache(maxsize=4096)  # a preview reads the same texts again at every save
    def parse(cls, text: str) -> "Markdown":
        """Raises Faults for every image, code, heading or link without a target."""
        if len(text) > MAX_TEXT:
            raise Faults(
                Fault(
                    "text-too-long",
                    f"this text has {len(text):,} characters; {MAX_TEXT:,} are the most",
                    "an entry is a few sentences: link to the rest",
                )
            )
        made = cls.as_typed(text)
        faults = sorted(_faults(made.tokens, text), key=lambda fault: fault.offset or 0)
        if faults:
            raise Faults(*faults)
        return made

    def changed(
        self,
        words: Callable[[str], str],
        target: Callable[[str], str],
        title: Callable[[str], str],
    ) -> "Markdown":
        """The same with what `words` makes of its words, `target` of its links' targets, and
        `title` of what is shown when one points at them."""
        made = Markdown(words(self))
        made.tokens = deepcopy(self.tokens)
        for token in made.tokens:
            for child in token.children or ():
                child.content = words(child.content)
                if child.type == "link_open":
                    child.attrs["href"] = target(_target(child))
                    if "title" in child.attrs:
                        child.attrs["title"] = title(str(child.attrs["title"]))
        return made

    @cached_property
    def html(self) -> str:
        """XHTML: paragraphs, lists, quotations, emphasis, links."""
        parser = _parser(linkify=False)
        return str(parser.renderer.render(self.tokens, parser.options, {})).strip()

    @property
    def links(self) -> list[str]:
        """The targets of its links, in order."""
        return [link.url for link in self.linked]

    @cached_property
    def linked(self) -> tuple["Linked", ...]:
        """Its links, in order, with their places."""
        return tuple(_linked(self.tokens, str(self)))

    def plain(self, links: Callable[[str, str], str], width: int = WIDTH) -> str:
        """Plain text wrapped at `width`; `links(words, address)` says how a link is written."""
        return _Plain(links, width).blocks(self.tokens)


class Run(NamedTuple):
    """Words of a paragraph that are set alike; line ends are kept. `url` is None for no link."""

    words: str
    url: str | None
    strong: bool
    emphasis: bool


def runs(text: str) -> list[Run]:
    """The words of one paragraph, as Markdown sets them; addresses that stand bare are links."""
    found: list[Run] = []
    url: str | None = None
    depth = {"strong": 0, "em": 0}
    parsed = _parser(bool(_BARE_ADDRESS.search(text))).parseInline(text)
    for token in parsed[0].children or ():
        name, _, edge = token.type.rpartition("_")
        if token.type == "link_open":
            url = _target(token)
        elif token.type == "link_close":
            url = None
        elif name in depth:
            depth[name] += 1 if edge == "open" else -1
        else:
            words = "\n" if token.type in ("softbreak", "hardbreak") else token.content
            if token.type == "code_inline":  # no text of an email has code in it: they are quotes
                words = f"{token.markup}{words}{token.markup}"
            found.append(Run(words, url, depth["strong"] > 0, depth["em"] > 0))
    return found


def document(text: str) -> str:
    """A whole Markdown document as HTML, with tables, struck words and the HTML that is in it: for
    reading what others have written, never for an email."""
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True})
    parser.enable(["table", "strikethrough"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return str(parser.render(text))


@cache
def _parser(linkify: bool) -> MarkdownIt:
    """`linkify` makes links of addresses that stand bare in a text, as they are pasted."""
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True, "linkify": linkify})
    if linkify and parser.linkify:
        parser.enable("linkify")
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        for scheme in ("http:", "https:"):
            parser.linkify.add(scheme, {"validate": _bare_length})
    # Targets are judged by _link_fault, which says what is wrong; markdown-it would only leave
    # a refused link as text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: re.sub("^(mailto|tel):", "", link)  # type: ignore[method-assign]
    parser.normalizeLink = _normalized  # type: ignore[method-assign]
    # Definitions such as "[Note]: words" are shown nowhere; a round-up has no use for them.
    parser.disable("reference")
    parser.inline.ruler.before("emphasis", "platform_tag", _platform_tag)
    parser.inline.ruler.at("newline", _line_end)
    parser.core.ruler.before("text_join", "broken_link", _mark_broken_links)
    parser.core.ruler.after("text_join", "author", _author_alone)
    for name in ("link", "image", "autolink", "backticks"):
        _remember_place(parser, name)
    return parser


def _line_end(state: StateInline, silent: bool) -> bool:
    """As in CommonMark, but two spaces that nobody sees do not break a line; a backslash does."""
    if not silent and state.src[state.pos] == "\n":
        state.pending = state.pending.rstrip(" ")
    return newline(state, silent)


def _author_alone(state: StateCore) -> None:
    """Have the author of a quotation, after a dash on its last line, keep a line of its own."""
    depth = 0
    for token in state.tokens:
        depth += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        children = (token.children or []) if depth else []
        for before, after in pairwise(children):
            if before.type == "softbreak" and _AUTHOR.match(after.content):
                before.type, before.tag = "hardbreak", "br"


_AUTHOR = re.compile("[—–―] ?[^\\W\\d]|-- ?[^\\W\\d]")


def _mark_broken_links(state: StateCore) -> None:
    """Have a paragraph remember where something stands in it that was meant as a link.

    What an editor escaped is still set apart here, and was meant as it stands.
    """
    for token in state.tokens:
        words = "".join(
            child.content if child.type == "text" else "\0" for child in token.children or ()
        )
        if _BROKEN_LINK.search(words):
            links = [child.meta.get("offset") for child in token.children or ()]
            sound = {token.content.find("](", start) for start in links if start is not None}
            places = (match.start() for match in _BROKEN_LINK.finditer(token.content))
            token.meta["broken"] = next((at for at in places if at not in sound), 0)


_BARE_ADDRESS = re.compile(r"(?<!\]\()(?<!<)https?://", re.IGNORECASE)
_BARE = re.compile(r"//[^\s<>\"“”„‘’«»—…]*[^\s<>\"“”„‘’«»—….,;:!?'()\[\]{}*_]/?")


def _bare_length(_linkify: object, text: str, at: int) -> int:
    """How many characters of an address follow its scheme: none of the quotation marks and
    stops that are set around it."""
    match = _BARE.match(text, at)
    if not match:
        return 0
    open_bracket = match[0].count("(") > match[0].count(")") and text[match.end() :][:1] == ")"
    return len(match[0]) + open_bracket


def _platform_tag(state: StateInline, silent: bool) -> bool:
    match = PLATFORM_TAG.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.pending += match[0]
    state.pos = match.end()
    return True


def _remember_place(parser: MarkdownIt, name: str) -> None:
    """Have the tokens that an inline rule makes carry their offset in the paragraph."""
    rule = next(r for r in parser.inline.ruler.__rules__ if r.name == name).fn

    def placed(state: StateInline, silent: bool) -> bool:
        start, made = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and len(state.tokens) > made:
            # Characters pending before the rule become a text token of their own.
            for token in state.tokens[made:]:
                if token.type in ("link_open", "image", "code_inline"):
                    token.meta.setdefault("offset", start)
        return matched

    parser.inline.ruler.at(name, placed)


_NO_PLACE = {
    "code_inline": (
        "code",
        "` marks code, and code has no place in a round-up",
        "write \\` for the character itself",
    ),
    "fence": ("code", "a block of code has no place in a round-up", "remove the ``` or ~~~ lines"),
    "code_block": ("code", "lines indented by four spaces are read as code", "remove the spaces"),
    "image": (
        "image-in-text",
        "an image cannot stand inside a text",
        "give the entry an 'image' with 'src' and 'alt'",
    ),
    "heading_open": (
        "heading-in-text",
        "a heading cannot stand inside a text",
        "make it the 'title' of an entry or a section, or write \\# for the character itself",
    ),
    "hr": (
        "rule-in-text",
        "a line of dashes or stars has no place inside a text",
        "remove it; sections and entries are set apart for you",
    ),
}


_BROKEN_LINK = re.compile(
    r"\]\(|\][ \n]\((?:https?:|mailto:|tel:|www\.|[^\s()]+@|\0)|[)\]]\[(?:https?:|www\.|\0)"
)


def _faults(tokens: list[Token], text: str) -> list[Fault]:
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found: list[Fault] = []
    for token in tokens:
        row = token.map[0] if token.map else 0
        if token.type in _NO_PLACE:
            code, message, hint = _NO_PLACE[token.type]
            indent = len(lines[row]) - len(lines[row].lstrip())
            found.append(Fault(code, message, hint, starts[row] + indent))
        for at, child in enumerate(token.children or ()):
            if child.type in ("image", "code_inline"):
                code, message, hint = _NO_PLACE[child.type]
                found.append(Fault(code, message, hint, _offset(token, child, lines, starts)))
            elif child.type == "link_open":
                fault = _link_fault(_target(child))
                if not fault and (token.children or [])[at + 1].type == "link_close":
                    fault = Fault("empty-link", "this link has no words", "write them between [ ]")
                if fault:
                    found.append(fault._replace(offset=_offset(token, child, lines, starts)))
        if "broken" in token.meta:
            broken = Token("text", "", 0, meta={"offset": token.meta["broken"]})
            found.append(
                Fault(
                    "broken-link",
                    "this looks like a link, but is none",
                    "write [words](https://...): no space between ] and ( nor in the address",
                    _offset(token, broken, lines, starts),
                )
            )
    return found


def _offset(block: Token, child: Token, lines: list[str], starts: list[int]) -> int:
    """Where an inline token stands in the whole text."""
    place = int(child.meta.get("offset", 0))
    before = block.content[:place]
    row = (block.map[0] if block.map else 0) + before.count("\n")
    content = block.content.split("\n")[before.count("\n")]
    indent = max(lines[row].find(content), 0)
    return starts[row] + indent + place - (before.rfind("\n") + 1)


def _linked(tokens: list[Token], text: str) -> Iterator[Linked]:
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    at = 0
    for token in tokens:
        children = token.children or []
        for index, child in enumerate(children):
            if child.type != "link_open":
                continue
            rest = children[index + 1 :]
            inner = rest[: next(i for i, t in enumerate(rest) if t.type == "link_close")]
            words = "".join(" " if "break" in t.type else t.content for t in inner)
            if child.markup == "linkify":
                opens = text.find(words, at)
                span = (opens, opens + len(words), opens + len(words))
            else:
                opens = _offset(token, child, lines, starts)
                span = _address_in(text, opens)
            at = span[2]
            yield Linked(words, _target(child), opens, *span)


def _address_in(text: str, opens: int) -> tuple[int, int, int]:
    """Where the address of the link that begins at `opens` starts and ends, and the link ends."""
    if text[opens] == "<":
        end = text.index(">", opens)
        return opens + 1, end, end + 1
    depth, at = 0, opens
    # A link's words may have brackets in them.
    while at < len(text) and (depth != 1 or not text.startswith("](", at)):
        depth += (text[at] == "[") - (text[at] == "]")
        at += 1 + (text[at] == "\\")
    target = _TARGET.match(text, at + 2)
    if not target:
        return at + 2, at + 2, at + 3
    start, end = target.span(1 if target[1] is not None else 2)
    return start, end, target.end()


# The address of a link, in < > or with its own brackets in pairs, and perhaps a title.
_TARGET = re.compile(
    r"\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*\))*\))*))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)


def _target(token: Token) -> str:
    return str(token.attrs.get("href", ""))


class _Plain:
    """Markdown tokens to wrapped plain text."""

    def __init__(self, links: Callable[[str, str], str], width: int) -> None:
        self.links = links
        self.width = width

    def blocks(self, tokens: list[Token]) -> str:
        out = ""
        leads: list[tuple[str, str]] = []  # what begins the next line, and the lines after it
        shared = 0  # how many of them stood before the last paragraph too
        numbers: list[int] = []  # of each open list: the next item's, or 0 for bullets
        close = False  # no blank line before this paragraph
        for token in tokens:
            kind = token.type
            if kind == "bullet_list_open":
                numbers.append(0)
            elif kind == "ordered_list_open":
                numbers.append(int(token.attrs.get("start", 1)))
            elif kind == "list_item_open":
                mark = f"{numbers[-1]}. " if numbers[-1] else "- "
                numbers[-1] += bool(numbers[-1])
                leads.append((mark, " " * len(mark)))
            elif kind == "blockquote_open":
                leads.append(("> ", "> "))
            elif kind in ("list_item_close", "blockquote_close"):
                leads.pop()
                shared = min(shared, len(leads))
            elif kind in ("bullet_list_close", "ordered_list_close"):
                numbers.pop()
                close = close and bool(numbers)
            elif kind == "paragraph_open":
                close = close and token.hidden
            elif kind == "inline":
                first = "".join(lead for lead, _ in leads)
                rest = "".join(lead for _, lead in leads)
                if out:
                    blank = "".join(lead for _, lead in leads[:shared]).rstrip()
                    out += "\n" if close else f"\n{blank}\n"
                out += wrap(self.inline(token.children or []), self.width, first, rest)
                leads = [(lead, lead) for _, lead in leads]
                shared, close = len(leads), bool(numbers)
        return out

    def inline(self, tokens: list[Token]) -> str:
        out: list[str] = []
        opened: list[tuple[int, str]] = []
        for token in tokens:
            if token.type == "text":
                out.append(token.content)
            elif token.type == "softbreak":
                out.append(" ")
            elif token.type == "hardbreak":
                out.append("\n")
            elif token.type == "link_open":
                opened.append((len(out), _target(token)))
            elif token.type == "link_close":
                start, url = opened.pop()
                out[start:] = [self.links("".join(out[start:]), url)]
        return "".join(out)
