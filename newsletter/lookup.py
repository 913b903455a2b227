"""The folders of templates in; layouts, themes and languages by their names out."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from newsletter.loader import load, over
from newsletter.model import Words
from newsletter.problems import Level, NewsletterError, Problem, did_you_mean, shown
from newsletter.source import Data, Source, read
from newsletter.theme import Theme
from newsletter.values import Language


class Look(NamedTuple):
    """A theme as it was found, with the CSS of its own and of those that it extends."""

    theme: Theme
    rules: str  # CSS for the elements
    media: str  # @media blocks, for the head
    source: Source  # the file that names its logo


class Templates:
    """The folders of layouts, parts, themes and languages; the first that has a file wins."""

    def __init__(self, *folders: Path) -> None:
        self.folders = tuple(dict.fromkeys((*folders, _shipped())))

    def layouts(self) -> list[str]:
        """Names of the layouts: those that have both an HTML and a text template."""
        html, text = (set(self._names(f"layouts/*.{suffix}")) for suffix in ("mjml", "txt"))
        return sorted(html & text)

    def themes(self) -> list[str]:
        """Names of the themes."""
        return self._names("themes/*.yaml")

    def languages(self) -> list[str]:
        """Tags of the languages that there are labels in."""
        return self._names("languages/*.yaml")

    def lacking(self, layout: str) -> str:
        """The template that is missing where a layout has only one of its two; else ""."""
        there = {suffix: layout in self._names(f"layouts/*.{suffix}") for suffix in ("mjml", "txt")}
        missing = [suffix for suffix, found in there.items() if not found]
        return f"layouts/{layout}.{missing[0]}" if len(missing) == 1 else ""

    def description(self, layout: str) -> str:
        """What a layout is for: the comment that its HTML template begins with."""
        path = self._file(f"layouts/{layout}.mjml")
        try:
            match = re.match(r"\{#-?\s*(.*?)\s*-?#\}", path.read_text("utf-8"), re.DOTALL)
        except UnicodeDecodeError:
            return f"({shown(path)} is not UTF-8 text)"
        return " ".join(match[1].split()) if match else ""

    def theme(self, name: str) -> tuple[Look | None, list[Problem]]:
        """The theme called `name`, which must be one of `themes`, with the problems of its file
        and of those that it extends."""
        values: Data = None
        sheets: dict[str, tuple[str, str]] = {}
        logo: Source | None = None
        theme: Theme | None = None
        problems: list[Problem] = []
        try:
            found = chain(name, "theme", self.themes(), self._theme_files)
            for path, source in reversed(found.items()):
                theme, wrong = load(source, Theme, values)
                problems += wrong
                if theme is None:
                    return None, _told_once(problems, source)
                values = over(source.data, values)
                if logo is None or source.top("logo"):
                    logo = source
                # The CSS of a name is looked up like its values: the first folder wins.
                for sheet in self._files(f"themes/{path.stem}.css")[:1]:
                    sheets[path.stem] = _css(sheet)
        except NewsletterError as error:
            return None, [*problems, *error.problems]
        if theme is None or logo is None:
            return None, problems
        rules = "\n".join(rules for rules, _ in sheets.values())
        media = "\n".join(media for _, media in sheets.values())
        return Look(theme, rules, media, logo), problems

    def words(self, language: Language) -> tuple[Words | None, list[Problem]]:
        """The labels in `language` or, failing its variant, in the language itself."""
        known = self.languages()
        for tag in (language, language.primary):
            if tag in known:
                path = self._file(f"languages/{tag}.yaml")
                return load(read(path, shown(path)), Words)
        return None, []

    def _theme_files(self, name: str) -> list[Path]:
        return self._files(f"themes/{name}.yaml")

    def _names(self, pattern: str) -> list[str]:
        found = (path for folder in self.folders for path in folder.glob(pattern))
        return sorted({path.stem for path in found if not path.name.startswith(".")})

    def _files(self, name: str) -> list[Path]:
        return [path for folder in self.folders if (path := folder / name).is_file()]

    def _file(self, name: str) -> Path:
        return self._files(name)[0]


def chain(
    name: str, kind: str, names: list[str], files: Callable[[str], list[Path]]
) -> dict[Path, Source]:
    """The files of the `kind` ("theme") called `name` and of those that it extends, its own first.

    One may extend another of its own name: the one that it stands in front of. `files` finds those
    of a name. Raises NewsletterError.
    """
    found: dict[Path, Source] = {}
    while name:
        path = next(path for path in files(name) if path not in found)
        source = found[path] = read(path, shown(path))
        hint = f"{kind}s are: {', '.join(names)}"
        named = source.top("extends")
        if isinstance(named, list | dict):
            raise NewsletterError(
                source.problem(
                    source.value(("extends",)),
                    Level.ERROR,
                    "shape",
                    f"'extends' should be the name of one {kind}",
                    hint,
                )
            )
        name = named or ""
        known = name in names
        if name and all(path in found for path in (files(name) if known else [])):
            near = did_you_mean(name, names)
            message = f"there is no {kind} '{name}'"
            if known:
                message = f"these {kind}s extend each other in a circle"
            elif near:
                message += f" (did you mean '{near}'?)"
            mark = source.value(("extends",))
            raise NewsletterError(source.problem(mark, Level.ERROR, f"no-{kind}", message, hint))
    return found


def _told_once(problems: list[Problem], source: Source) -> list[Problem]:
    """`problems`, with all the values that a theme on its own lacks told as one."""
    missing = [problem for problem in problems if problem.code == "missing"]
    if len(missing) < 3:
        return problems
    lacking = source.problem(
        None,
        Level.ERROR,
        "missing",
        "this theme does not give every value",
        "write 'extends: plain', and only what is different",
    )
    return [*(problem for problem in problems if problem not in missing), lacking]


_NOTES = re.compile(r"/\*.*?\*/", re.DOTALL)
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}")


def _css(path: Path) -> tuple[str, str]:
    """A theme's own CSS: the rules, and the @media blocks.

    Raises NewsletterError for what the head of an email cannot hold.
    """
    source = read(path, shown(path))
    css = _NOTES.sub(lambda note: re.sub("[^\n]", " ", note[0]), source.text)

    def stop(at: int, message: str, hint: str) -> NewsletterError:
        return NewsletterError(source.problem(source.at(at), Level.ERROR, "css", message, hint))

    for block in _MEDIA.finditer(css):
        if "<" in block[0]:
            raise stop(
                block.start() + block[0].index("<"),
                "'<' cannot stand in the head of an email",
                "write max-width: 400px in place of width < 400px",
            )
    if "@import" in css:
        raise stop(css.index("@import"), "an email cannot @import CSS", "copy its rules here")
    bare = re.sub("'[^'\n]*'|\"[^\"\n]*\"", "", css)
    if bare.count("{") != bare.count("}"):
        raise stop(len(css.rstrip()) - 1, "a { or } is missing in this CSS", "close each rule")
    return " ".join(_MEDIA.sub("", css).split()), " ".join("".join(_MEDIA.findall(css)).split())


def no_such(
    source: Source, field: str, name: str, known: list[str], *, written: bool = True
) -> list[Problem]:
    """The problem of a name that is not `known`, if it is not. It stands at its field in the
    file when it was `written` there."""
    if name in known:
        return []
    near = did_you_mean(name, known)
    there = written and source.node((field,)) is not source.root
    problem = source.problem(
        source.value((field,)) if there else None,
        Level.ERROR,
        f"no-{field}",
        f"there is no {field} '{name}'" + (f" (did you mean '{near}'?)" if near else ""),
        f"{field}s are: {', '.join(known)}",
    )
    return [problem]


def _shipped() -> Path:
    """The project's own templates: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "templates"
