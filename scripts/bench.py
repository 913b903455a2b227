"""Speed, memory and weight of `newsletter`, beside other builders of email: `make bench`.

In: this repository, its .venv, and the network for the first run, which installs the other
builders from npm and PyPI. Out: tables on standard output, progress on standard error, exit code 0
whatever they say; what is installed and made stays in .bench/ for the next run. `--quick` measures
three rounds, beside the `mjml` command alone.

The content is made here, of a list of words and without chance, so that every run and every
machine builds the same emails: one of 60 entries, one of 600.
"""

import argparse
import hashlib
import html
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from unittest import mock

import mjml
import msgspec
from premailer import Premailer

from newsletter import compose, images, render
from newsletter.build import build
from newsletter.check import judge, prove
from newsletter.choices import language_of, settings_of, style_of
from newsletter.compose import Email, Style
from newsletter.loader import load
from newsletter.markup import Markdown
from newsletter.message import draft_of, message
from newsletter.model import Issue
from newsletter.platforms.fill import fill as fill_in
from newsletter.platforms.fill import supply
from newsletter.project import Project, open_project
from newsletter.source import Source, read
from newsletter.values import Language

ROOT = Path(__file__).parent.parent
PARTS = Path(__file__).parent / "peers"
BENCH = ROOT / ".bench"
BIN = Path(sys.executable).parent

ENTRIES = (60, 600)
PAST = 200  # issues before one that is checked
LATEST = 291  # the number of that, in months from January 2000
PER_SECTION = 3
INSTALL_SECONDS = 900
RUN_SECONDS = 300


# --- content -----------------------------------------------------------------------------------


class Run(NamedTuple):
    """Words of a sentence, linked when they have an address."""

    text: str
    href: str = ""


class Section(NamedTuple):
    """A heading and its entries; an entry is one paragraph."""

    title: str
    entries: list[list[Run]]


TITLE = "Safeguarding and Child Protection Research Round-up"
MONTH = "2024-04"
PREHEADER = "Care leavers, county lines, online safety and what practitioners ask for"

SETTINGS: dict[str, Any] = {
    "publication": TITLE,
    "sender": "Example Safeguarding Research Network",
    "sender_email": "roundup@example.org",
    "address": "1 Example Street, Exampleton EX1 1EX",
    "reason": "You receive this monthly round-up because you asked us to send it.",
    "contact": "roundup@example.org",
    "privacy": "https://example.org/privacy",
    "order": "alphabetical",
    "output": "output",
    "theme": "plain",
    "links": {
        "unsubscribe": "https://example.org/unsubscribe",
        "view_online": "https://example.org/round-up",
    },
    "support": [
        {
            "name": "Childline",
            "phone": "0800 1111",
            "url": "https://www.childline.org.uk/",
            "text": "for anyone under 19, day and night",
        },
        {
            "name": "NSPCC Helpline",
            "phone": "0808 800 5000",
            "url": "https://www.nspcc.org.uk/keeping-children-safe/reporting-abuse/",
            "text": "for adults worried about a child",
        },
    ],
}

TOPICS = {
    "Care Leavers": "young people who leave care",
    "Child Criminal Exploitation": "county lines and other criminal exploitation",
    "Child Sexual Abuse": "how children tell of sexual abuse",
    "Children in Care": "placements far from home",
    "Disadvantage": "what poverty costs a childhood",
    "Domestic Abuse": "children who live with domestic abuse",
    "Education": "exclusion and absence from school",
    "Family Help": "early help for families under strain",
    "Health": "waiting times for mental health care",
    "Homelessness": "young people without a settled home",
    "Information Sharing": "what agencies may tell each other",
    "Kinship Care": "grandparents who bring up a child",
    "Missing": "return interviews after a child goes missing",
    "Modern Slavery": "children who are moved for their labour",
    "Neglect": "neglect that builds up over years",
    "Online Safety & Online Harms": "what strangers ask of children online",
    "Safeguarding": "referrals that lead to no action",
    "Substance Misuse": "vaping and its place in exploitation",
    "Youth Justice": "children held on remand",
    "Youth Violence": "knife crime and those who prevent it",
}
REGIONS = (
    "the East Midlands", "the East of England", "London", "the North East", "the North West",
    "Northern Ireland", "Scotland", "the South West", "Wales", "Yorkshire",
)  # fmt: skip
BODIES = (
    "The Northern Safeguarding Network", "The Institute for Missing Children", "The Harbour Trust",
    "The Centre for Family Practice", "The Commission on Care", "The Youth Evidence Unit",
    "The Coastal Children’s Alliance", "The Forum for School Inclusion",
    "The Online Harms Observatory", "The Association of Social Work Teams",
)  # fmt: skip
WORKS = (
    "a review of", "an inquiry into", "a survey of practitioners on", "a scoping study of",
    "a thematic report on", "an evidence briefing on", "a set of case studies of",
    "an annual report on", "a guide for practitioners to",
)  # fmt: skip
GROUPS = (
    "local authorities", "schools and colleges", "police forces", "health visitors",
    "foster carers", "youth workers", "family courts", "hospital staff", "housing officers",
)  # fmt: skip
FINDINGS = (
    "seldom learn what became of a referral", "see the risk late, if they see it at all",
    "write down what they are told in different ways", "wait for months before a plan is agreed",
    "have too little time to listen", "were trained once, and some years ago",
    "rely on one person who knows the family", "do not ask the child what would help",
)  # fmt: skip
REMEDIES = (
    "a named worker for every child", "one record that all agencies can read",
    "training that is repeated each year", "longer visits, and fewer changes of worker",
    "a right to advocacy from the first day", "clear words in letters to families",
)  # fmt: skip
HOSTS = ("news.example.org", "www.example.com", "research.example.org", "library.example.net")


