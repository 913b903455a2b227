"""A bookmark hands a page to the running preview, which adds it when somebody has said so."""

import asyncio
import stat
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect
from starlette.types import Message, Scope

from newsletter.cli import newsletter
from newsletter.live.fetch import Network
from newsletter.preview.bookmarklet import bookmarklet, key_of, made_key, opens
from newsletter.preview.desk import Desk
from newsletter.preview.guard import COOKIE, Lock, names
from newsletter.preview.server import Preview
from newsletter.source import parse
from scripts.chromium import chromium
from tests.previewing import Running, running
from tests.web import HERE, Web, trust

PORT = 24_500
URL = "https://www.example.org/travel?utm_source=mail"
TITLE = '<b>Safe travel</b> {token} "&'


@pytest.fixture(name="network", scope="module")
def _network() -> Iterator[Network]:
    page = "200 <title>Safe travel | Example Trust</title>"
    with Web({"https://www.example.org/travel": page}) as web:
        yield Network(web.resolve, frozenset({HERE}), trust())


@pytest.fixture(name="preview")
def _preview(folder: Path, network: Network) -> Iterator[Running]:
    with running(folder, port=PORT, network=network) as preview:
        yield preview


def asked(key: str, url: str = URL, title: str = TITLE) -> str:
    return f"/add?{urlencode({'key': key, 'url': url, 'title': title})}"


def token_in(page: bytes) -> str:
    return page.decode().partition('name="token" value="')[2].partition('"')[0]


def inbox(folder: Path) -> str:
    path = folder / "issues/inbox.yaml"
    return path.read_text("utf-8") if path.exists() else ""


# --- the key -------------------------------------------------------------------------------------


def test_the_key_is_kept_for_its_owner_only_and_out_of_git(folder: Path) -> None:
    assert key_of(folder) == ""
    assert not opens(folder, "")
    key = made_key(folder)
    assert made_key(folder) == key_of(folder) == key
    assert len(key) == 32
    assert (opens(folder, key), opens(folder, f"{key}é"), opens(folder, "")) == (True, False, False)
    path = folder / ".newsletter/cache/bookmarklet.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (path.parent / ".gitignore").read_bytes() == b"*\n"


def test_the_command_prints_the_bookmark_and_says_what_to_do_with_it(folder: Path) -> None:
    result = CliRunner().invoke(newsletter, ["add", "--bookmarklet"])
    assert result.exit_code == 0
    assert result.stdout == bookmarklet(8642, key_of(folder)) + "\n"
    assert "Make a bookmark" in result.stderr


# --- the door ------------------------------------------------------------------------------------


def test_only_the_key_of_the_newsletter_opens(preview: Running, folder: Path) -> None:
    for key in ("", "wrong"):
        assert preview.ask(asked(key)).status == 403
    key = made_key(folder)
    page = preview.ask(asked(key))
    assert page.status == 200
    assert page.headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    shown = page.body.decode()
    assert "&lt;b&gt;Safe travel&lt;/b&gt; {token} &quot;&amp;" in shown
    assert f'name="url" value="{URL}"' in shown
    assert inbox(folder) == ""


def test_nothing_is_added_that_nobody_confirmed(preview: Running, folder: Path) -> None:
    token = token_in(preview.ask(asked(made_key(folder))).body)
    own = {"Origin": preview.url.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    form = urlencode({"url": URL, "token": token}).encode()
    for headers, body in (
        (own, urlencode({"url": URL}).encode()),
        (own, urlencode({"url": URL, "token": made_key(folder)}).encode()),
        (own, form + b"&more=" + b"x" * 20_000),
        ({"Origin": "https://www.example.org"}, form),
        ({"Origin": "null"}, form),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, form),
    ):
        assert preview.ask("/add", headers, body).status == 403
        assert inbox(folder) == ""
    assert preview.ask("/add", own, form).status == 200
    assert "https://www.example.org/travel" in inbox(folder)


def test_the_door_is_open_to_this_computer_when_others_need_a_key(
    folder: Path, network: Network
) -> None:
    with running(folder, key="abcd-efgh", port=PORT, network=network) as preview:
        assert preview.ask("/issues/x").status == 401
        assert preview.ask(asked("wrong")).status == 403
        assert preview.ask(asked(made_key(folder))).status == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("with_cookie", [False, True])
