"""The commands, as an editor meets them in a terminal."""

import errno
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import click
import pytest
from click.testing import CliRunner, Result

from newsletter import write
from newsletter.cli import newsletter
from newsletter.schema import schema as json_schema
from tests.conftest import PRIVACY, SETTINGS

ISSUE = (
    "title: The title\ndate: 2024-04\nentries:\n"
    "  - Words with [a report on neglect](https://example.org/).\n"
)
FILES = ["email.eml", "email.html", "email.txt", "preheader.txt", "subject.txt"]


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(newsletter, list(arguments), catch_exceptions=False)


@pytest.fixture(name="issue")
def _issue(folder: Path) -> Path:
    (folder / "newsletter.yaml").write_text(SETTINGS + PRIVACY)
    path = folder / "issues" / "2024-04-monthly.yaml"
    path.write_text(ISSUE)
    return path


def _made(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_command_has_help_with_an_example() -> None:
    for name, command in newsletter.commands.items():
        text = _run(name, "--help").output
        assert command.help, name
        assert f"Example:\n    newsletter {name}" in text, name
        for parameter in command.params:
            assert isinstance(parameter, click.Argument) or parameter.help, parameter.name


def test_help_loads_nothing_that_a_command_needs() -> None:
    code = "import sys, newsletter.cli; print(*(name for name in sys.modules if '.' in name))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name for name in run.stdout.split() if name.startswith("newsletter.")}
    commands = {name for name in loaded if name.startswith("newsletter.cli")}
    assert loaded - commands == {"newsletter.problems", "newsletter.report"}


def test_build_writes_five_files_an_issue(issue: Path, folder: Path) -> None:
    result = _run("build")
    assert result.exit_code == 0
    assert result.stderr == ""
    out = folder / "output" / issue.stem
    assert _made(out) == FILES
    assert (out / "subject.txt").read_text() == "The title, April 2024\n"
    assert (out / "preheader.txt").read_text() == "Words with a report on neglect.\n"
    lines = result.stdout.splitlines()
    size = (out / "email.html").stat().st_size
    assert lines[0] == "issues/2024-04-monthly.yaml: 1 entry, 1 link"
    assert re.fullmatch(
        rf"  output/2024-04-monthly/email.html: {size:,} bytes, "
        r"\d+% of what its words and links allow",
        lines[1],
    )
    assert re.fullmatch(
        r"  Gmail cuts emails off at 102,400 bytes: room for about \d+ more entries", lines[2]
    )


@pytest.mark.parametrize(
    "name", ["2024-04-monthly", "issues/2024-04-monthly.yaml"], ids=["name", "path"]
)
def test_an_issue_is_named_by_its_name_or_its_path(name: str, issue: Path, folder: Path) -> None:
    assert _run("build", name, "--out", "elsewhere").exit_code == 0
    assert _made(folder / "elsewhere" / issue.stem) == FILES


def test_an_issue_that_does_not_exist_is_told_with_the_nearest(issue: Path) -> None:
    result = _run("build", "2024-04-montly")
    assert result.exit_code == 1
    assert result.stderr == (
        "2024-04-montly: error: there is no such issue (did you mean '2024-04-monthly'?) "
        "[no-file]\n"
        "        issues are: 2024-04-monthly\n"
    )
    assert issue.exists()


@pytest.mark.usefixtures("folder")
def test_a_folder_without_issues_says_how_to_begin() -> None:
    result = _run("build")
    assert result.exit_code == 1
    assert result.stderr == (
        "issues: error: there are no issues here [no-issues]\n"
        "        begin one with: newsletter new 2024-05\n"
    )


def test_problems_show_the_line_and_a_caret_and_the_rest_is_built(
    issue: Path, folder: Path
) -> None:
    (folder / "issues" / "2024-05-monthly.yaml").write_text(
        "title: Monthly\ndate: 2024-05\nentries:\n  - A new [guide to neglect](#).\n"
    )
    result = _run("build")
    assert result.exit_code == 1
    assert result.stderr == (
        "issues/2024-05-monthly.yaml:4:11: error: this link leads nowhere [link-target]\n"
        "    4 |   - A new [guide to neglect](#).\n"
        "      |           ^\n"
        "        write the whole address, beginning with https://\n"
        "1 error, 2 notes (newsletter check shows notes).\n"
    )
    assert _made(folder / "output") == [issue.stem]


def test_strict_takes_warnings_for_errors(issue: Path, folder: Path) -> None:
    issue.write_text(ISSUE.replace("https://", "http://"))
    loose, strict = _run("build", "--out", "loose"), _run("build", "--out", "strict", "--strict")
    assert (loose.exit_code, strict.exit_code) == (0, 1)
    assert "warning: this link is not encrypted" in strict.stderr
    assert (folder / "loose" / issue.stem).exists()
    assert not (folder / "strict").exists()


def test_build_refuses_what_must_not_be_sent_unless_it_is_a_draft(
    issue: Path, folder: Path
) -> None:
    (folder / "newsletter.yaml").write_text("sender: Example Trust\n")
    refused, draft = _run("build"), _run("build", "--draft", "--out", "draft")
    assert (refused.exit_code, draft.exit_code) == (1, 0)
    assert "error: the footer has no unsubscribe link [no-unsubscribe]" in refused.stderr
    assert not (folder / "output").exists()
    assert draft.stderr == refused.stderr
    assert _made(folder / "draft" / issue.stem) == FILES


def test_a_draft_is_built_without_what_cannot_be_read(issue: Path, folder: Path) -> None:
    issue.write_text(
        "title: The title\ndate: 2024-04\nentries:\n  - A [page to come](#).\n"
        "  - {text: B, date: soon}\n  - {image: {src: none.png, alt: None}}\n  - {foo: bar}\n"
    )
    result = _run("build", "--draft")
    assert result.exit_code == 0
    told = re.findall(
        r"^issues/2024-04-monthly.yaml:(\d+):.* error: .*\[(.*)\]$", result.stderr, re.M
    )
    assert told == [
        ("4", "link-target"),
        ("5", "date"),
        ("6", "no-image"),
        ("7", "unknown-field"),
    ]
    text = (folder / "output" / issue.stem / "email.txt").read_text()
    assert "A page to come <#>.\n\nB\n" in text


@pytest.mark.usefixtures("issue")
def test_problems_of_the_settings_stop_the_build(folder: Path) -> None:
    (folder / "newsletter.yaml").write_text("platfrom: x\n")
    result = _run("build")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "newsletter.yaml:1:1: error: the settings have no 'platfrom' [unknown-field]"
    )
    assert not (folder / "output").exists()