def pick(words: tuple[str, ...], *place: object) -> str:
    """One of `words`, always the same at the same place."""
    return words[hashlib.sha256(repr(place).encode()).digest()[0] % len(words)]


def two(words: tuple[str, ...], *place: object) -> tuple[str, str]:
    """Two different ones of `words`."""
    one = pick(words, *place)
    return one, pick(tuple(word for word in words if word != one), *place)


def sections(count: int) -> list[Section]:
    """An issue of `count` entries: three to a section, ten links to every three.

    A section is about a topic; where there are more sections than topics, in a region.
    """
    regions = REGIONS if count > PER_SECTION * len(TOPICS) else ("",)
    made: list[Section] = []
    for topic, theme in TOPICS.items():
        for region in regions:
            numbers = range(len(made) * PER_SECTION, (len(made) + 1) * PER_SECTION)
            place = f" in {region}" if region else ""
            entries = [entry(topic, theme, place, number) for number in numbers]
            made.append(Section(topic + place, entries))
    return made


def entry(topic: str, theme: str, place: str, number: int) -> list[Run]:
    """The paragraph that has this number in the issue."""
    group, other = two(GROUPS, number)
    finding, more = two(FINDINGS, number)
    slug = re.sub(r"[^a-z]+", "-", topic.lower())

    def address(kind: str) -> str:
        return f"https://{pick(HOSTS, number, kind)}/{kind}/{slug}-{number}"

    runs = [
        Run(f"{pick(BODIES, number)} has published "),
        Run(f"{pick(WORKS, number)} {theme}", address("reports")),
        Run(
            f"{place}. It finds that {group} {finding}, and that {other} {more}. "
            f"The authors ask for {pick(REMEDIES, number)}. There is "
        ),
        Run(f"a summary for {group}", address("summaries")),
        Run(" and "),
        Run("a recording of the seminar", address("seminars")),
        Run("."),
    ]
    if number % PER_SECTION == PER_SECTION - 1:
        runs += [
            Run(" Families who took part have written "),
            Run("a reply of their own", address("replies")),
            Run(f", in which they thank {other}."),
        ]
    else:
        runs.append(
            Run(f" In {2 + number % 7} of {11 + number % 9} cases nobody was told in time.")
        )
    return runs


def markdown(runs: list[Run]) -> str:
    """A paragraph as editors write it."""
    return "".join(f"[{run.text}]({run.href})" if run.href else run.text for run in runs)


def issue_yaml(issue: list[Section]) -> str:
    """The issue as `newsletter` reads it."""
    lines = [f"title: {TITLE}", f"date: {MONTH}", f"preheader: {PREHEADER}", "", "sections:"]
    for section in issue:
        lines += [f"  - title: {section.title}", "    entries:"]
        for runs in section.entries:
            folded = textwrap.fill(
                markdown(runs), 72, break_long_words=False, break_on_hyphens=False
            )
            lines += ["      - >-", textwrap.indent(folded, "        ")]
    return "\n".join(lines) + "\n"


def issue_markdown(issue: list[Section]) -> str:
    """The issue as inkletter reads it, which knows no link to a heading."""
    shown = other_words(issue)
    contents = "\n".join(f"- {section.title}" for section in issue)
    blocks = [f"# {TITLE}", shown["date"], "## In this issue", contents]
    for section in issue:
        blocks += [f"## {section.title}", *(markdown(runs) for runs in section.entries)]
    blocks += [markdown([Run(**run) for run in runs]) for runs in shown["support"] + shown["foot"]]
    return "\n\n".join(blocks) + "\n"


