"""`newsletter preview`, as editors run it: a process that answers at a port until it is ended."""

import http.client
import json
import queue
import re
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import PRIVACY, SETTINGS

PORT = 22_000
PATIENCE = 30.0  # seconds, for a computer that has much else to do
AT_ONCE = 10  # seconds, within which the command has ended

ISSUE = """\
title: Neglect in figures
date: 2024-05
subject: New figures on neglect
sections:
  - title: Neglect
    entries:
      - text: "[Figures of councils](https://example.org/figures) are new."
"""


class Preview:
    """The command while it runs, and what it has said."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.out: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def begin(self) -> "Preview":
        """Waits until the command has said all that it says at its start."""
        while "Ctrl-C ends it." not in self.out:
            line = self._lines.get(timeout=PATIENCE)
            assert line is not None, self.process.communicate()[1]
            self.out.append(line)
        return self

    @property
    def url(self) -> str:
        return next(line for line in self.out if "Preview: " in line).partition("Preview: ")[2]

    @property
    def port(self) -> int:
        found = re.match(r"http://127\.0\.0\.1:(\d+)/", self.url)
        assert found
        return int(found[1])

    def ask(self, path: str = "/", host: str = "127.0.0.1", **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(host, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def end(self, sign: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Ends the command as a terminal does: how it ended, and what it told besides."""
        self.process.send_signal(sign)
        code = self.process.wait(AT_ONCE)
        assert self.process.stderr
        return code, self.process.stderr.read()


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "newsletter", "preview", *words]