@pytest.mark.parametrize("with_lock", [False, True])
def test_the_door_is_open_on_this_computer_only(
    folder: Path, with_lock: bool, with_cookie: bool, method: str
) -> None:
    lock = Lock("abcd-efgh")
    ticket = lock.try_key("abcd-efgh")
    preview = Preview(Desk(folder), names(PORT, True), lock if with_lock else None)
    key = made_key(folder)
    cookie = [(b"cookie", f"{COOKIE}-{PORT}={ticket}".encode())] if with_cookie else []
    told: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            told.append(message["status"])

    async def ask(client: tuple[str, int] | None) -> None:
        scope: Scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": "/add",
            "raw_path": b"/add",
            "query_string": urlencode({"key": key, "url": URL}).encode(),
            "root_path": "",
            "headers": [(b"host", f"127.0.0.1:{PORT}".encode()), *cookie],
            "client": client,
            "server": ("127.0.0.1", PORT),
        }
        await preview.app(scope, receive, send)

    async def asked_by_all() -> None:
        for client in (("192.168.1.9", 1), ("10.0.0.1", 1), ("::1", 1), None, ("127.0.0.1", 1)):
            await ask(client)

    asyncio.run(asked_by_all())
    # A form without its token is refused, but it is heard.
    assert told == [404] * 4 + [200 if method == "GET" else 403]


def test_an_address_that_cannot_be_added_is_told_before_it_is_asked_for(
    preview: Running, folder: Path
) -> None:
    key = made_key(folder)
    for url, told in (
        (f"{URL}&a={'b' * 2000}", "This address is longer than 2000 characters."),
        ("about:blank", "This is no address of a web page."),
    ):
        page = preview.ask(asked(key, url)).body.decode()
        assert "Not added</h1>" in page
        assert told in page
        assert "<form" not in page
    longest = f"{URL}&a=".ljust(2000, "b")
    assert f'name="url" value="{escape(longest)}"' in preview.ask(asked(key, longest)).body.decode()


def test_an_address_that_cannot_be_added_is_told(preview: Running, folder: Path) -> None:
    token = token_in(preview.ask(asked(made_key(folder))).body)
    for url, told in (
        ("chrome://settings", "This is no address of a web page."),
        ("http://10.0.0.1/<b>", "&#x27;10.0.0.1&#x27; is an address inside a private network."),
        ("", "This is no address of a web page."),
    ):
        body = urlencode({"url": url, "token": token}).encode()
        page = preview.ask("/add", {}, body).body.decode()
        assert "Not added</h1>" in page
        assert told[0].upper() + told[1:] in page
    assert inbox(folder) == ""


# --- in a browser --------------------------------------------------------------------------------


def test_the_bookmark_adds_the_page_in_the_browser(preview: Running, folder: Path) -> None:
    script = bookmarklet(preview.port, made_key(folder)).removeprefix("javascript:")
    with chromium() as browser:
        context = browser.new_context()
        shown = f"<title>{quote('Safe')} travel</title><h1>Safe travel</h1>"
        context.route(
            "https://www.example.org/**",
            lambda route: route.fulfill(body=shown, content_type="text/html"),
        )
        page = context.new_page()
        page.goto(URL)
        with context.expect_page() as opened:
            page.evaluate(script)
        asks = opened.value
        expect(asks.get_by_role("heading")).to_have_text("Add this page to the inbox?")
        expect(asks.locator(".url")).to_have_text(URL)
        asks.keyboard.press("Enter")  # which somebody may be holding
        expect(asks.get_by_role("button")).not_to_be_focused()
        expect(asks.get_by_role("heading")).to_have_text("Add this page to the inbox?")
        assert inbox(folder) == ""
        asks.keyboard.press("Tab")
        asks.keyboard.press("Enter")
        expect(asks.get_by_role("status")).to_have_text("Added")
        expect(asks.locator(".title")).to_have_text("Safe travel")
    data = parse(inbox(folder), "").data
    assert isinstance(data, dict)
    assert data["sections"] == [
        {
            "title": "To be sorted",
            "entries": [
                {
                    "title": "Safe travel",
                    "source": "Example Trust",
                    "links": [
                        {
                            "label": "Read",
                            "title": "Example Trust",
                            "url": "https://www.example.org/travel",
                        }
                    ],
                }
            ],
        }
    ]