def month(number: int) -> str:
    """The month of an issue, counted from January 2000."""
    return f"{2000 + number // 12}-{1 + number % 12:02}"


def past_yaml(number: int) -> str:
    """An issue of 60 entries with a headline, a day and a row of links each."""
    date = month(number)
    lines = [f"title: {TITLE}", f"subject: What {coined(number)} found", f"date: {date}"]
    lines += ["layout: bulletin", "", "sections:"]
    for at, (topic, theme) in enumerate(TOPICS.items()):
        lines += [f"  - title: {topic}", "    entries:"]
        for of_topic in range(PER_SECTION):
            item = (number + 1) * 1000 + at * PER_SECTION + of_topic
            said = textwrap.fill(
                markdown(entry(topic, theme, f" in {coined(item)}", item)),
                72,
                break_long_words=False,
                break_on_hyphens=False,
            )
            headline = " ".join(coined(item, place) for place in range(8))
            lines += [
                f"      - title: {headline.capitalize()}, {pick(GROUPS, item)} say",
                f"        date: {date}-{1 + item % 28:02}",
                f"        source: {pick(BODIES, item)}",
                "        text: >-",
                textwrap.indent(said, "          "),
                "        links:",
                "          - label: Read the report",
                f"            title: {headline.capitalize()}",
                f"            url: https://{pick(HOSTS, item)}/{date}/{headline.replace(' ', '-')}",
            ]
    return "\n".join(lines) + "\n"


def coined(*place: object) -> str:
    """A word of its own at each place, one of some thousand."""
    digest = hashlib.sha256(repr(place).encode()).digest()
    return (
        "".join("bdfklmnprstv"[byte % 12] + "aeiou"[byte % 5] for byte in digest[:2])
        + "nstr"[digest[2] % 4]
    )


def other_words(issue: list[Section]) -> dict[str, Any]:
    """All that the email shows, for builders whose templates read JSON."""

    def pieces(runs: list[Run]) -> list[dict[str, str]]:
        return [run._asdict() for run in runs]

    support = [
        [Run(line["name"], line["url"]), Run(f": {line['phone']} ({line['text']})")]
        for line in SETTINGS["support"]
    ]
    links = {
        "View online": SETTINGS["links"]["view_online"],
        "Privacy notice": SETTINGS["privacy"],
        "Unsubscribe": SETTINGS["links"]["unsubscribe"],
    }
    foot = [
        [Run(f"Sent by {SETTINGS['sender']}, {SETTINGS['address']}")],
        [Run(SETTINGS["reason"])],
        [
            Run("Questions and suggestions: "),
            Run(SETTINGS["contact"], "mailto:" + SETTINGS["contact"]),
        ],
        [run for words, href in links.items() for run in (Run(words, href), Run("  "))],
    ]
    return {
        "title": TITLE,
        "date": "April 2024",
        "preheader": PREHEADER,
        "sections": [
            {"title": section.title, "entries": [pieces(runs) for runs in section.entries]}
            for section in issue
        ],
        "support": [pieces(runs) for runs in support],
        "foot": [pieces(runs) for runs in foot],
    }


class Job(NamedTuple):
    """The issue of one size, in every form that a builder reads."""

    entries: int
    links: frozenset[str]
    project: Path
    mjml: Path
    markdown: Path
    json: str
    html: int  # bytes of our own HTML
    words: int  # bytes of the text that it shows
    addresses: int  # bytes of its links' targets

    @property
    def issue(self) -> Path:
        """The issue's file in our own project."""
        return self.project / "issues" / f"{MONTH}.yaml"

    @property
    def content(self) -> int:
        """What an email is for: bytes of its visible text and of its links' targets."""
        return self.words + self.addresses


def prepare(entries: int) -> Job:
    """Write the issue of so many entries into .bench/, and the MJML that we make of it."""
    issue = sections(entries)
    folder = BENCH / "content" / str(entries)
    project = folder / "project"
    (project / "issues").mkdir(parents=True, exist_ok=True)
    settings = json.dumps(SETTINGS, indent=2, ensure_ascii=False)  # which is YAML too
    (project / "newsletter.yaml").write_text(settings + "\n", encoding="utf-8")
    path = project / "issues" / f"{MONTH}.yaml"
    path.write_text(issue_yaml(issue), encoding="utf-8")
    if entries == min(ENTRIES):
        prepare_checks(project)
    words = folder / "issue.md"
    words.write_text(issue_markdown(issue), encoding="utf-8")
    with mock.patch.object(render, "html", wraps=render.html) as rendered:
        result = build(path, open_project(project))
    if result.email is None:
        raise SystemExit(f"The bench's own issue cannot be built: {result.problems}")
    layout = folder / "issue.mjml"
    layout.write_text(rendered.call_args.args[0], encoding="utf-8")
    links = frozenset(
        run.href for section in issue for runs in section.entries for run in runs if run.href
    )
    data = json.dumps(other_words(issue), ensure_ascii=False)
    page = result.email.html
    shown = len(render.visible_text(page).encode())
    addresses = sum(len(url.encode()) for url in render.link_addresses(page))
    return Job(entries, links, project, layout, words, data, len(page.encode()), shown, addresses)