@contextmanager
def begun(*words: str, program: list[str] | None = None) -> Iterator[Preview]:
    process = subprocess.Popen(
        [*(program or command()), "--no-open", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Where tests run in the background, Ctrl-C is ignored, and so by what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        yield Preview(process).begin()
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()


def ended(*words: str) -> tuple[int, str, str]:
    """A command that is to end by itself: how it ended, and what it said."""
    done = subprocess.run(
        command("--no-open", *words),
        capture_output=True, text=True, check=False, timeout=PATIENCE, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


class Waiting:
    """A page that waits for changes."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def until(self, event: str) -> None:
        """Waits until it is told of something."""
        received = b""
        while f"event: {event}".encode() not in received:
            more = self._connection.recv(4096)
            assert more, received
            received += more

    def rest(self) -> None:
        """Waits until nothing more is told."""
        with suppress(ConnectionResetError):
            while self._connection.recv(4096):
                pass


@contextmanager
def listening(preview: Preview) -> Iterator[Waiting]:
    with socket.create_connection(("127.0.0.1", preview.port), PATIENCE) as connection:
        host = f"Host: 127.0.0.1:{preview.port}"
        connection.sendall(f"GET /events HTTP/1.1\r\n{host}\r\n\r\n".encode())
        page = Waiting(connection)
        page.until("hello")
        yield page


@pytest.fixture(name="newsletter", autouse=True)
def _newsletter(folder: Path) -> Path:
    """A newsletter with two issues, in the current folder."""
    (folder / "newsletter.yaml").write_text(SETTINGS + PRIVACY, "utf-8")
    (folder / "issues" / "2024-05-neglect.yaml").write_text(ISSUE, "utf-8")
    (folder / "issues" / "2024-04-carers.yaml").write_text(ISSUE.replace("-05", "-04"), "utf-8")
    return folder


def is_taken(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


# --- starting ----------------------------------------------------------------------------------


def test_the_address_is_printed_and_answers(newsletter: Path) -> None:
    with begun("--port", str(PORT)) as preview:
        told = [line for line in preview.out if line != f"Port {PORT} is taken."]
        assert told == [f"Preview: http://127.0.0.1:{preview.port}/", "Ctrl-C ends it."]
        status, page = preview.ask()
        assert (status, b"<title>Preview</title>" in page) == (200, True)
        status, listed = preview.ask("/newsletter")
        assert [one["name"] for one in json.loads(listed)["issues"]] == [
            "2024-05-neglect.yaml",
            "2024-04-carers.yaml",
        ]
        assert preview.end() == (0, "")


@pytest.mark.parametrize(
    "named",
    ["2024-04-carers", "2024-04", "issues/2024-04-carers.yaml", "./issues/2024-04-carers.yaml"],
)
def test_an_issue_is_opened_by_its_name_or_its_file(named: str) -> None:
    with begun(named, "--port", str(PORT)) as preview:
        assert preview.url == f"http://127.0.0.1:{preview.port}/#2024-04-carers.yaml"
        assert preview.end() == (0, "")


def test_an_issue_is_found_from_another_folder(
    newsletter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsletter.parent)
    named = str(newsletter / "issues" / "2024-04-carers.yaml")
    with begun(named, "--port", str(PORT)) as preview:
        assert preview.url == f"http://127.0.0.1:{preview.port}/#2024-04-carers.yaml"
        assert preview.ask("/issues/2024-04-carers.yaml")[0] == 200


def test_a_name_with_blanks_and_signs_is_written_as_addresses_have_it(newsletter: Path) -> None:
    (newsletter / "issues" / "Mai & Juni #2.yaml").write_text(ISSUE, "utf-8")
    with begun("Mai & Juni #2", "--port", str(PORT)) as preview:
        assert preview.url.partition("#")[2] == "Mai%20%26%20Juni%20%232.yaml"
        assert preview.ask("/issues/Mai%20%26%20Juni%20%232.yaml")[0] == 200


def test_the_page_opens_at_the_issue_that_is_named(browser: Browser) -> None:
    with begun("2024-04-carers", "--port", str(PORT)) as preview:
        page = browser.new_page()
        page.goto(preview.url)
        page.wait_for_selector("#list a[aria-current][data-name='2024-04-carers.yaml']")
        # It is connected still: nobody waits for a browser.
        assert preview.end() == (0, "")
        page.wait_for_selector("#status[data-kind=lost]:not(:empty)")
        page.close()


def test_an_issue_that_there_is_not_is_told() -> None:
    code, out, err = ended("2024-06-nothing")
    assert (code, out) == (1, "")
    assert err.startswith("2024-06-nothing: error: there is no such issue")
    assert "issues are: 2024-04-carers, 2024-05-neglect" in " ".join(err.split())


def test_the_next_free_port_is_taken_and_said() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with begun("--port", str(taken)) as preview:
            assert preview.out[0] == f"Port {taken} is taken."
            assert taken < preview.port <= taken + 50
            assert preview.ask()[0] == 200


def test_two_previews_run_beside_each_other(newsletter: Path) -> None:
    with begun("--port", str(PORT)) as one, begun("--port", str(one.port)) as other:
        assert other.out[0] == f"Port {one.port} is taken."
        assert one.port != other.port
        assert (one.ask()[0], other.ask()[0]) == (200, 200)
        assert other.end() == (0, "")
        assert one.ask()[0] == 200


@pytest.mark.parametrize("port", ["0", "65536", "-1", "many"])
def test_a_port_that_there_is_not_is_told(port: str) -> None:
    code, out, err = ended("--port", port)
    assert (code, out) == (2, "")
    assert "'--port'" in err
    assert "Traceback" not in err


def test_ports_that_are_all_taken_are_told() -> None:
    with socket.socket() as other:
        with suppress(OSError):  # taken by somebody else, which is the same
            other.bind(("127.0.0.1", 65535))
            other.listen()
        code, out, err = ended("--port", "65535")
    assert (code, out) == (1, "")
    assert err.startswith("--port: error: ")
    assert "taken" in err


def test_help_says_what_it_does() -> None:
    code, out, err = ended("--help")
    assert (code, err) == (0, "")
    words = " ".join(out.split())
    for wanted in (
        "[ISSUE]",
        "--port N",
        "--no-open",
        "--host",
        "default: 8642",
        "Ctrl-C ends it.",
    ):
        assert wanted in words


# --- a newsletter that is not as it should be --------------------------------------------------


def test_a_newsletter_without_issues_waits_for_the_first_one(newsletter: Path) -> None:
    for path in (newsletter / "issues").iterdir():
        path.unlink()
    with begun("--port", str(PORT)) as preview:
        assert json.loads(preview.ask("/newsletter")[1])["issues"] == []
        with listening(preview) as page:
            (newsletter / "issues" / "2024-06.yaml").write_text(ISSUE, "utf-8")
            page.until("changed")
        names = [one["name"] for one in json.loads(preview.ask("/newsletter")[1])["issues"]]
        assert names == ["2024-06.yaml"]
        assert preview.end() == (0, "")


def test_a_folder_that_is_no_newsletter_is_shown_empty(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))
    with begun("--port", str(PORT)) as preview:
        assert json.loads(preview.ask("/newsletter")[1])["issues"] == []
        assert preview.end() == (0, "")


@pytest.mark.parametrize(
    "settings", ["publication: [", "- a list\n", "platform: nowhere\n", "\x00"]
)
def test_broken_settings_are_shown_in_the_page(newsletter: Path, settings: str) -> None:
    (newsletter / "newsletter.yaml").write_text(settings, "utf-8")
    with begun("--port", str(PORT)) as preview:
        assert preview.ask()[0] == 200
        status, told = preview.ask("/issues/2024-05-neglect.yaml")
        assert status == 200
        found = [one["path"] for one in json.loads(told)["problems"] if one["level"] == "error"]
        assert "newsletter.yaml" in found
        with listening(preview) as page:
            (newsletter / "newsletter.yaml").write_text(SETTINGS + PRIVACY, "utf-8")
            page.until("changed")
        now = json.loads(preview.ask("/issues/2024-05-neglect.yaml")[1])
        found = [one["path"] for one in now["problems"] if one["path"] == "newsletter.yaml"]
        assert (now["state"], found) == ("now", [])
        assert preview.end() == (0, "")


# --- ending ------------------------------------------------------------------------------------


def children(process: int) -> list[str]:
    """What a process has started and not ended."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return [child for one in threads for child in (one / "children").read_text().split()]


@pytest.mark.parametrize(
    ("sign", "has_page", "port"),  # at ports that no other test takes meanwhile
    [
        (signal.SIGINT, False, PORT + 100),
        (signal.SIGINT, True, PORT + 200),
        (signal.SIGTERM, False, PORT + 300),
        (signal.SIGTERM, True, PORT + 400),
    ],
)
def test_it_ends_at_once_without_a_trace_and_leaves_nothing(
    sign: signal.Signals, has_page: bool, port: int
) -> None:
    with begun("--port", str(port)) as preview:
        port = preview.port
        preview.ask("/issues/2024-05-neglect.yaml")
        preview.ask("/issues/2024-05-neglect.yaml/committed")  # asks git
        assert children(preview.process.pid) == []
        if has_page:
            with listening(preview) as page:
                code, told = preview.end(sign)
                page.rest()
        else:
            code, told = preview.end(sign)
        assert told == ""
        assert code == (0 if sign is signal.SIGINT else -signal.SIGTERM)
        assert not is_taken(port)
        with begun("--port", str(port)) as again:  # the port is free for the next one
            assert again.port == port


def test_it_ends_while_it_is_counting_the_problems_of_a_hundred_issues(newsletter: Path) -> None:
    for number in range(100):
        (newsletter / "issues" / f"no{number}.yaml").write_text(ISSUE, "utf-8")
    with begun("--port", str(PORT)) as preview, listening(preview) as page:
        page.until("counted")
        assert preview.end() == (0, "")


def test_it_ends_while_an_email_is_being_made(newsletter: Path) -> None:
    entries = "".join(
        f'      - text: "[Survey {n}](https://example.org/surveys/{n}) is open."\n'
        for n in range(300)
    )
    (newsletter / "issues" / "2024-06.yaml").write_text(ISSUE + entries, "utf-8")
    with (
        begun("--port", str(PORT)) as preview,
        socket.create_connection(("127.0.0.1", preview.port), PATIENCE) as page,
    ):
        host = f"Host: 127.0.0.1:{preview.port}"
        page.sendall(f"GET /issues/2024-06.yaml/email HTTP/1.1\r\n{host}\r\n\r\n".encode())
        select.select([page], [], [], 0.02)
        assert preview.end() == (0, "")


def test_pages_that_come_and_go_leave_nothing_behind_in_the_terminal() -> None:
    # Garbage is looked for all the time, so that what nobody waits for any more would be told.
    code = """if True:
        import gc, sys
        from newsletter.__main__ import main
        gc.set_threshold(50)
        sys.argv[1:1] = ["preview"]
        main()
        """
    with begun("--port", str(PORT), program=[sys.executable, "-c", code]) as preview:
        for _ in range(10):
            with listening(preview):
                pass
        for _ in range(10):
            preview.ask("/newsletter")
        with listening(preview):  # the ones before are noticed to be gone
            preview.ask("/issues/2024-05-neglect.yaml")
        assert preview.end() == (0, "")


# --- the network -------------------------------------------------------------------------------

WATCHED = """if True:
    import sys

    def watch(event, words):
        if event in ("socket.bind", "socket.connect", "socket.sendto", "socket.sendmsg"):
            print("ASKED", event, words[1], file=sys.stderr, flush=True)
        if event in ("socket.getaddrinfo", "socket.gethostbyname", "webbrowser.open"):
            print("ASKED", event, words[0], file=sys.stderr, flush=True)

    sys.addaudithook(watch)
    from newsletter.__main__ import main
    sys.argv[1:1] = ["preview"]
    main()
    """


def inodes(process: int) -> set[str]:
    """The sockets that a process has open."""
    found = set()
    for link in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            found |= set(re.findall(r"socket:\[(\d+)\]", str(link.readlink())))
    return found


def ports_of(process: int) -> list[str]:
    """At which addresses a process listens, or is connected, as the kernel has them."""
    own, found = inodes(process), []
    for table in ("tcp", "tcp6", "udp", "udp6", "raw"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            words = line.split()
            if words[9] in own:
                found.append(f"{table} {words[1].rpartition(':')[0]}")
    return found


def test_nothing_but_this_computer_is_ever_asked(newsletter: Path) -> None:
    issue = newsletter / "issues" / "2024-05-neglect.yaml"
    picture = "        image: {src: 'https://example.org/a.png', alt: A house}\n"
    issue.write_text(ISSUE + picture, "utf-8")
    with begun("--port", str(PORT), program=[sys.executable, "-c", WATCHED]) as preview:
        own = "/issues/2024-05-neglect.yaml"
        for path in (
            "/", "/newsletter", "/platforms", own, f"{own}/email", f"{own}/code/html",
            f"{own}/committed", f"{own}/download.zip", f"{own}/download.eml",
        ):  # fmt: skip
            assert preview.ask(path)[0] == 200, path
        with listening(preview) as page:
            issue.write_text(ISSUE, "utf-8")
            page.until("counted")
            assert set(ports_of(preview.process.pid)) == {"tcp 0100007F"}
        code, told = preview.end()
        asked = {line for line in told.splitlines() if line.startswith("ASKED")}
        # Ports before it may have been tried, and were taken.
        own_ports = {f"ASKED socket.bind ('127.0.0.1', {n})" for n in range(PORT, preview.port + 1)}
        assert (code, asked - own_ports) == (0, set())
        assert told.count("\n") == len(asked)


# --- for other devices -------------------------------------------------------------------------


def test_host_prints_key_and_address_and_answers_there_with_the_key_only() -> None:
    with begun("--host", "--port", str(PORT)) as preview:
        told = "\n".join(line for line in preview.out if "is taken" not in line)
        found = re.fullmatch(
            rf"Preview: http://127\.0\.0\.1:{preview.port}/\n"
            rf"On other devices of this network: http://([\d.]+):{preview.port}/\n"
            r"They ask for the key: ([a-z2-9]{4}-[a-z2-9]{4})\n"
            r"Ctrl-C ends it\.",
            told,
        )
        assert found
        address, key = found[1], found[2]
        for host in ("127.0.0.1", address):
            status, page = preview.ask("/", host)
            assert (status, b"The key that the terminal shows" in page) == (401, True)
            for path in ("/newsletter", "/events", "/issues/2024-05-neglect.yaml", "/page/main.js"):
                assert (path, *preview.ask(path, host)) == (path, 401, b"Type the key first.\n")
            connection = http.client.HTTPConnection(host, preview.port, timeout=PATIENCE)
            connection.request("GET", f"/?key={key}")
            cookie = str(connection.getresponse().headers["Set-Cookie"]).partition(";")[0]
            connection.close()
            assert preview.ask("/newsletter", host, Cookie=cookie)[0] == 200
        assert preview.ask("/", address, Host="example.org")[0] == 403
        assert preview.end() == (0, "")


def test_each_start_has_a_key_of_its_own() -> None:
    keys = set()
    for _ in range(2):
        with begun("--host", "--port", str(PORT)) as preview:
            keys |= {line.partition("key: ")[2] for line in preview.out if "key: " in line}
    assert len(keys) == 2


def test_without_host_no_other_device_is_answered() -> None:
    with begun("--port", str(PORT)) as preview:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
            try:
                asked.connect(("192.0.2.1", 9))  # only chooses a way out: nothing is sent
            except OSError:
                pytest.skip("this computer has no address of its own")
            address = asked.getsockname()[0]
        with socket.socket() as other:
            assert other.connect_ex((address, preview.port)) != 0
