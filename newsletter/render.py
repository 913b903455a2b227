"""MJML in, responsive HTML with inlined styles out: the one door of mjml-python and premailer.

Neither engine reports what it cannot read, so the MJML is checked before (well-formed, known
elements, depth) and the HTML after (no words lost, nothing left uncompiled). In order:

1. expat reads the MJML, refuses what is broken, takes out the styles to be inlined, and writes
   every attribute in ASCII, because mjml-python prints attribute values with debug escapes.
2. mjml-python makes responsive tables, without web fonts.
3. premailer puts the taken-out styles on the elements of the body; it never sees the head.
4. What weighs and does nothing is trimmed.
"""

import html as html_entities
import logging
import re
import sys
from collections.abc import Sequence
from functools import cache, lru_cache, partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType
from typing import Any
from xml.parsers import expat

from newsletter.problems import cannot, did_you_mean

GMAIL_LIMIT = 102_400
"""Bytes after which Gmail cuts a message off and hides its footer."""

_MAX_DEPTH = 100  # mjml-python crashes the process, and premailer loses words, far beyond this

# Those of mjml-python that hold in mail programs; it takes any other for HTML, in silence.
_ELEMENTS = frozenset(
    {
        "mjml", "mj-head", "mj-title", "mj-raw", "mj-attributes", "mj-all", "mj-class", "mj-style",
        "mj-body", "mj-wrapper", "mj-section", "mj-group", "mj-column", "mj-text", "mj-image",
        "mj-button", "mj-divider", "mj-spacer", "mj-table", "mj-social", "mj-social-element",
    }
)  # fmt: skip
_STRUCTURE = _ELEMENTS - {"mj-text", "mj-raw", "mj-table", "mj-button"}


def html(mjml: str, name: str) -> str:
    """The email that `mjml` describes; `name` is the layout's, for messages.

    Raises NewsletterError when the MJML is broken, with its line.
    """
    from mjml import mjml2html

    reader = _Mjml(name)
    clean = reader.read(mjml)
    try:
        made = mjml2html(clean, fonts={})
    except ValueError as error:
        raise cannot(name, "mjml", f"the layout makes MJML that cannot be read: {error}") from None
    if "<mj-" in made:
        raise cannot(name, "mjml", "the layout nests MJML elements where they cannot stand")
    inlined = _inlined(made, "".join(reader.styles))
    if _words(inlined) != _words(made):
        raise cannot(name, "words-lost", "words were lost while the styles were inlined")
    return _trimmed(inlined)


