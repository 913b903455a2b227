"""What the documents say is so: pages are current, examples give what is printed below them."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsletter.cli import newsletter
from newsletter.schema import schema
from scripts import manuals
from scripts.fields import PAGE, page
from scripts.pictures import SHOWN, shown

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def _block(kind: str, number: int = 0) -> str:
    blocks: list[str] = re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)
    return blocks[number]


SETTINGS, TEN_LINES, _, IN_A_HURRY = (_block("yaml", number) for number in range(4))


@pytest.fixture(name="written")
def _written(folder: Path) -> Callable[[str, str], None]:
    """Writes an issue into the newsletter that the README describes."""
    (folder / "newsletter.yaml").write_text(SETTINGS)

    def written(month: str, text: str) -> None:
        (folder / "issues" / f"{month}-monthly.yaml").write_text(text)

    return written


Written = Callable[[str, str], None]


def test_the_example_of_the_readme_builds_into_the_text_below_it(
    written: Written, folder: Path
) -> None:
    assert len(TEN_LINES.splitlines()) == 10
    written("2024-05", TEN_LINES)
    result = CliRunner().invoke(newsletter, ["build"])
    assert (result.exit_code, result.stderr) == (0, "")
    text = (folder / "output" / "2024-05-monthly" / "email.txt").read_text("utf-8")
    assert text.startswith(_block("text"))


def test_the_slip_of_the_readme_is_told_as_it_says(written: Written) -> None:
    written("2024-05", TEN_LINES.replace("https://www.iwf.org.uk/sextortion", "#"))
    told = CliRunner().invoke(newsletter, ["build"]).stderr
    assert f"$ newsletter build\n{told}" == _block("console")


def test_without_a_sender_the_example_is_built_as_a_draft_only(
    written: Written, folder: Path
) -> None:
    written("2024-05", TEN_LINES)
    (folder / "newsletter.yaml").unlink()
    runs = [CliRunner().invoke(newsletter, ["build", *draft]) for draft in ((), ("--draft",))]
    assert [run.exit_code for run in runs] == [1, 0]


def test_what_check_finds_in_the_readme_is_what_it_says(written: Written) -> None:
    written("2024-04", TEN_LINES.replace("2024-05", "2024-04"))
    written("2024-05", IN_A_HURRY)
    told = CliRunner().invoke(newsletter, ["check", "2024-05"]).stdout
    assert f"$ newsletter check 2024-05\n{told}" == _block("console", 2)


def test_a_platform_s_build_in_the_readme_is_what_it_says(written: Written) -> None:
    written("2024-05", TEN_LINES)
    done = CliRunner().invoke(newsletter, ["build", "2024-05", "--platform", "mailchimp"])
    assert f"$ newsletter build 2024-05 --platform mailchimp\n{done.output}" == _block("console", 3)


def test_every_command_is_in_the_readme() -> None:
    missing = [name for name in newsletter.commands if f"newsletter {name}" not in README]
    assert missing == []


def test_every_file_that_the_readme_links_to_is_there() -> None:
    found = re.findall(r"\]\(([^)#:]+)\)|src=\"([^\"]+)\"", README)
    links = [link or picture for link, picture in found if not link.startswith("[[")]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_module_is_on_the_map() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    modules = [path.name for path in (ROOT / "newsletter").glob("[a-z]*.py")]
    assert [name for name in modules if f"`{name}`" not in text] == []


def test_the_page_of_fields_is_current() -> None:
    """`make samples` makes it again."""
    assert PAGE.read_text("utf-8") == page()


def test_the_page_of_rules_is_current() -> None:
    """`make samples` makes it again."""
    assert manuals.PAGE.read_text("utf-8") == manuals.page()


def test_the_pictures_are_of_the_emails_beside_them() -> None:
    """`make samples` takes them again."""
    assert json.loads(SHOWN.read_text("utf-8")) == shown()


def test_the_schemas_that_issues_name_are_current() -> None:
    """`make samples` makes them again."""
    for kind in ("issue", "settings"):
        path = ROOT / ".newsletter" / f"{kind}.schema.json"
        assert path.read_text("utf-8") == schema(kind)