def prepare_checks(project: Path) -> None:
    """Two folders with an issue of 60 entries that have headlines: alone, and after others."""
    for folder, numbers in zip(check_folders(project), ([], range(PAST)), strict=True):
        (folder / "issues").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(project / "newsletter.yaml", folder / "newsletter.yaml")
        for number in (*numbers, LATEST):
            path = folder / "issues" / f"{month(number)}.yaml"
            path.write_text(past_yaml(number), encoding="utf-8")


def check_folders(project: Path) -> tuple[Path, Path]:
    """The folders of the newsletters that are checked."""
    return project.parent / "alone", project.parent / "after"


# --- commands and what they take ---------------------------------------------------------------


Command = Sequence[str | Path]


class Failed(Exception):
    """A command could not be run, and why."""


class Cost(NamedTuple):
    """What one run of a command took."""

    seconds: float
    peak: int  # bytes


def call(command: Command, folder: Path, seconds: int, first: Path | None = None) -> str:
    """What `command` prints. It, and all that it started, ends after so many seconds.

    The folder `first` is the first in which commands are looked for. Raises Failed.
    """
    path = os.environ.get("PATH", "")
    environment = os.environ | {
        "PATH": f"{first}{os.pathsep}{path}" if first else path,
        "CI": "1",  # no questions, no spinners
        "NO_COLOR": "1",
        # Python commands find their bytecode, as installed ones do, but the source tree is left
        # alone.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(BENCH / "bytecode"),
    }
    try:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise Failed(f"{command[0]}: {error.strerror}") from None
    try:
        printed, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Failed(f"stopped after {seconds} s") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if process.returncode:
        raise Failed(f"exit code {process.returncode}: {last_words(printed)}")
    return printed


def last_words(printed: str) -> str:
    """The end of what a command printed, on one line: there it says what went wrong."""
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    return " / ".join(lines[-3:])[-300:] or "it printed nothing"


class Tool(NamedTuple):
    """A command to be measured, and the files that it leaves."""

    name: str
    command: Command
    folder: Path = BENCH
    html: Path | None = None
    text: Path | None = None
    first: Path | None = None
    error: str = ""  # why it cannot be measured


def cold(tool: Tool) -> Cost:
    """One run of a tool as a process of its own. Raises Failed."""
    files = [path for path in (tool.html, tool.text) if path]
    for path in files:
        path.unlink(missing_ok=True)
    log = BENCH / "log.txt"
    small: Command = (sys.executable, "-I", "-S", PARTS / "measure.py", log)
    took = call([*small, *tool.command], tool.folder, RUN_SECONDS, tool.first)
    seconds, peak, code = took.split()
    if code != "0":
        printed = log.read_text(encoding="utf-8", errors="replace")
        raise Failed(f"exit code {code}: {last_words(printed)}")
    for path in files:
        if not path.is_file():
            raise Failed(f"it wrote no {path.name}")
    return Cost(float(seconds), int(peak))


# --- the other builders ------------------------------------------------------------------------


class Peer(NamedTuple):
    """Another builder: its packages, and the commands that are measured of it."""

    name: str
    packages: tuple[str, ...]
    tools: Callable[[Job, Path], list[Tool]]
    commands: Callable[[tuple[str, ...]], list[Command]]  # that install it