class _Mjml:
    """One pass of expat: judges MJML, and writes it again with attributes in ASCII."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.out: list[str] = []
        self.styles: list[str] = []
        self.open: list[str] = []
        self.inline = False  # inside <mj-style inline="inline">
        self.css = False  # inside another <mj-style>
        self.parser: Any = None

    def read(self, mjml: str) -> str:
        parser = self.parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.CommentHandler = self.comment
        parser.ProcessingInstructionHandler = self.refuse
        parser.StartCdataSectionHandler = self.refuse
        parser.StartDoctypeDeclHandler = self.refuse
        try:
            parser.Parse(mjml, True)
        except expat.ExpatError as error:
            raise cannot(
                self.name,
                "mjml",
                "the layout, with its parts, makes MJML that is not well-formed: "
                f"{expat.ErrorString(error.code)} at "
                f"'{mjml.splitlines()[error.lineno - 1].strip()[:80]}'",
                "close every element (<br/>), quote every attribute, write &amp; for &",
            ) from None
        return "".join(self.out)

    def start(self, element: str, attributes: list[str]) -> None:
        self.open.append(element)
        if len(self.open) > _MAX_DEPTH:
            self.fail(f"more than {_MAX_DEPTH} elements inside each other")
        if element.startswith("mj") and element not in _ELEMENTS:
            near = did_you_mean(element, sorted(_ELEMENTS))
            self.fail(
                f"there is no MJML element '{element}'"
                + (f" (did you mean '{near}'?)" if near else "")
            )
        if element == "mj-style" and attributes == ["inline", "inline"]:
            self.inline = True
            return
        self.css = element == "mj-style"
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        written = "".join(f' {key}="{_attribute(value)}"' for key, value in pairs)
        self.out.append(f"<{element}{written}>")

    def end(self, element: str) -> None:
        self.open.pop()
        if self.inline:
            self.inline = False
            return
        self.css = False
        if self.out[-1].startswith(f"<{element}") and element in _VOID:
            self.out[-1] = self.out[-1][:-1] + "/>"
        else:
            self.out.append(f"</{element}>")

    def text(self, text: str) -> None:
        if self.inline:
            self.styles.append(text)
        elif not self.css:
            # mjml-python drops a line end that stands alone, and glues the words around it.
            if self.open[-1] == "mj-title":  # becomes an attribute as well
                self.out.append(_attribute(text))
            elif text.isspace() and "\n" in text and self.open[-1] not in _STRUCTURE:
                self.out.append(" ")
            else:
                self.out.append(_escaped(text))
        elif "<" in text:
            self.fail("'<' cannot stand in a style: write max-width in place of width <")
        else:
            self.out.append(text)

    def comment(self, text: str) -> None:
        # Only Outlook's conditions, which may end in a comment of their own; others are notes.
        if text.startswith(("[if ", "<![endif]")):
            self.out.append(f"<!--{text}-->")

    def refuse(self, *_: object) -> None:
        self.fail("CDATA, doctypes and <? ?> cannot stand in MJML")

    def fail(self, message: str) -> None:
        hint = "it stands in the layout, or in one of the parts that it includes"
        raise cannot(self.name, "mjml", message, hint)


_VOID = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_UNSAFE = re.compile(r'[^ -~]|["&<>\\]')


def _attribute(value: str) -> str:
    return _UNSAFE.sub(lambda match: f"&#{ord(match[0])};", value)


def _inlined(page: str, css: str) -> str:
    """`page` with `css` on the elements of its body."""
    if not css.strip():
        return page
    start, end = page.index("<body"), page.rindex("</body>")
    inlined: str = _premailer()(
        f"<!DOCTYPE html><html><head></head>{page[start:end]}</body></html>",
        css_text=css,
        disable_leftover_css=True,
        allow_network=False,
        strip_important=False,
        disable_validation=True,
        align_floating_images=False,
        disable_basic_attributes=["align", "bgcolor", "height", "valign", "width"],
        cssutils_logging_level=logging.CRITICAL,
    )
    body = inlined[inlined.index("<body") : inlined.rindex("</body>")]
    return page[:start] + body + page[end:]


class _LazyRequests(MetaPathFinder):
    """Has `requests` loaded when it is used, not when it is imported.

    premailer imports it to fetch stylesheets, which nobody asks for here; loading it takes as
    long as all the rest of premailer, and opens a socket to see whether there is IPv6.
    """

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name == "requests" else None
        if spec and spec.loader:
            spec.loader = LazyLoader(spec.loader)
        return spec


_LAZY_REQUESTS = _LazyRequests()


@cache
def _premailer() -> Any:
    sys.meta_path.insert(0, _LAZY_REQUESTS)
    try:
        import cssutils
        from premailer import transform
    finally:
        sys.meta_path.remove(_LAZY_REQUESTS)
    # cssutils would open the address of an @import, on the network or on disk.
    cssutils.util._defaultFetcher = lambda _url: None
    return transform


# --- weight ------------------------------------------------------------------------------------

_STYLE = re.compile(r"(<style)[^>]*(>)(.*?)(</style>)", re.DOTALL)
# In words an editor's own "<" is "&lt;" by now; inside quotation marks it may be itself.
_TAG = re.compile(r"""<[a-z](?:[^"'>]|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(r"""\s([\w:-]+)=(?:"([^"]*)"|'([^']*)')""")
# What mjml-python says twice: a column of full width is 100% wide inline as well.
_FULL_COLUMN = re.compile(r"(?:\.moz-text-html )?\.mj-column-per-100\{[^}]*\}")
_TITLE = re.compile(r"(?<=<title>).*(?=</title>)")
_EMPTY_STYLE = re.compile(r"<style>(?:@media[^{]*\{\})?</style>")
# For Outlook 2003, and for Internet Explorer as a mail program.
_BYGONE = re.compile(
    r"<!--\[if lte mso 11\]>.*?<!\[endif\]-->\s*"
    r"|<!--\[if !mso\]><!--><meta[^>]*><!--<!\[endif\]-->"
    r'|<meta http-equiv="Content-Type"[^>]*>',
    re.DOTALL,
)
# Only Outlook reads what these hold, and no screen reader learns of roles from it.
_GHOST = re.compile(r"<!--\[if mso.*?<!\[endif\]-->", re.DOTALL)
_GHOST_JOINT = re.compile(r"<!\[endif\]-->\s*<!--\[if mso\]>")
# No line may be longer than 998 bytes (RFC 5322), and here a line end shows nowhere.
_LONGEST = 900
# What a line may not be broken in: a word with the tags that touch it, and the spaces after it.
_UNBROKEN = re.compile(r" *(?:<[^>]*>|[^ ])+ *")
# Outlook does not hold a <div> to a width: where a platform takes out its conditions, tables do.
_SECTION = re.compile(r'(<table [^>]*role="presentation" align="center" style="[^"]*width:100%)')
_LINE_ENDS = re.compile(r"(</(?:p|li|ul|ol|h[1-6]|style|table)>|<tr>|<div[^>]*>)[ \n]*(?=<)")