@pytest.mark.usefixtures("issue")
@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "you may not write there"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_a_disk_that_refuses_leaves_the_last_good_files_whole(
    number: int, reason: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal is made up: no test can fill a disk that others use."""
    assert _run("build").exit_code == 0
    out = folder / "output" / "2024-04-monthly"
    before = {name: (out / name).read_bytes() for name in FILES}
    (folder / "issues" / "2024-04-monthly.yaml").write_text(ISSUE.replace("Words", "Other words"))
    written = Path.write_bytes

    def refuse(path: Path, content: bytes) -> int:
        if "preheader" in path.name:
            raise OSError(number, os.strerror(number))
        return written(path, content)

    monkeypatch.setattr(Path, "write_bytes", refuse)
    result = _run("build")
    assert result.exit_code == 1
    assert result.stderr == (
        f"output/2024-04-monthly: error: nothing was written: {reason} [cannot-write]\n"
        "1 error, 1 note (newsletter check shows notes).\n"
    )
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.usefixtures("issue")
def test_an_output_folder_that_is_a_file_is_told(folder: Path) -> None:
    (folder / "output").write_text("")
    result = _run("build")
    assert result.exit_code == 1
    assert "nothing was written: part of its path is a file, not a folder" in result.stderr


def test_a_build_that_is_killed_while_it_writes_leaves_whole_files(
    issue: Path, folder: Path
) -> None:
    """The process ends in the middle of each file in turn."""
    assert _run("build").exit_code == 0
    out = folder / "output" / issue.stem
    before = {name: (out / name).read_bytes() for name in FILES}
    issue.write_text(ISSUE.replace("Words", "Other words"))
    code = dedent("""
        import os, sys
        from pathlib import Path
        from newsletter.__main__ import main
        whole, left = Path.write_bytes, int(sys.argv.pop())
        def half(path, content):
            global left
            left -= 1
            whole(path, content if left else content[: len(content) // 2])
            if not left:
                os._exit(9)
        Path.write_bytes = half
        sys.argv[1:] = ["build"]
        main()
        """)
    for number in range(1, len(FILES) + 1):
        done = subprocess.run([sys.executable, "-c", code, str(number)], check=False)
        assert done.returncode == 9
        assert {name: (out / name).read_bytes() for name in FILES} == before


def test_ctrl_c_ends_without_a_trace(folder: Path) -> None:
    for number in range(400):
        (folder / "issues" / f"{number}.yaml").write_text(ISSUE)
    process = subprocess.Popen(
        [sys.executable, "-m", "newsletter", "build"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Where tests run in the background, Ctrl-C is ignored, and so by what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 1
    assert told.strip().splitlines()[-1] in ("Aborted!", "Stopped.")
    assert "Traceback" not in told


def test_hidden_files_are_no_issues_and_two_of_one_name_are_told(issue: Path) -> None:
    (issue.parent / "._2024-04-monthly.yaml").write_bytes(b"\x00\x05")
    (issue.parent / "2024-05-monthly.YAML").write_text(ISSUE)
    assert _run("build").stdout.count("1 entry") == 2
    (issue.parent / "2024-04-monthly.yml").write_text(ISSUE)
    result = _run("build")
    assert result.exit_code == 1
    assert (
        "issues/2024-04-monthly.yml: error: this issue has the same name as 2024-04-monthly.yaml"
    ) in result.stderr


def test_a_folder_that_is_gone_is_told_without_a_trace(folder: Path) -> None:
    gone = folder / "gone"
    gone.mkdir()
    code = "import os, sys; os.rmdir(os.getcwd()); from newsletter.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "build"], cwd=gone, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "newsletter: error: No such file or directory [system]\n"


@pytest.mark.usefixtures("issue")
@pytest.mark.parametrize("command", ["build", "--help"])
def test_an_output_that_takes_nothing_is_told_without_a_trace(command: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "newsletter", command],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "newsletter: error: No space left on device [system]\n"


@pytest.mark.usefixtures("issue")
def test_a_name_that_no_disk_takes_is_told() -> None:
    result = _run("build", "x" * 300)
    assert result.exit_code == 1
    assert "File name too long" in result.stderr


def test_wrong_use_is_exit_code_2() -> None:
    assert _run("build", "--colour", "red").exit_code == 2
    assert _run("new").exit_code == 2
    result = _run("new", "May 2024")
    assert result.exit_code == 2
    assert "'May 2024' is not a date. write 2024, 2024-04 or 2024-04-23" in result.stderr


def test_new_carries_over_what_stands_and_no_entries(issue: Path, folder: Path) -> None:
    issue.write_text(
        "title: 'Missing: a round-up'\ndate: 2024-04\nnumber: 7\ntheme: plain\n"
        "lead: {title: L, entries: [x]}\n"
        "sections:\n  - {title: '& more', entries: [y]}\n  - {title: Other, entries: [z]}\n"
    )
    result = _run("new", "2024-05")
    assert (result.exit_code, result.output) == (
        0,
        "issues/2024-05-monthly.yaml is ready to be written.\n",
    )
    assert (folder / "issues" / "2024-05-monthly.yaml").read_text() == (
        "# yaml-language-server: $schema=../.newsletter/issue.schema.json\n"
        "# Begun from 2024-04-monthly.yaml. Lines that begin with # are notes and never shown.\n"
        "title: 'Missing: a round-up'\n"
        "date: 2024-05\n"
        "number: 8\n"
        "layout: roundup\n"
        "theme: plain\n"
        "# The words that inboxes show after the subject, 40 to 90 characters.\n"
        "preheader:\n"
        "\n"
        "# The lead story, set apart at the top. Remove it in a month without one.\n"
        "lead:\n"
        "  title:\n"
        "  subtitle:\n"
        "  entries:\n"
        "    # - |\n"
        "    #   What it says, with a [link](https://example.org/) inside the sentence.\n"
        "\n"
        "# A section without entries is left out of the email.\n"
        "sections:\n"
        "  - title: '& more'\n"
        "    entries:\n"
        "      # - |\n"
        "      #   What it says, with a [link](https://example.org/) inside the sentence.\n"
        "  - title: Other\n"
        "    entries:\n"
    )
    for kind in ("issue", "settings"):
        path = folder / ".newsletter" / f"{kind}.schema.json"
        assert path.read_text("utf-8") == json_schema(kind)


def test_a_draft_builds_once_its_notes_are_made_entries(issue: Path, folder: Path) -> None:
    issue.write_text(
        "title: T\ndate: 2024-04\nlead: {title: L, entries: [x]}\n"
        "sections: [{title: S, entries: [y]}]\n"
    )
    _run("new", "2024-05")
    draft = folder / "issues" / "2024-05-monthly.yaml"
    untouched = _run("build", draft.stem)
    assert untouched.exit_code == 1
    assert "error: this issue has no entries yet [empty-issue]" in untouched.stderr
    draft.write_text(draft.read_text().replace("# - |", "- |").replace("#   What", "  What"))
    refused, made = _run("build", draft.stem), _run("build", draft.stem, "--draft")
    assert (refused.exit_code, made.exit_code) == (1, 0)
    assert "still stands in place of what was to come [placeholder]" in refused.stderr


def test_new_never_replaces_an_issue(issue: Path) -> None:
    before = issue.read_text()
    result = _run("new", "2024-04")
    assert result.exit_code == 1
    assert result.stderr == (
        "issues/2024-04-monthly.yaml: error: there is such a file already [exists]\n"
        "        rename it, or remove it first\n"
    )
    assert issue.read_text() == before


def test_a_draft_keeps_the_language_of_the_issue_before(issue: Path, folder: Path) -> None:
    issue.write_text("title: T\ndate: 2024-04\nlanguage: cy\nentries: [a]\n")
    _run("new", "2024-05")
    assert (folder / "issues" / "2024-05-monthly.yaml").read_text().splitlines()[2:] == [
        "title: T",
        "date: 2024-05",
        "layout: roundup",
        "language: cy",
        "# The words that inboxes show after the subject, 40 to 90 characters.",
        "preheader:",
        "",
        "entries:",
        "  # - |",
        "  #   What it says, with a [link](https://example.org/) inside the sentence.",
    ]


def test_many_issues_have_a_progress_bar_on_a_terminal(folder: Path) -> None:
    """In a real terminal: the bar ends before anything is said of the issues."""
    for number in range(8):
        (folder / "issues" / f"{number}.yaml").write_text(ISSUE)
    code = "import pty, sys; pty.spawn([sys.executable, '-m', 'newsletter', 'build'])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    bar, said = done.stdout.split("100%", 1)
    assert "Building  [" in bar
    assert "issues/" not in bar
    assert said.count(".yaml: 1 entry, 1 link") == 8


def test_new_begins_a_first_issue_and_takes_one_that_is_named(folder: Path) -> None:
    assert _run("new", "2024").output == "issues/2024-round-up.yaml is ready to be written.\n"
    (folder / "issues" / "2024-round-up.yaml").unlink()
    for name in ("2024-01-first", "2024-02-second"):
        (folder / "issues" / f"{name}.yaml").write_text(ISSUE)
    assert _run("new", "2024-03-01", "--from", "2024-01-first").output == (
        "issues/2024-03-01-first.yaml is ready to be written.\n"
    )


def test_new_tells_what_is_wrong_with_the_issue_before(issue: Path) -> None:
    issue.write_text("titel: x\n")
    result = _run("new", "2024-05")
    assert result.exit_code == 1
    assert "an issue has no 'titel'" in result.stderr


def test_lists_of_layouts_and_themes_say_what_each_is_for() -> None:
    assert _run("layouts").output == (
        "briefing     Topic briefs: a heading, a paragraph, and rows of links with what each of "
        "them is.\n"
        "bulletin     News cards: a picture beside the words (above them on phones), kicker, "
        "source and date.\n"
        "digest       Dated headlines, newest first: date and headline, a paragraph, where to "
        "read it.\n"
        "recap        The week's stories: headline, large picture with its credit, paragraphs, "
        "quotations.\n"
        "roundup      A thematic research round-up: a lead story, then sections of short entries "
        "under headings.\n"
    )
    assert _run("themes").output == (
        "editorial    Like a good newspaper. Serif headlines on white, black lines, one strong "
        "red.\n"
        "night        Dark in every inbox. Midnight blue with light words and a line of amber.\n"
        "plain        Calm and clear. Teal masthead, white card, sans-serif.\n"
        "public       For public bodies. Black on white, thick lines, large type, the highest "
        "contrast.\n"
        "warm         For charities. Cream page, plum masthead, round corners, friendly letters.\n"
    )


def test_a_broken_theme_is_told_with_its_line_and_the_others_are_listed(folder: Path) -> None:
    themes = folder / "templates" / "themes"
    themes.mkdir(parents=True)
    (themes / "mine.yaml").write_text("description: Mine\nlight: {page: red}\n")
    result = _run("themes")
    assert result.exit_code == 1
    assert "templates/themes/mine.yaml:2:15: error: 'red' is not a colour [colour]" in result.stderr
    assert [line.split()[0] for line in result.stdout.splitlines()] == [
        "editorial", "night", "plain", "public", "warm",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["issue", "settings", "theme", "language"])
def test_schema_prints_the_schema(kind: str) -> None:
    assert _run("schema", kind).output == json_schema(kind)


def test_create_is_for_new_files_only(folder: Path) -> None:
    write.create(folder / "a" / "b.txt", b"x")
    assert (folder / "a" / "b.txt").read_bytes() == b"x"


def test_new_offers_an_entry_with_what_such_an_issues_entries_have(folder: Path) -> None:
    (folder / "issues" / "2024-04-news.yaml").write_text(
        "title: Floods, and a new law\ndate: 2024-04\nlayout: recap\n"
        "settings: {publication: The Week}\nsections:\n"
        "  - title: A law\n    entries:\n"
        "      - {text: a, source: BBC, links: [{title: b, url: 'https://example.org/'}]}\n"
        "  - title: Must read\n    entries:\n      - {title: c, date: 2024-04-02, text: d}\n"
    )
    assert _run("new", "2024-05").exit_code == 0
    text = (folder / "issues" / "2024-05-news.yaml").read_text()
    assert text[text.index("# The last") :] == (
        "# The last one was: Floods, and a new law\n"
        "title:\n"
        "date: 2024-05\n"
        "layout: recap\n"
        "# The words that inboxes show after the subject, 40 to 90 characters.\n"
        "preheader:\n"
        "\n"
        "settings: {publication: The Week}\n"
        "\n"
        "# A section without entries is left out of the email.\n"
        "sections:\n"
        "  - title: Must read\n"
        "    entries:\n"
        "      # - title: Its headline\n"
        "      #   source: Who published it\n"
        "      #   date: 2024-05\n"
        "      #   text: |\n"
        "      #     What it says, with a [link](https://example.org/) inside the sentence.\n"
        '      #   links: [{label: Read, title: Its title, url: "https://example.org/"}]\n'
    )
    told = _run("build", "2024-05")
    assert "error: 'title' has no value [missing]" in told.stderr


def test_new_offers_a_section_after_an_issue_of_stories_only(folder: Path) -> None:
    (folder / "issues" / "2024-04-news.yaml").write_text(
        "title: T\ndate: 2024-04\nsections:\n"
        "  - title: A law\n    entries:\n"
        "      - {text: a, links: [{title: b, url: 'https://example.org/'}]}\n"
    )
    assert _run("new", "2024-05").exit_code == 0
    text = (folder / "issues" / "2024-05-news.yaml").read_text()
    assert text[text.index("\nsections") :] == (
        "\nsections:\n"
        "  - title:\n"
        "    entries:\n"
        "      # - |\n"
        "      #   What it says, with a [link](https://example.org/) inside the sentence.\n"
    )