def installed(peer: Peer) -> Path:
    """The folder that holds the peer; it is installed unless it was before. Raises Failed."""
    folder = BENCH / "peers" / peer.name
    done = folder / "installed.txt"
    if done.is_file() and done.read_text(encoding="utf-8") == " ".join(peer.packages):
        return folder
    say(f"installing {' '.join(peer.packages)}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for command in peer.commands(peer.packages):
        call(command, folder, INSTALL_SECONDS)
    done.write_text(" ".join(peer.packages), encoding="utf-8")
    return folder


def npm(packages: tuple[str, ...]) -> list[Command]:
    """Install `packages` into the current folder, whatever project is above it."""
    options = ("--no-audit", "--no-fund", "--prefix", ".")
    return [("npm", "init", "--yes"), ("npm", "install", *options, *packages)]


def pip(packages: tuple[str, ...]) -> list[Command]:
    """Install `packages` into a virtual environment of their own."""
    options = ("--quiet", "--disable-pip-version-check")
    return [
        (sys.executable, "-m", "venv", "venv"),
        ("venv/bin/python", "-m", "pip", "install", *options, *packages),
    ]


def mjml_tools(job: Job, folder: Path) -> list[Tool]:
    """MJML's own command, on the MJML that our templates make."""
    out = folder / f"{job.entries}.html"
    command: Command = [folder / "node_modules/.bin/mjml", job.mjml, "-o", out]
    return [Tool("mjml", command, folder, out)]


def inkletter_tools(job: Job, folder: Path) -> list[Tool]:
    """inkletter's two commands, on Markdown."""
    program = folder / "venv/bin/inkletter"
    page, text = folder / f"{job.entries}.html", folder / f"{job.entries}.txt"
    to_html: Command = [program, "md2html", job.markdown, "-o", page]
    to_text: Command = [program, "md2txt", job.markdown, "-o", text]
    return [
        Tool("inkletter md2html", to_html, folder, page),
        Tool("inkletter md2txt", to_text, folder, None, text),
    ]


def react_tools(job: Job, folder: Path) -> list[Tool]:
    """react-email's export, once for each kind of output."""
    project = folder / str(job.entries)
    fill(project, job, {"emails/round-up.jsx": "round-up.jsx"})
    program = folder / "node_modules/.bin/email"
    export: Command = [program, "export", "--silent", "--outDir"]
    return [
        Tool("email export", [*export, "html"], project, project / "html/round-up.html"),
        Tool(
            "email export --plainText",
            [*export, "text", "--plainText"],
            project,
            None,
            project / "text/round-up.txt",
        ),
    ]


def maizzle_tools(job: Job, folder: Path) -> list[Tool]:
    """Maizzle's build, which writes HTML and plain text."""
    project = folder / str(job.entries)
    parts = {"emails/round-up.vue": "round-up.vue", "components/Words.vue": "Words.vue"}
    fill(project, job, parts)
    config = "export default { plaintext: true };\n"
    (project / "maizzle.config.js").write_text(config, encoding="utf-8")
    made = project / "dist"
    programs = folder / "node_modules/.bin"
    return [
        Tool(
            "maizzle build",
            [programs / "maizzle", "build"],
            project,
            made / "round-up.html",
            made / "round-up.txt",
            programs,
        )
    ]


def fill(project: Path, job: Job, parts: dict[str, str]) -> None:
    """Put the templates and the content of a builder into its project."""
    for target, part in parts.items():
        path = project / target
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PARTS / part, path)
    (project / "issue.json").write_text(job.json, encoding="utf-8")


PEERS = (
    Peer("mjml", ("mjml@5.4.1",), mjml_tools, npm),
    Peer("inkletter", ("inkletter==3.4.0",), inkletter_tools, pip),
    Peer(
        "react-email",
        ("react-email@6.11.6", "@react-email/ui@6.11.6", "react@19", "react-dom@19"),
        react_tools,
        npm,
    ),
    # It wants a newer Node than Debian's.
    Peer("maizzle", ("@maizzle/framework@6.1.7", "vue", "node@22"), maizzle_tools, npm),
)


def all_tools(jobs: list[Job], quick: bool) -> list[tuple[Job, Tool]]:
    """All that is measured, on each issue; a peer that cannot be had says why."""
    folders: dict[str, Path | Failed] = {}
    peers = PEERS[:1] if quick else PEERS
    for peer in peers:
        try:
            folders[peer.name] = installed(peer)
        except Failed as error:
            folders[peer.name] = error
    found: list[tuple[Job, Tool]] = []
    for job in jobs:
        found += [(job, tool) for tool in our_tools(job)]
        for peer in peers:
            folder = folders[peer.name]
            if isinstance(folder, Failed):
                found.append((job, Tool(peer.name, (), error=f"cannot be installed: {folder}")))
            else:
                found += [(job, tool) for tool in peer.tools(job, folder)]
    return found


def our_tools(job: Job) -> list[Tool]:
    """Our own command; beside the small issue, also what starting it takes."""
    made = job.project / "output" / MONTH
    program = BIN / "newsletter"
    page, text = made / "email.html", made / "email.txt"
    ours = Tool("newsletter build", (program, "build"), job.project, page, text)
    if job.entries != min(ENTRIES):
        return [ours]
    bare = Tool("python -c pass", (sys.executable, "-c", "pass"))
    brief = Tool("newsletter --help", (program, "--help"))
    return [
        bare,
        brief,
        ours,
        Tool(CHECK_COMMAND, (program, "check"), job.project),
        *check_tools(job),
    ]