def _trimmed(page: str) -> str:
    """`page` without bytes that no reader's program needs, in lines that any server passes on."""
    at = page.index("<body")
    head = _STYLE.sub(
        lambda match: match[1] + match[2] + _squeezed(match[3]) + match[4],
        _BYGONE.sub("", page[:at]),
    )
    head = _EMPTY_STYLE.sub("", head)
    head = _TITLE.sub(lambda match: _escaped(html_entities.unescape(match[0])), head)
    # The character set is the first thing a program should know: a title of any length follows.
    head = head.replace("<head>", '<head><meta charset="utf-8">', 1).replace(" />", ">")
    if "<v:" not in page:
        head = head.replace(' xmlns:v="urn:schemas-microsoft-com:vml"', "", 1)
    kept = set(re.findall(r"\.([a-zA-Z][\w-]*)", "".join(m[3] for m in _STYLE.finditer(head))))
    slim = cache(partial(_slim, kept=kept))  # most tags come again and again
    body = _TAG.sub(lambda match: slim(match[0]), page[at:])
    body = body.replace("<!--[if mso | IE]>", "<!--[if mso]>")  # no mail program is IE any more
    body = _SECTION.sub(r"\1;max-width:600px", body)
    body = _GHOST.sub(lambda match: match[0].replace(' role="presentation"', ""), body)
    page = _LINE_ENDS.sub(r"\1\n", head + _GHOST_JOINT.sub("", body))
    at = page.index("<body")
    lines = (_broken(line) if len(line) > _LONGEST / 4 else line for line in page[at:].split("\n"))
    return page[:at] + "\n".join(lines)


def _broken(line: str) -> str:
    """A long line, as a paragraph in one line of the issue makes it, broken between words."""
    out, used = "", 0
    for word in _UNBROKEN.findall(line):
        size = len(word.encode())
        if used and used + size > _LONGEST:
            out, used = f"{out.rstrip(' ')}\n", 0
        out, used = out + word, used + size
    return out


def _slim(tag: str, kept: set[str]) -> str:
    """A tag without what does nothing, with every value in double quotes."""

    def attribute(match: re.Match[str]) -> str:
        name, value = match[1], match[2] if match[3] is None else match[3]
        if name == "class":
            value = " ".join(used for used in value.split() if used in kept)
        elif name == "style":
            value = _declarations(value.replace('"', "'"))  # as premailer quotes names of fonts
        else:
            value = value.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
            return f' {name}="{value}"'
        return f' {name}="{value}"' if value else ""

    if tag.startswith("<a ") and " href=" not in tag:  # the target of a jump is no link to see
        tag = re.sub(' style="[^"]*"', "", tag)
    tag = _ATTRIBUTE.sub(attribute, tag)
    return f"{tag[:-2].rstrip()}>" if tag.endswith("/>") else tag


def _squeezed(css: str) -> str:
    css = " ".join(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).split())
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css).replace(": ", ":").replace(" !imp", "!imp")
    css = _FULL_COLUMN.sub("", css.replace(";}", "}"))
    return re.sub(r"\}(?=[.@[])", "}\n", css).strip()


@lru_cache(maxsize=1024)  # an email has a few dozen styles, thousands of times
def _declarations(style: str) -> str:
    style = re.sub(r"\s*([;,])\s*", r"\1", re.sub(r":\s+", ":", style)).rstrip("; ")
    style = re.sub(
        r"(?<![\w-])background:(#\w+);background-color:\1", r"background-color:\1", style
    )
    style = re.sub(r"(?<![\d.])0px", "0", style.replace("direction:ltr;", ""))
    style = style.replace("word-spacing:normal;", "")
    style = style.replace(";word-break:break-word", "")  # once, on the whole page, is enough
    # On a table of full width, which has no line to be aligned on.
    return "" if style == "vertical-align:top" else style


_MARKUP = re.compile(
    r"""<head>.*?</head>|<!--.*?-->|</?[a-z](?:[^"'>]|"[^"]*"|'[^']*')*>|<!doctype[^>]*>""",
    re.DOTALL | re.IGNORECASE,
)


def _words(page: str) -> list[str]:
    return html_entities.unescape(_MARKUP.sub("", page)).split()


def visible_text(page: str) -> str:
    """The words of the body, as they are read out; white space is not significant."""
    return " ".join(html_entities.unescape(_MARKUP.sub(" ", page)).split())


def link_addresses(page: str) -> list[str]:
    """The target of every link, in order."""
    return [html_entities.unescape(url) for url in re.findall(r'<a [^>]*?href="([^"]*)"', page)]
