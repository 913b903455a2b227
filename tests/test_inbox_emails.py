"""The emails that are looked at as readers see them, and whether they are valid HTML.

One issue that has everything is built in every layout and every theme, a shorter one in the
languages that are written from right to left in every layout; and the samples as they are.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from PIL import Image

from newsletter.build import build
from newsletter.lookup import Templates
from newsletter.project import Project, open_project
from newsletter.theme import Theme

TESTS = Path(__file__).parent
ROOT = TESTS.parent
TOOL = TESTS / "html_validate"
LAYOUTS = Templates().layouts()
THEMES = Templates().themes()
RIGHT_TO_LEFT = ("ar", "ur")
PICTURES = {"landscape": (1072, 603), "portrait": (480, 640), "small": (120, 90)}


class Shown(NamedTuple):
    """An email as it is sent, and what it was made of."""

    html: str
    text: str
    pictures: Mapping[str, bytes]  # by their addresses
    layout: str
    theme: Theme


class Wanted(NamedTuple):
    """An issue of this folder, in a layout and a theme."""

    issue: str
    layout: str
    theme: str


MADE = {
    **{
        f"{layout}-{theme}": Wanted("mixed", layout, theme)
        for layout in LAYOUTS
        for theme in THEMES
    },
    **{
        f"{language}-{layout}": Wanted(language, layout, theme)
        for (language, layout), theme in zip(
            [(language, layout) for language in RIGHT_TO_LEFT for layout in LAYOUTS],
            cycle(THEMES),
            strict=False,
        )
    },
}
SAMPLES = {path.stem: path for path in sorted((ROOT / "issues").glob("*.yaml"))}
MIXED = [name for name, wanted in MADE.items() if wanted.issue == "mixed"]
ARABIC = [name for name, wanted in MADE.items() if wanted.issue in RIGHT_TO_LEFT]
ALL = [*MADE, *SAMPLES]


@cache
def emails() -> dict[str, Shown]:
    """All emails by name, each built once."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "issues" / "images").mkdir(parents=True)
        shutil.copy(TESTS / "test_inbox_settings.yaml", folder / "newsletter.yaml")
        for name, size in PICTURES.items():
            Image.new("RGB", size, "#4a6b78").save(folder / "issues" / "images" / f"{name}.png")
        Image.new("RGB", (480, 120), "#4a6b78").save(folder / "logo.png")
        project = open_project(folder)
        found = {}
        for name, (issue, layout, theme) in MADE.items():
            path = folder / "issues" / f"{name}.yaml"
            words = (TESTS / f"test_inbox_{issue}.yaml").read_text("utf-8")
            path.write_text(f"layout: {layout}\ntheme: {theme}\n{words}", "utf-8")
            found[name] = _shown(path, project)
        project = open_project(ROOT)
        return found | {name: _shown(path, project) for name, path in SAMPLES.items()}


def _shown(path: Path, project: Project) -> Shown:
    result = build(path, project)
    assert result.problems == ()
    assert result.email
    assert result.issue
    look, _ = project.templates.theme(result.issue.theme or project.settings.theme)
    assert look
    layout = result.issue.layout
    return Shown(result.email.html, result.email.text, result.images, layout, look.theme)


def test_there_are_layouts_and_themes_to_look_at() -> None:
    assert len(MIXED) >= 25


@pytest.fixture(name="told", scope="module")
def _told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What html-validate says of each email, and of one with a planted fault."""
    folder = tmp_path_factory.mktemp("emails")
    pages = {name: email.html for name, email in emails().items()}
    pages["planted"] = pages[MIXED[0]].replace("<h1", '<h1 vertical-align="top"')
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, "utf-8")
    program = TOOL / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    assert program.is_file(), "html-validate is missing: `make test` installs it"
    answer = folder / "answer.json"
    done = subprocess.run(
        [
            Path(sys.executable).parent / "node",
            program,
            *("--config", TOOL / "config.mjs"),
            *("--formatter", f"json={answer}"),  # a pipe would lose the end of a long answer
            *sorted(folder.glob("*.html")),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, list[str]] = {name: [] for name in pages}
    for file in json.loads(answer.read_text("utf-8")):
        found[Path(file["filePath"]).stem] += [
            f"{fault['line']}:{fault['column']} {fault['ruleId']}: {fault['message']}"
            for fault in file["messages"]
        ]
    return found


@pytest.mark.parametrize("name", ALL)
def test_an_email_is_valid_html(name: str, told: dict[str, list[str]]) -> None:
    assert told[name] == []


def test_an_attribute_that_there_is_not_is_no_valid_html(told: dict[str, list[str]]) -> None:
    (fault,) = told["planted"]
    assert fault.endswith('Attribute "vertical-align" is not allowed on <h1> element')