# In a process of its own; whatever is found, it is none of the bench's.
CHECK = """
import sys
from pathlib import Path
from newsletter.check import check
from newsletter.project import open_project
check(Path(sys.argv[1]), open_project(Path.cwd()))
"""
CHECK_COMMAND = "newsletter check"
CHECKS = ("check", f"check after {PAST} issues")


def check_tools(job: Job) -> list[Tool]:
    """The check of an issue, without any before it and with many."""
    return [
        Tool(name, (sys.executable, "-c", CHECK, f"issues/{month(LATEST)}.yaml"), folder)
        for name, folder in zip(CHECKS, check_folders(job.project), strict=True)
    ]


# --- cold --------------------------------------------------------------------------------------


class Row(NamedTuple):
    """A tool on one issue, and what each of its runs took."""

    job: Job
    tool: Tool
    costs: list[Cost]

    @property
    def times(self) -> list[float]:
        """Seconds of each run."""
        return [cost.seconds for cost in self.costs]


def measure_cold(jobs: list[Job], rounds: dict[int, int], quick: bool) -> list[Row]:
    """Run every tool once in each round, so that what else the machine does hits all alike.

    A round before the first one is not counted: it fills the disk cache and shows what fails.
    """
    rows = [Row(job, tool, []) for job, tool in all_tools(jobs, quick)]
    for count in range(max(rounds.values()) + 1):
        say(f"cold round {count} of {max(rounds.values())}" if count else "warming up")
        for at, (job, tool, costs) in enumerate(rows):
            if not tool.error and count <= rounds[job.entries]:
                try:
                    cost = cold(tool)
                except Failed as error:
                    rows[at] = Row(job, tool._replace(error=str(error)), costs)
                else:
                    costs.extend([cost] if count else [])
    return rows


# --- warm --------------------------------------------------------------------------------------

Laps = dict[str, list[float]]
"""Seconds of each round, by what was done in them."""

WHOLE = "a whole rebuild"
ENGINES = ("mjml-python alone", "premailer alone")
RULES = "rules (newsletter check)"
STAGES = ("read and load", "style", "compose", "render", "fill", "message")


def measure_warm(jobs: list[Job], rounds: int) -> dict[tuple[int, bool], Laps]:
    """What rebuilds take in this process, by entries and by whether every text is new.

    Nothing is written, and the settings are not read again.
    """
    projects = [open_project(job.project) for job in jobs]
    engines = [recorded(job) for job in jobs]
    laps: dict[tuple[int, bool], Laps] = {
        (j.entries, new): {} for j in jobs for new in (False, True)
    }
    for count in range(rounds + 1):
        say(f"warm round {count} of {rounds}" if count else "warming up")
        for job, project, calls in zip(jobs, projects, engines, strict=True):
            for new in (False, True):
                made = laps[job.entries, new] if count else {}
                one_round(job, project, calls, new, made)
    return laps


def one_round(
    job: Job, project: Project, engines: dict[str, Callable[[], object]], new: bool, laps: Laps
) -> None:
    """One rebuild whole, one stage by stage, and the engines alone on the same document."""
    remember(job, new)
    lap(laps, WHOLE, lambda: build(job.issue, project))
    remember(job, new)
    for stage, work in stages(job.issue, project):
        lap(laps, stage, work)
    for engine, work in engines.items():
        lap(laps, engine, work)
    proof, _ = prove(job.issue, project)
    if proof:
        lap(laps, RULES, lambda: judge(proof))


def remember(job: Job, new: bool) -> None:
    """Have the Markdown of an issue's texts be remembered, or every text be new."""
    Markdown.parse.cache_clear()
    if not new:
        load(read(job.issue), Issue)


def lap(laps: Laps, name: str, work: Callable[[], object]) -> None:
    """Do some work and note its time."""
    start = time.perf_counter()
    work()
    laps.setdefault(name, []).append(time.perf_counter() - start)


def stages(path: Path, project: Project) -> Iterator[tuple[str, Callable[[], object]]]:
    """The steps of build.build() in order; each must be done before the next is asked for."""
    done: dict[str, Any] = {}

    def keep(name: str, work: Callable[[], Any]) -> tuple[str, Callable[[], object]]:
        return name, lambda: done.update({name: work()})

    def loaded() -> tuple[Source, Issue | None]:
        source = read(path)
        return source, load(source, Issue)[0]

    yield keep("read and load", loaded)
    source, issue = done["read and load"]
    settings = settings_of(issue, source, project.settings)

    def styled() -> tuple[Language, Style | None]:
        language, words, _ = language_of(source, project)
        return language, style_of(source, settings, words, project, "")[0]

    yield keep("style", styled)
    language, style = done["style"]
    issue = msgspec.structs.replace(issue, language=language)
    yield keep("compose", partial(compose.compose, issue, settings, style, project.templates))
    words = done["compose"]
    yield keep("render", lambda: render.html(words.mjml, f"layouts/{issue.layout}.mjml"))
    email = Email(words.subject, words.preheader, done["render"], words.text, words.marks)
    profile = project.platforms.profile("generic")[0]
    if profile is None:
        raise Failed("there is no profile 'generic'")
    yield keep("fill", lambda: fill_in(email, supply(profile, settings)))
    filled, uploads = done["fill"], images.files(style.shown)
    yield keep("message", lambda: message(filled, settings, draft_of(issue.date), uploads))


