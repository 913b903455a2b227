"""YAML text in, plain data out, with line and column of every value: the one door of PyYAML.

Every scalar stays the text that was typed: `No`, `2024`, `1.10` and `12:30` are not turned into
anything. A value left empty is None. The reader works on the parser's events rather than on its
loaders, so that depth, size, duplicate keys, tags and aliases are judged while reading.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from copy import copy
from functools import lru_cache
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import yaml

from newsletter.problems import Level, Mark, NewsletterError, Problem, cannot
from newsletter.syntax import SWALLOWED, explain, lost_words

MAX_BYTES = 5_000_000
MAX_DEPTH = 50
MAX_NODES = 40_000
_MAX_MENDS = 20
_MANY = 100  # of one kind of problem; a file that has more is not text

Data = str | list["Data"] | dict[str, "Data"] | None
Steps = tuple[str | int, ...]
"""The way from the top of a file to a value: ("sections", 2, "title")."""


class Node:
    """A value as it stands in the file."""

    __slots__ = (
        "children", "end", "keys", "kind", "mark", "open", "places", "seen", "style", "text",
    )  # fmt: skip

    def __init__(self, kind: str, event: Any) -> None:
        self.kind = kind  # "text", "list" or "mapping"
        self.mark = Mark(event.start_mark.line + 1, event.start_mark.column + 1)
        self.end = Mark(event.end_mark.line + 1, event.end_mark.column + 1)
        self.text = ""
        self.style = ""
        self.children: dict[str | int, Node] = {}
        self.keys: dict[str, Node] = {}
        self.open = kind != "text"  # its end has not been read yet
        self.places: list[tuple[int, int]] = []  # of its characters, once asked for
        self.seen: list[int] = []  # how many of them are visible, up to each

    def with_children(self, children: "dict[str | int, Node]") -> "Node":
        """The same list or mapping with other values in it."""
        made = copy(self)
        made.children = children
        return made

    def with_text(self, text: str) -> "Node":
        """The same place, with a text that is given there."""
        made = copy(self)
        made.text, made.style = text, '"'
        return made


# What is told of a line goes to terminals, and to the records of other machines.
_SECRET = re.compile(r"\bpass(?:word|wd|phrase)?[\"']?\s*:", re.IGNORECASE)


class Source(NamedTuple):
    """A file that has been read. `problems` are those of its YAML; `root` is what could be read."""

    path: str
    text: str
    starts: list[int]  # where each line begins, and where one after the last would
    root: Node | None
    data: Data  # the whole file as plain text, lists and mappings
    problems: tuple[Problem, ...]

    def top(self, key: str) -> Data:
        """The value of a key of the whole file; None when there is none, or no such file."""
        return self.data.get(key) if isinstance(self.data, dict) else None

    def problem(
        self, mark: Mark | None, level: Level, code: str, message: str, hint: str = ""
    ) -> Problem:
        """A problem of this file, with the line it stands on."""
        return Problem(self.path, mark, level, code, message, hint, self.excerpt(mark))

    def excerpt(self, mark: Mark | None) -> str:
        """The text of the line that `mark` points to, but for one that has a password in it."""
        if not mark or mark.line >= len(self.starts):
            return ""
        return _line(self.text, self.starts[mark.line - 1], self.starts[mark.line] - 1)

    def placed(self, problem: Problem) -> Problem:
        """`problem` with the text of its line, and its column inside it."""
        excerpt = self.excerpt(problem.mark)
        if problem.mark is None:
            return problem
        column = min(problem.mark.column, len(excerpt) + 1)
        return problem._replace(mark=Mark(problem.mark.line, column), excerpt=excerpt)

    def node(self, path: Steps) -> Node | None:
        """The value at `path`, or the nearest one above it."""
        node = self.root
        for step in path:
            if node is None or step not in node.children:
                return node
            node = node.children[step]
        return node

    def value(self, path: Steps) -> Mark:
        """Where the value at `path` begins."""
        node = self.node(path)
        return node.mark if node else Mark(1, 1)

    def key(self, path: Steps) -> Mark:
        """Where the key of the value at `path` begins (for an entry of a list, the value)."""
        above = self.node(path[:-1])
        key = above.keys.get(str(path[-1])) if above else None
        return key.mark if key else self.value(path)

    def inside(self, path: Steps, offset: int) -> Mark:
        """Where character `offset` of the text at `path` stands in the file.

        YAML changes only white space, quotation marks and escapes of a text, so its visible
        characters are counted off along the file.
        """
        node = self.node(path)
        if node is None or node.kind != "text":
            return self.value(path)
        found, at = self._characters(node), _visible_before(node, offset)
        return self.at(found[at][0]) if at < len(found) else node.mark

    def span(self, path: Steps, start: int, end: int) -> tuple[int, int] | None:
        """Where characters `start` to `end` of the text at `path` stand in the whole file; None
        unless the first and the last of them are visible ones."""
        node = self.node(path)
        if node is None or node.kind != "text":
            return None
        part = node.text[start:end]
        if not part or part[0].isspace() or part[-1].isspace():
            return None
        before, after = (_visible_before(node, offset) for offset in (start, end))
        characters = self._characters(node)[before:after]
        if not characters:
            return None
        return characters[0][0], sum(characters[-1])

    def _characters(self, node: Node) -> list[tuple[int, int]]:
        """Index and length in the file of each visible character of a text."""
        if not node.places:
            span = (self.starts[mark.line - 1] + mark.column - 1 for mark in (node.mark, node.end))
            node.places = list(_visible(self.text, node.style, *span))
        return node.places

    def texts(self) -> Iterator[tuple[int, int]]:
        """The first and the last line of each text: what stands below the first is words, and no
        note, even if it begins with #."""
        pending = [self.root] if self.root else []
        while pending:
            node = pending.pop()
            pending += node.children.values()
            if node.kind == "text":
                # The end of one below | or > is where the next value begins.
                below = node.end.column == 1 and node.end.line > node.mark.line
                yield node.mark.line, node.end.line - below

    def at(self, index: int) -> Mark:
        """Where the character at `index` of the whole file stands."""
        line = bisect_right(self.starts, index)
        return Mark(line, index - self.starts[line - 1] + 1)