def recorded(job: Job) -> dict[str, Callable[[], object]]:
    """The calls that a build of ours makes of its two engines, to be made again alone."""
    start, inline, compile_ = Premailer.__init__, Premailer.transform, mjml.mjml2html
    with (
        mock.patch.object(Premailer, "__init__", autospec=True, side_effect=start) as made,
        mock.patch.object(Premailer, "transform", autospec=True, side_effect=inline) as inlined,
        mock.patch.object(mjml, "mjml2html", wraps=compile_) as compiled,
    ):
        build(job.issue, open_project(job.project))
    document, options = compiled.call_args
    # The first argument of a method is its object, which must be a new one each time.
    _, *first = made.call_args.args
    _, *page = inlined.call_args.args
    return {
        ENGINES[0]: lambda: compile_(*document, **options),
        ENGINES[1]: lambda: Premailer(*first, **made.call_args.kwargs).transform(
            *page, **inlined.call_args.kwargs
        ),
    }


# --- the report --------------------------------------------------------------------------------


def say(words: str) -> None:
    """Progress."""
    print(f"bench: {words}", file=sys.stderr, flush=True)


def report_machine(jobs: list[Job]) -> None:
    """What was measured, and on what."""
    try:
        node = call(["node", "--version"], ROOT, 10).strip()
    except Failed:
        node = "absent"
    print(
        f"Python {platform.python_version()}, Node {node}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores"
    )
    print("Beside: " + "; ".join(" ".join(peer.packages) for peer in PEERS))
    for job in jobs:
        print(
            f"{job.entries} entries: {len(job.links)} links; our email shows {job.words:,} bytes "
            f"of text, and links to {job.addresses:,} bytes of addresses"
        )


def report_cold(rows: list[Row]) -> None:
    """The table of commands."""
    print(
        "\nCold: each command a process of its own, its files in the disk cache, all in turn.\n"
        "Peak: of the command's largest process (wait4), not a sum. Weight: bytes of HTML to each\n"
        "byte of visible text and link addresses of ours. Links: of the entries, found in the HTML."
    )
    entries = 0
    for row in rows:
        if row.job.entries != entries:
            entries = row.job.entries
            print(
                f"\n{f'{entries} entries':<26}{'best':>8}{'median':>9}{'n':>3}{'peak':>9}"
                f"{'HTML':>11}{'text':>10}{'weight':>8}{'links':>11}"
            )
        print(cold_line(row))


def cold_line(row: Row) -> str:
    """A command's line of the table."""
    job, tool, costs = row
    if tool.error:
        return "\n".join(textwrap.wrap(f"{tool.name:<26}  not measured: {tool.error}", 110))
    peak = max(cost.peak for cost in costs) / 1e6
    line = (
        f"{tool.name:<26}{min(row.times):>6.3f} s{median(row.times):>7.3f} s{len(costs):>3}"
        f"{peak:>6.0f} MB"
    )
    page = tool.html.read_text(encoding="utf-8") if tool.html else ""
    size = len(page.encode())
    line += f"{size:>11,}" if page else f"{'–':>11}"
    line += f"{tool.text.stat().st_size:>10,}" if tool.text else f"{'–':>10}"
    if page:
        found = {html.unescape(url) for url in re.findall(r'href="([^"]*)"', page)} & job.links
        line += f"{size / job.content:>8.2f}{f'{len(found)}/{len(job.links)}':>11}"
    return line


def report_warm(laps: dict[tuple[int, bool], Laps]) -> None:
    """The table of stages."""
    print(
        "\nWarm: rebuilds in one process, milliseconds, median / best. 'same': nothing changed "
        "since the last\nbuild, so every text's Markdown is remembered; 'new': every text is new.\n"
    )
    cases = list(laps)
    heads = [f"{entries} {'new' if new else 'same'}" for entries, new in cases]
    print(f"{'':<26}" + "".join(f"{head:>17}" for head in heads))
    for name in (WHOLE, *STAGES, RULES):
        print(warm_line(name, [laps[case][name] for case in cases]))
        if name == "render":
            for engine in ENGINES:
                print(warm_line(f"  {engine}", [laps[case][engine] for case in cases]))