@lru_cache(maxsize=64)  # a file may be one line, with thousands of problems in it
def _line(text: str, start: int, end: int) -> str:
    line = text[start:end]
    return "" if _SECRET.search(line) else line


def read(path: Path, name: str = "") -> Source:
    """The file at `path`, called `name` in messages.

    Raises NewsletterError when there is nothing to go on with: no such file, no permission, too
    large, or not UTF-8 text.
    """
    name = name or str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise cannot(
                name,
                "file-too-large",
                f"this file is larger than {MAX_BYTES // 1_000_000} MB",
                "an issue is a few pages of text: is this the right file?",
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        raise cannot(name, "no-file", "there is no such file") from None
    except IsADirectoryError:
        raise cannot(name, "no-file", "this is a folder, not a file") from None
    except OSError as error:
        raise cannot(name, "no-file", f"this file cannot be read: {error.strerror}") from None
    return parse(_decode(raw, name), name)


def parse(text: str, name: str) -> Source:
    """YAML `text`, called `name` in messages, with every fault of its YAML.

    After a fault with a clear remedy the reader mends its own copy and goes on, so that an editor
    sees all faults at once. The mended copy is used for nothing else.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    problems = list(_control_characters(text, name))
    # U+2028 and U+2029 end lines for YAML, but for no editor.
    mended = _UNSEEN.sub(" ", _UNSEEN_FIRST.sub(r"\1", text))
    root: Node | None = None
    rows: set[int] = set()
    while len(rows) < _MAX_MENDS:
        reader = _Reader(mended, name)
        try:
            root = reader.read()
        except yaml.YAMLError as error:
            problem, mended_next = explain(error, mended, name)
        except NewsletterError as error:
            problem, mended_next = error.problems[0], ""
        else:
            problems += reader.problems
            break
        row = problem.mark.line if problem.mark else 0
        if row in rows:  # the remedy was none
            break
        rows.add(row)
        if problem.code == "indent" and any(told.code == "tab" for told in problems):
            break  # how far the tab was meant to reach is not known
        problems.append(problem)
        if not mended_next:
            break
        mended = mended_next
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    source = Source(name, text, starts, root, plain(root) if root else None, ())
    shown = [source.placed(problem) for problem in problems]
    return source._replace(problems=tuple(sorted(dict.fromkeys(shown), key=lambda p: p.place)))


# --- bytes -------------------------------------------------------------------------------------

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SAVE_AS_UTF8 = "save it as UTF-8 (in most editors: Save As, Encoding, UTF-8)"


def _decode(raw: bytes, name: str) -> str:
    if raw.startswith(_WIDE_MARKS) or raw.count(0) > len(raw) // 4:
        raise cannot(name, "encoding", "this file is saved as UTF-16", _SAVE_AS_UTF8)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        mark = _mark(before, len(before))
        byte = raw[error.start : error.start + 1]
        guess = byte.decode("cp1252", "replace")
        raise NewsletterError(
            Problem(
                name,
                mark,
                Level.ERROR,
                "encoding",
                "this file is not UTF-8; it looks like Windows-1252"
                + (f" ({guess} is stored as byte {byte[0]:02X})" if guess != "\ufffd" else ""),
                _SAVE_AS_UTF8,
                raw.decode("cp1252", "replace").split("\n")[mark.line - 1].rstrip("\r"),
            )
        ) from None


# Characters that no email can carry, or that make Gmail cut a message off (U+0080 to U+009F).
# Written as what is allowed: a class that names the others is ten times slower to search with.
_ASTRAL = "".join(f"{chr(n)}-{chr(n + 0xFFFD)}" for n in range(0x10000, 0x110000, 0x10000))
CONTROL = re.compile(f"[^\t\n\r -~\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd{_ASTRAL}]")
"""A character that no YAML file may hold."""

_UNSEEN = re.compile(f"{CONTROL.pattern}|[\u2028\u2029]")
# Before the words of a line, where a space in their place would be taken for an indent.
_UNSEEN_FIRST = re.compile(f"(?m)^( *)(?:{_UNSEEN.pattern})+")


def _control_characters(text: str, name: str) -> Iterator[Problem]:
    for match in islice(CONTROL.finditer(text), _MANY):
        yield _control_problem(name, _mark(text, match.start()), match[0])


def _control_problem(name: str, mark: Mark, character: str) -> Problem:
    return Problem(
        name,
        mark,
        Level.ERROR,
        "control-character",
        f"an invisible control character (U+{ord(character):04X}) stands here",
        "delete it; it often comes in by copying from a PDF or a web page",
    )


def _mark(text: str, index: int) -> Mark:
    return Mark(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


# --- events to nodes ---------------------------------------------------------------------------

_Loader: Any = yaml.CBaseLoader if getattr(yaml, "__with_libyaml__", False) else yaml.BaseLoader
_TEXT_TAG = "tag:yaml.org,2002:str"
DIRECTIVE = re.compile(r"#[ \t]*newsletter:[ \t]*off\b[ \t]*(.*)")
"""A note that is meant for `newsletter check`: `# newsletter: off RULE`."""

_NOTE = re.compile(r"[ \t]+#[^\n]*")  # after a value, on its line


class _Reader:
    """One pass over the events of a text."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.problems: list[Problem] = []

    def read(self) -> Node | None:
        root: Node | None = None
        stack: list[Node] = []
        anchors: dict[str, Node] = {}
        key: Node | None = None  # the key whose value comes next, in the mapping on top
        keys: list[Node | None] = []
        for event in yaml.parse(self.text, Loader=_Loader):
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.tell(
                        event,
                        "two-documents",
                        "a second document begins here (---)",
                        "keep one issue in a file; delete this line or quote it",
                    )
                    break
                continue
            if isinstance(event, yaml.CollectionEndEvent):
                node = stack.pop()
                node.open = False
                key = keys.pop()
                if key is None and stack and stack[-1].kind == "mapping":
                    self.bad_key(node)
                elif stack:
                    self.add(stack[-1], key, node)
                    key = None
                continue
            if not isinstance(event, yaml.NodeEvent):
                continue
            node = self.node(event, anchors)
            if len(stack) >= MAX_DEPTH:
                self.stop(node, "too-deep", f"more than {MAX_DEPTH} levels inside each other")
            if root is None:
                root = node
            if node.open:
                stack.append(node)
                keys.append(key)
                key = None
            elif stack and stack[-1].kind == "mapping" and key is None:
                key = node
            elif stack:
                self.add(stack[-1], key, node)
                key = None
        if root is not None:
            self.measure(root)
        return root

    def node(self, event: Any, anchors: dict[str, Node]) -> Node:
        if isinstance(event, yaml.AliasEvent):
            found = anchors.get(str(event.anchor))
            if found is None:
                self.tell(
                    event,
                    "alias",
                    f"there is no anchor '&{event.anchor}' for this '*'",
                    "put text that begins with * in quotes",
                )
                found = Node("text", event)
                found.text = f"*{event.anchor}"
            elif found.open:
                self.stop(
                    Node("text", event),
                    "recursion",
                    f"'*{event.anchor}' refers to what it stands in",
                )
            return found
        if isinstance(event, yaml.ScalarEvent):
            node = Node("text", event)
            node.text = event.value.replace("\r\n", "\n").replace("\r", "\n")
            node.style = event.style or ""
            start, end = _index(event.start_mark), _index(event.end_mark)
            if node.style == ">":
                node.text = _unfolded(self.text[start:end], node.text)
            self.look_at(node, end)
        else:
            node = Node("list" if isinstance(event, yaml.SequenceStartEvent) else "mapping", event)
        if event.tag and event.tag != _TEXT_TAG:
            self.tell(
                event,
                "tag",
                f"'{_short_tag(event.tag)}' is a YAML tag, and tags are not used",
                "put text that begins with ! in quotes",
            )
        if event.anchor:
            anchors[event.anchor] = node
        return node

    def add(self, parent: Node, key: Node | None, node: Node) -> None:
        if parent.kind == "list":
            parent.children[len(parent.children)] = node
            return
        if key is None or key.kind != "text":
            self.bad_key(key or node)
        if key.text in parent.children:
            first = parent.keys[key.text].mark.line
            self.problems.append(
                Problem(
                    self.name,
                    key.mark,
                    Level.ERROR,
                    "duplicate-key",
                    f"'{key.text}' stands twice here; the first is on line {first}",
                    "keep one of them",
                )
            )
            return
        parent.children[key.text] = node
        parent.keys[key.text] = key

    def look_at(self, node: Node, end: int) -> None:
        """What YAML accepts in a text that ends at `end`, but an editor did not mean."""
        if not node.style:
            note = _NOTE.match(self.text, end)
            if note and DIRECTIVE.search(note[0]):
                return
            lost = SWALLOWED.search(note[0]) if note else None
            # A note after a date or a name is a habit; after a sentence it may be a part of it.
            if note and (lost or " " in node.text):
                words = note[0].strip()
                self.problems.append(
                    Problem(
                        self.name,
                        _mark(self.text, note.end() - len(words)),
                        Level.ERROR if lost else Level.NOTE,
                        "comment-in-value",
                        *lost_words(words),
                    )
                )
        if node.style == '"':
            control = CONTROL.search(node.text)
            if control:
                self.problems.append(_control_problem(self.name, node.mark, control[0]))
                node.text = CONTROL.sub(" ", node.text)

    def measure(self, root: Node) -> None:
        """Refuse what grows too large or too deep when its aliases are written out."""
        count = 0
        pending = [(root, 1)]
        while pending:
            node, depth = pending.pop()
            count += 1 + len(node.keys)
            if count > MAX_NODES:
                self.stop(
                    root, "too-many-values", f"this file holds more than {MAX_NODES:,} values"
                )
            if depth > MAX_DEPTH + 1:
                self.stop(node, "too-deep", f"more than {MAX_DEPTH} levels inside each other")
            pending += [(child, depth + 1) for child in node.children.values()]

    def bad_key(self, node: Node) -> NoReturn:
        self.stop(
            node,
            "bad-key",
            "a key must be a word, not a list or a mapping",
            "put text that begins with [ or { in quotes",
        )

    def tell(self, event: Any, code: str, message: str, hint: str) -> None:
        mark = Mark(event.start_mark.line + 1, event.start_mark.column + 1)
        self.problems.append(Problem(self.name, mark, Level.ERROR, code, message, hint))

    def stop(self, node: Node, code: str, message: str, hint: str = "") -> NoReturn:
        raise NewsletterError(Problem(self.name, node.mark, Level.ERROR, code, message, hint))


def _short_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def plain(node: Node) -> Data:
    """The text, list or mapping that `node` is."""
    if node.kind == "mapping":
        return {str(key): plain(child) for key, child in node.children.items()}
    if node.kind == "list":
        return [plain(child) for child in node.children.values()]
    return None if not node.text and not node.style else node.text


def _index(mark: Any) -> int:
    return int(mark.index)


def _unfolded(block: str, folded: str) -> str:
    """The lines of a text after ">" as they stand, as if it began with "|".

    YAML joins such lines, and a blank line between paragraphs is lost on Markdown, which joins
    lines itself. Nobody means that.
    """
    header = re.search(r">[+-]?[ \t]*(?:#[^\n]*)?\n", block)
    lines = block[header.end() :].split("\n") if header else []
    indent = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
    text = "\n".join(line[indent:] for line in lines).strip("\n")
    return text if text.split() == folded.split() else folded


_ESCAPE = re.compile(r"\\(?:x(..)|u(.{4})|U(.{8})|\n\s*|.)", re.DOTALL)
_BLOCK_HEADER = re.compile(r"[|>][^\n]*\n")
_LABELS = re.compile(r"(?:[&!]\S*\s+)*")  # an anchor or a tag before the text itself


def _visible_before(node: Node, offset: int) -> int:
    """How many visible characters a text that was read has before character `offset`."""
    if not node.seen:
        node.seen = [0, *accumulate(not character.isspace() for character in node.text)]
    return node.seen[min(offset, len(node.text))]


def _visible(text: str, style: str, index: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each character that is not white space stands and how many it is written with, of a
    YAML text of `style` that takes `index` to `end` of the file."""
    if text[index : index + 1] in ("&", "!"):
        labels = _LABELS.match(text, index)
        index = labels.end() if labels else index
    if style in ("|", ">"):
        header = _BLOCK_HEADER.match(text, index)
        index = header.end() if header else end
    elif style and text[index : index + 1] == style:
        index, end = index + 1, end - 1
    else:
        style = ""  # quoted by the reader only, when it mended its copy
    part = text[index : min(end, len(text))]
    if style != '"' and not (style == "'" and "''" in part):  # as nearly all are
        for at, character in enumerate(part, index):
            if " " < character < "\x7f" or _is_seen(character):
                yield at, 1
        return
    while index < min(end, len(text)):
        length = 1
        if style == '"' and (escape := _ESCAPE.match(text, index)):
            length = len(escape[0])
            digits = escape[1] or escape[2] or escape[3]
            if _is_seen(chr(int(digits, 16))) if digits else escape[0][1] not in _BLANK_ESCAPES:
                yield index, length
        elif style == "'" and text.startswith("''", index):
            length = 2
            yield index, length
        elif _is_seen(text[index]):
            yield index, length
        index += length


_BLANK_ESCAPES = "\nnrtvfNLP_ \t0abe"  # those that are read as white space


def _is_seen(character: str) -> bool:
    """Whether a character is still there once the file is read: no white space, and no control
    character, for which the reader has a space."""
    return " " < character < "\x7f" or not (character.isspace() or CONTROL.match(character))