def warm_line(name: str, columns: list[list[float]]) -> str:
    """A stage's line of the table."""
    cells = [f"{median(times) * 1e3:.1f} / {min(times) * 1e3:.1f}" for times in columns]
    return f"{name:<26}" + "".join(f"{cell:>17}" for cell in cells)


class Target(NamedTuple):
    """What a measure should be at most; None when it could not be measured."""

    name: str
    value: float | None
    best: float | None
    most: float
    unit: str = "×"


def report_targets(rows: list[Row], laps: dict[tuple[int, bool], Laps]) -> None:
    """The ratios, each beside its target."""
    print(
        "\nTargets. Ratios are medians of those of each round, because a slow spell of the machine "
        "hits\nall that runs in it; in brackets, those of the best times.\n"
    )
    for name, value, best, most, unit in targets(rows, laps):
        bound = f"at most {most:g} {unit}"
        if value is None:
            print(f"{name:<58}{'not measured':>24}   {bound}")
            continue
        verdict = "reached" if value <= most else "missed"
        beside = f"({best:.2f})" if best is not None else ""
        print(f"{name:<58}{value:>9.2f} {unit:<3}{beside:>11}   {bound:<16}{verdict}")


def targets(rows: list[Row], laps: dict[tuple[int, bool], Laps]) -> Iterator[Target]:
    """Every target with what was measured."""
    times = {(row.job.entries, row.tool.name): row.times for row in rows if not row.tool.error}
    ours, small, large = "newsletter build", *ENTRIES

    def ratio(name: str, most: float, one: list[float] | None, other: list[float] | None) -> Target:
        if not one or not other:
            return Target(name, None, None, most)
        ratios = [this / that for this, that in zip(one, other, strict=False)]
        return Target(name, median(ratios), min(one) / min(other), most)

    mine = times.get((small, ours))
    yield ratio("cold, 60 entries, beside the mjml command", 0.6, mine, times.get((small, "mjml")))
    for new in (False, True):
        kind = "every text new" if new else "nothing changed"
        for entries in ENTRIES:
            made = laps[entries, new]
            engines = [sum(pair) for pair in zip(*(made[name] for name in ENGINES), strict=True)]
            name = f"warm, {entries} entries, {kind}, beside both engines"
            yield ratio(name, 2, made[WHOLE], engines)
    yield ratio("600 entries beside 60, cold", 12, times.get((large, ours)), mine)
    for new in (False, True):
        kind = "every text new" if new else "nothing changed"
        one, other = laps[large, new][WHOLE], laps[small, new][WHOLE]
        yield ratio(f"600 entries beside 60, warm, {kind}", 12, one, other)
    for row in rows:
        if row.tool.name == ours:
            peak = max((cost.peak for cost in row.costs), default=0) / 1e6 or None
            yield Target(f"peak memory, {row.job.entries} entries", peak, None, 90, "MB")
    rules = laps[small, False][RULES]
    yield Target(
        f"all rules, {small} entries, warm", median(rules) * 1e3, min(rules) * 1e3, 60, "ms"
    )
    checked = times.get((small, CHECK_COMMAND))
    if checked:
        yield Target(
            f"newsletter check, {small} entries, cold", median(checked), min(checked), 0.9, "s"
        )
    alone, after = (times.get((small, name)) for name in CHECKS)
    yield ratio(f"check of {small} entries, {PAST} earlier issues beside none", 1.5, after, alone)
    if alone and after:
        more = [one - other for one, other in zip(after, alone, strict=False)]
        name = f"what {PAST} earlier issues add to a check"
        yield Target(name, median(more), min(after) - min(alone), 0.3, "s")
    bare, brief = times.get((small, "python -c pass")), times.get((small, "newsletter --help"))
    yield ratio("--help beside bare Python (150 ms where that has 20)", 7.5, brief, bare)
    for job in {row.job.entries: row.job for row in rows}.values():
        # Both sides are as heavy wherever they are made, so this is no ratio of times.
        allowed = 2.0 * job.content + 8 * 1024
        yield Target(
            f"HTML's weight, {job.entries} entries, of what it may be",
            job.html / allowed,
            None,
            1,
        )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="three rounds, beside mjml alone")
    quick = parser.parse_args().quick
    rounds = dict.fromkeys(ENTRIES, 3) if quick else {ENTRIES[0]: 7, ENTRIES[1]: 3}
    BENCH.mkdir(exist_ok=True)
    jobs = [prepare(entries) for entries in ENTRIES]
    rows = measure_cold(jobs, rounds, quick)
    laps = measure_warm(jobs, 5 if quick else 15)
    report_machine(jobs)
    report_cold(rows)
    report_warm(laps)
    report_targets(rows, laps)


if __name__ == "__main__":
    main()
