"""The preview answers its own page and nobody else, serves what it has made, and writes nothing."""

import gc
import http.client
import io
import json
import logging
import os
import re
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image

from newsletter.build import Result, build
from newsletter.export import bundle
from newsletter.preview.guard import COOKIE
from newsletter.project import open_project
from tests.conftest import PRIVACY, SETTINGS
from tests.previewing import Answer, Running, running

PORT = 25_000
KEY = "abcd-2345"

ONE = """\
title: April news
date: 2024-04
preheader: A guide for clubs and schools, and what inspectors found in homes
sections:
  - title: Reports
    entries:
      - text: A guide on safer meetings is out, and it is [free to read](https://example.org/guide).
      - image:
          src: images/room.png
          alt: A room
"""
PLAIN = "title: {}\ndate: 2024-03\nentries:\n  - Clubs have [a plan](https://example.org/plan).\n"

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
EMAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:{}; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
ALWAYS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
NOTHING = b"There is nothing here.\n"

ROUTES = [
    *("/", "/page/main.js", "/newsletter", "/platforms", "/rules/sent-before"),
    *("/issues/one.yaml", "/issues/one.yaml?platform=mailchimp", "/issues/one.yaml/email"),
    *("/issues/one.yaml/email?scheme=dark&images=off&styles=off&cut=on&web=on",),
    *("/issues/one.yaml/email?at=committed", "/issues/one.yaml/pictures/room.png"),
    *("/issues/one.yaml/committed", "/issues/one.yaml/code/html", "/issues/one.yaml/code/mjml"),
    *("/issues/one.yaml/code/yaml", "/issues/one.yaml/code/html"),
    *("/issues/one.yaml/download.eml", "/issues/one.yaml/download.zip"),
    *("/issues/one.yaml/download.zip?platform=mailchimp", "/nothing", "/issues/no.yaml", "/key"),
]


@pytest.fixture(name="newsletter")
def _newsletter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsletter of one issue with a picture; no repository of git is found above it."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    (folder / "newsletter.yaml").write_text(SETTINGS + PRIVACY, "utf-8")
    (folder / "issues" / "images").mkdir()
    Image.new("RGB", (8, 4)).save(folder / "issues" / "images" / "room.png")
    (folder / "issues" / "one.yaml").write_text(ONE, "utf-8")
    return folder


@pytest.fixture(name="preview")
def _preview(newsletter: Path) -> Iterator[Running]:
    with running(newsletter, port=PORT) as preview:
        yield preview


def _json(preview: Running, path: str) -> Any:
    answer = preview.ask(path)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    return json.loads(answer.body)


def _built(folder: Path, platform: str = "", name: str = "one.yaml") -> Result:
    return build(folder / "issues" / name, open_project(folder), draft=True, platform=platform)


def _told(answer: Answer) -> dict[str, str]:
    """The headers that are about safety."""
    return {name: answer.headers.get(name, "") for name in ALWAYS}


# --- what is served -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", [path for path in ROUTES if "nothing" not in path])
def test_each_answer_says_what_may_be_made_of_it(preview: Running, path: str) -> None:
    answer = preview.ask(path)
    missing = ("/issues/one.yaml/email?at=committed", "/issues/no.yaml")
    wanted = 404 if path in missing else 405 if path == "/key" else 200
    assert (answer.status, _told(answer)) == (wanted, ALWAYS)
    assert "server" not in answer.headers
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_the_page_and_its_files_are_served_with_their_kinds(preview: Running) -> None:
    page = preview.ask("/")
    assert (page.status, page.headers["content-type"], page.headers["content-security-policy"]) == (
        200,
        "text/html; charset=utf-8",
        PAGE_POLICY,
    )
    own = set(re.findall(r'(?:src|href)="(/page/[^"]*)"', page.body.decode()))
    assert own
    kinds = {
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".svg": "image/svg+xml",
    }
    for path in own:
        answer = preview.ask(path)
        assert answer.status == 200
        assert answer.headers["content-type"] == kinds.get(
            Path(path).suffix, answer.headers["content-type"]
        )


def test_an_email_runs_no_script_and_fetches_nothing_unless_asked_to(preview: Running) -> None:
    for query, web in (
        ("", ""),
        ("?web=off", ""),
        ("?web=", ""),
        ("?web=on", " https: http:"),
        ("?scheme=dark&web=on", " https: http:"),
    ):
        answer = preview.ask(f"/issues/one.yaml/email{query}")
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["content-security-policy"] == EMAIL_POLICY.format(web)


def test_what_a_request_says_is_in_no_policy(preview: Running) -> None:
    for query in ("web=on;script-src%20*", "web=%0d%0aX-A:%20b", "scheme=%0d%0aX-A:%20b"):
        answer = preview.ask(f"/issues/one.yaml/email?{query}")
        assert answer.headers["content-security-policy"] == EMAIL_POLICY.format("")
        assert "x-a" not in answer.headers


def test_the_email_is_served_as_it_is_looked_at(preview: Running, newsletter: Path) -> None:
    sample = _built(newsletter).sample
    assert sample
    plain = preview.ask("/issues/one.yaml/email").body.decode()
    assert 'src="/issues/one.yaml/pictures/room.png"' in plain
    assert preview.ask("/issues/one.yaml/email?scheme=nonsense&cut=1").body.decode() == plain
    assert "background:#1c1c1c" in preview.ask("/issues/one.yaml/email?scheme=forced").body.decode()
    bare = preview.ask("/issues/one.yaml/email?images=off&styles=off").body.decode()
    assert ("<style" in bare, 'src="data:,"' in bare) == (False, True)


def test_a_picture_is_served_as_one(preview: Running, newsletter: Path) -> None:
    answer = preview.ask("/issues/one.yaml/pictures/room.png")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.body == (newsletter / "issues" / "images" / "room.png").read_bytes()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize("content", [SVG, HTML, b"GIF89a" + HTML], ids=["SVG", "HTML", "GIF"])
@pytest.mark.parametrize("name", ["x.png", "x.svg", "x.html", "x.jpg", "x"])
def test_what_only_calls_itself_a_picture_is_not_served(
    newsletter: Path, content: bytes, name: str
) -> None:
    (newsletter / "issues" / "images" / name).write_bytes(content)
    entry = f"  - image: {{src: images/{name}, alt: A room}}\n"
    (newsletter / "issues" / "one.yaml").write_text(PLAIN.format("A") + entry, "utf-8")
    with running(newsletter, port=PORT) as preview:
        answer = preview.ask(f"/issues/one.yaml/pictures/{name}")
        assert (answer.status, answer.body) == (404, NOTHING)


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.js", "x.xml", "x.pdf"])
def test_a_picture_with_the_name_of_something_else_is_not_served_as_that(
    newsletter: Path, name: str
) -> None:
    Image.new("RGB", (4, 4)).save(newsletter / "issues" / "images" / name, "PNG")
    entry = f"  - image: {{src: images/{name}, alt: A room}}\n"
    (newsletter / "issues" / "one.yaml").write_text(PLAIN.format("A") + entry, "utf-8")
    with running(newsletter, port=PORT) as preview:
        answer = preview.ask(f"/issues/one.yaml/pictures/{name}")
        assert (answer.status, answer.headers["content-type"].partition(";")[0]) in (
            (200, "image/png"),
            (404, "text/plain"),
        )


# --- paths --------------------------------------------------------------------------------------

PRIVATE = "Only for the trustees"

PATHS = [
    *("/page/../guard.py", "/page/%2e%2e/guard.py", "/page/..%2fguard.py", "/page//etc/passwd"),
    *("/page/%2fetc%2fpasswd", "/page/./index.html", "/page/fonts/../index.html", "/page/"),
    *("/page/index.html%00", "/page/INDEX.HTML", "/page/..\\guard.py", "/page/fonts"),
    *("/issues/..%2fnewsletter.yaml", "/issues/%2e%2e/newsletter.yaml", "/issues/../newsletter"),
    *("/issues/%2e%2e%2fnewsletter.yaml/code/yaml", "/issues/%252e%252e%252fnewsletter.yaml"),
    *("/issues/..%5cnewsletter.yaml", "/issues/newsletter.yaml", "/issues/secret.txt/code/yaml"),
    *("/issues/.hidden.yaml/code/yaml", "/issues//etc/passwd", "/issues/%2fetc%2fpasswd"),
    *("/issues/one.yaml%00", "/issues/one.yaml%0a", "/issues/", "/issues"),
    *("/issues/.", "/issues/..", "/issues/%2e", "/issues/%2e%2e", "/issues/images"),
    *("/issues/one.yaml/pictures/..%2f..%2fnewsletter.yaml", "/issues/one.yaml/pictures/"),
    *("/issues/one.yaml/pictures/../one.yaml", "/issues/one.yaml/pictures/%2e%2e%2fone.yaml"),
    *("/issues/one.yaml/pictures/%2fetc%2fpasswd", "/issues/one.yaml/pictures/room.png%00"),
    *("/issues/one.yaml/pictures/unused.png", "/issues/one.yaml/pictures/secret.txt"),
    *("/issues/one.yaml/code/..", "/issues/one.yaml/code/python", "/issues/one.yaml/code/"),
    *("/issues/one.yaml/download.exe", "/issues/one.yaml/download.", "/issues/one.yaml/download"),
    *("/rules/..%2fsent", "/rules/nothing", "/newsletter.yaml", "/issues.yaml", "/.git/config"),
    *("//", "//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/../../etc/passwd", "/%3Fkey=x", "/%23"),
    *("/%00", "/%ff%fe", "/issues/%ff%fe.yaml", f"/issues/{'x' * 60_000}", f"/page/{'../' * 9000}"),
    *("/page/index.html/..", "/issues/one.yaml/email/x", "http://evil.example/page/main.js/x"),
]


def test_nothing_but_what_the_preview_is_for_has_a_path(preview: Running, newsletter: Path) -> None:
    for name in ("secret.txt", ".hidden.yaml", "images/secret.txt"):
        (newsletter / "issues" / name).write_text(f"title: {PRIVATE}\n", "utf-8")
    Image.new("RGB", (8, 4)).save(newsletter / "issues" / "images" / "unused.png")
    told = {}
    for path in PATHS:
        try:
            answer = preview.ask(path)
        except (http.client.HTTPException, ConnectionError):
            told[path] = 400  # hung up on
            continue
        told[path] = answer.status
        assert PRIVATE.encode() not in answer.body
        assert b"root:" not in answer.body
        assert b"Example Trust" not in answer.body
    assert {path: status for path, status in told.items() if status not in (400, 404)} == {}
    assert preview.ask("/issues/one.yaml").status == 200


def test_a_request_that_breaks_the_rules_of_http_breaks_nothing(preview: Running) -> None:
    for path in ("no-slash", "*", "/\x7f", "/a\tb", "http:", "?"):
        with suppress(http.client.HTTPException, ConnectionError):
            assert preview.ask(path).status >= 300
    assert preview.ask("/").status == 200


def test_an_issue_that_links_out_of_the_folder_is_not_shown(
    preview: Running, newsletter: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "private.yaml").write_text(PLAIN.format(PRIVATE), "utf-8")
    (newsletter / "issues" / "link.yaml").symlink_to(outside / "private.yaml")
    preview.desk.changed([newsletter / "issues" / "link.yaml"])
    for path in (route.replace("one.yaml", "link.yaml") for route in ROUTES):
        answer = preview.ask(path)
        assert PRIVATE.encode() not in answer.body, path
        assert answer.status == 404 or "link.yaml" not in path
    assert [one["name"] for one in _json(preview, "/newsletter")["issues"]] == ["one.yaml"]


def test_a_picture_that_links_out_of_the_folder_is_not_served(
    newsletter: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "private.png"
    Image.new("RGB", (9, 9)).save(outside)
    picture = newsletter / "issues" / "images" / "room.png"
    picture.unlink()
    picture.symlink_to(outside)
    with running(newsletter, port=PORT) as preview:
        assert preview.ask("/issues/one.yaml/pictures/room.png").status == 404
        assert outside.read_bytes() not in preview.ask("/issues/one.yaml/download.eml").body
        codes = [one["code"] for one in _json(preview, "/issues/one.yaml")["problems"]]
        assert "image-path" in codes


HOSTILE = [
    *("a b.yaml", "50%.yaml", "%2e%2e.yaml", "a#b.yaml", "a?platform=x.yaml", "für-eltern.yaml"),
    *('"quoted" \'n.yaml', "<script>alert(1)</script>.yaml".replace("/", "∕"), "a&amp;b.yaml"),
    *("+.yaml", "a;b=c.yaml", "\U0001f3e0.yml", "new\nline.yaml", "a..yaml", "{{ 7*7 }}.yaml"),
    *("email.yaml", "a\\b.yaml", "C:one.yaml", "-x.yaml", "one.yaml.YAML"),
]


def test_issues_have_all_routes_whatever_their_names_are(newsletter: Path) -> None:
    for name in HOSTILE:
        (newsletter / "issues" / name).write_text(ONE.replace("April", "May"), "utf-8")
    with running(newsletter, port=PORT) as preview:
        listed = {one["name"] for one in _json(preview, "/newsletter")["issues"]}
        assert listed == {*HOSTILE, "one.yaml"}
        for name in HOSTILE:
            at = f"/issues/{quote(name, safe='')}"
            assert _json(preview, at)["name"] == name
            email = preview.ask(f"{at}/email")
            assert email.status == 200
            source = f'src="{at}/pictures/room.png"'
            assert source in email.body.decode()
            assert preview.ask(f"{at}/pictures/room.png").headers["content-type"] == "image/png"
            assert "missing" in _json(preview, f"{at}/committed")
            assert _json(preview, f"{at}/code/yaml")[0][0][1] == "title"
            for kind in ("eml", "zip"):
                packed = preview.ask(f"{at}/download.{kind}")
                file = quote(f"{Path(name).stem}-generic.{kind}")
                told = packed.headers["content-disposition"]
                assert (packed.status, told) == (200, f"attachment; filename*=UTF-8''{file}")


def test_an_issue_whose_name_is_no_text_breaks_no_list(newsletter: Path) -> None:
    try:
        (newsletter / "issues" / os.fsdecode(b"b\xfcro.yaml")).write_text("title: A\n", "utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system has no such names")
    with running(newsletter, port=PORT) as preview:
        assert "one.yaml" in [one["name"] for one in _json(preview, "/newsletter")["issues"]]


# --- who is answered ----------------------------------------------------------------------------


def _refused(answer: Answer, status: int = 403) -> bool:
    return (answer.status, _told(answer)) == (status, ALWAYS) and len(answer.body) < 200


def test_only_its_own_names_are_answered(preview: Running) -> None:
    port = preview.port
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"LocalHost:{port}"):
        assert preview.ask("/", {"Host": host}).status == 200
    for host in (
        *("evil.example", f"evil.example:{port}", f"127.0.0.1.evil:{port}", "127.0.0.1"),
        *("localhost", f"127.0.0.1:{port + 1}", f"[::]:{port}", f"[::ffff:127.0.0.1]:{port}"),
        *("", f"0.0.0.0:{port}", f"localhost.:{port}", f"127.0.0.1:{port}@evil.example"),
        *(f"evil.example#127.0.0.1:{port}", f"127.0.0.1:{port}/../", f"2130706433:{port}"),
    ):
        for path in ("/", "/newsletter", "/issues/one.yaml/email", "/events", "/page/main.js"):
            assert _refused(preview.ask(path, {"Host": host})), (host, path)


def test_an_address_in_the_request_does_not_stand_in_for_the_name(preview: Running) -> None:
    own = f"http://127.0.0.1:{preview.port}/newsletter"
    assert _refused(preview.ask(own, {"Host": "evil.example"}))
    forwarded = {"X-Forwarded-Host": f"127.0.0.1:{preview.port}", "Host": "evil.example"}
    assert _refused(preview.ask("/newsletter", forwarded))


@pytest.mark.parametrize("path", ROUTES)
def test_no_page_from_elsewhere_is_answered(preview: Running, path: str) -> None:
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"https://127.0.0.1:{preview.port}"},
        {"Origin": f"http://127.0.0.1:{preview.port + 1}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ):
        assert _refused(preview.ask(path, headers)), headers


def test_its_own_page_is_answered(preview: Running) -> None:
    for headers in (
        {"Origin": f"http://127.0.0.1:{preview.port}", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {
            "Sec-Fetch-Site": "cross-site",
            "Sec-Fetch-Mode": "navigate",
            "Sec-Fetch-Dest": "document",
        },
    ):
        assert preview.ask("/", headers).status == 200


def _send(preview: Running, method: str, path: str, body: bytes = b"") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=30)
    try:
        connection.request(method, path, body)
        return connection.getresponse().status
    finally:
        connection.close()


def test_nothing_can_be_changed_from_the_browser(preview: Running) -> None:
    known = [path for path in ROUTES if path not in ("/nothing", "/key")]
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        told = {path: _send(preview, method, path, b"title: X\n") for path in known}
        assert set(told.values()) == {405}, method
    assert preview.ask("/key", body=b"key=abcd").status == 404  # there is no lock


def _state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """All that is in a folder, hidden files and all."""
    return {
        str(path.relative_to(folder)): (
            path.stat().st_mtime_ns,
            b"" if path.is_dir() else path.read_bytes(),
        )
        for path in [folder, *folder.rglob("*")]
    }


def test_no_request_writes_anything(newsletter: Path) -> None:
    (newsletter / "issues" / "broken.yaml").write_text('title: "\n', "utf-8")
    before = _state(newsletter)
    with running(newsletter, port=PORT) as preview:
        for path in (*ROUTES, *PATHS, *(one.replace("one.", "broken.") for one in ROUTES)):
            with suppress(http.client.HTTPException, ConnectionError):
                preview.ask(path)
        for method in ("POST", "PUT", "DELETE"):
            _send(preview, method, "/issues/one.yaml", b"title: X\n")
        with _events(preview) as events:
            next(events)
    assert _state(newsletter) == before


# --- the key ------------------------------------------------------------------------------------


def _form(typed: str) -> bytes:
    """What a browser sends of the form."""
    return f"key={quote(typed, safe='').replace('%20', '+')}".encode()


def test_without_the_key_there_is_nothing_to_see(newsletter: Path) -> None:
    with running(newsletter, key=KEY, port=PORT) as preview:
        for path in (*ROUTES, "/events", "/%3Fkey=x"):
            if path in ("/", "/key"):
                continue
            answer = preview.ask(path)
            assert answer.status == 401, path
            assert (_told(answer), len(answer.body) < 1000) == (ALWAYS, True)
            wrong = preview.ask(path, {"Cookie": f"{COOKIE}-{preview.port}={KEY}"})
            assert wrong.status == 401, path
        answer = preview.ask("/")
        assert (answer.status, answer.headers["content-security-policy"]) == (401, PAGE_POLICY)
        assert b'<form method="post" action="/key">' in answer.body
        assert preview.ask("/page/key.css").status == 200
        assert preview.ask("/page/key.css%3F/../main.js").status in (401, 404)
        assert KEY.encode() not in preview.ask("/").body


@pytest.mark.parametrize("typed", [KEY, "ABCD2345", "abcd 2345", " abcd-2345 "])
def test_the_right_key_opens_all(newsletter: Path, typed: str) -> None:
    with running(newsletter, key=KEY, port=PORT) as preview:
        answer = preview.ask("/key", body=_form(typed))
        assert (answer.status, answer.headers["location"]) == (303, "/")
        cookie, *attributes = answer.headers["set-cookie"].split("; ")
        assert sorted(one.lower() for one in attributes) == [
            "httponly",
            "path=/",
            "samesite=strict",
        ]
        name, _, value = cookie.partition("=")
        assert (name, len(value) >= 43, KEY in value) == (
            f"{COOKIE}-{preview.port}",
            True,
            False,
        )
        for path in ("/", "/newsletter", "/issues/one.yaml", "/page/main.js"):
            assert preview.ask(path, {"Cookie": cookie}).status == 200
            assert preview.ask(path, {"Cookie": cookie[:-1]}).status == 401
            assert preview.ask(path, {"Cookie": f"other=1; {cookie}"}).status == 200
        stranger = {"Cookie": cookie, "Origin": "http://evil.example"}
        assert _refused(preview.ask("/newsletter", stranger))


def test_the_address_that_is_opened_here_has_the_key_in_it(newsletter: Path) -> None:
    with running(newsletter, key=KEY, port=PORT) as preview:
        answer = preview.ask(f"/?key={KEY}")
        assert (answer.status, answer.headers["location"]) == (303, "/")
        assert answer.headers["set-cookie"].startswith(f"{COOKIE}-{preview.port}=")


def _why(answer: Answer) -> str:
    """What the page says of the key that was typed before."""
    return str(re.findall(r'role="alert">([^<]*)<', answer.body.decode())[0])


def test_wrong_keys_open_nothing_and_ten_shut_the_door(newsletter: Path) -> None:
    with running(newsletter, key=KEY, port=PORT) as preview:
        told = []
        for wrong in ("", "x", "abcd", "%00", "ü", f"{KEY}x", "key=", "x" * 500, "x", "x"):
            answer = preview.ask("/key", body=_form(wrong))
            assert "set-cookie" not in answer.headers
            told.append((answer.status, _why(answer)))
        shut = "Too many wrong keys: wait for a minute."
        assert told == [*[(401, "That is not the key.")] * 9, (401, shut)]
        answer = preview.ask("/key", body=_form(KEY))
        assert (answer.status, _why(answer)) == (401, shut)
        assert "set-cookie" not in answer.headers


def test_a_form_of_another_page_types_no_key(newsletter: Path) -> None:
    with running(newsletter, key=KEY, port=PORT) as preview:
        headers = {"Origin": "http://evil.example"}
        assert _refused(preview.ask("/key", headers, body=_form(KEY)))


# --- word of changes ----------------------------------------------------------------------------


@contextmanager
def _events(preview: Running, headers: dict[str, str] | None = None) -> Iterator[Iterator[Any]]:
    """What /events tells: the name of each event with its data."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=30)
    connection.request("GET", "/events", headers=headers or {})
    answer = connection.getresponse()
    assert answer.getheader("content-type") == "text/event-stream; charset=utf-8"

    def told() -> Iterator[Any]:
        event = ""
        while line := answer.readline().decode():
            name, _, value = line.rstrip("\n").partition(": ")
            if name == "event":
                event = value
            elif name == "data":
                yield event, json.loads(value)

    try:
        yield told()
    finally:
        answer.close()
        connection.close()


def test_a_page_is_greeted_and_told_of_what_is_saved(preview: Running, newsletter: Path) -> None:
    with _events(preview) as events, _events(preview) as others:
        hello = next(events)
        assert (hello[0], bool(re.fullmatch("[0-9a-f]{12}", hello[1]))) == ("hello", True)
        assert next(others) == hello
        path = newsletter / "issues" / "one.yaml"
        path.write_text(ONE.replace("April", "May"), "utf-8")
        for each in (events, others):
            changed = next(one for one in each if one[0] == "changed")
            assert changed == ("changed", ["one.yaml"])
        assert _json(preview, "/issues/one.yaml")["title"] == "May news"
        (newsletter / "newsletter.yaml").write_text(SETTINGS, "utf-8")
        assert next(one for one in events if one[0] == "changed" and one[1] is None)


def test_problems_of_issues_that_nobody_looks_at_are_counted_by_and_by(
    newsletter: Path,
) -> None:
    (newsletter / "issues" / "broken.yaml").write_text('title: "\n', "utf-8")
    with running(newsletter, port=PORT, idle=0.2) as preview, _events(preview) as events:
        next(events)
        counted: set[str] = set()
        while counted != {"one.yaml", "broken.yaml"}:
            counted |= set(next(one for one in events if one[0] == "counted")[1])
        problems = {one["name"]: one["problems"] for one in _json(preview, "/newsletter")["issues"]}
        assert problems["one.yaml"] == [0, 1, 0]  # its picture has no address yet
        assert problems["broken.yaml"][0] > 0


def test_word_of_changes_ends_with_the_preview(newsletter: Path) -> None:
    with running(newsletter, port=PORT) as preview:
        connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=30)
        connection.request("GET", "/events")
        answer = connection.getresponse()
        assert answer.readline() == b"retry: 500\n"
    with suppress(http.client.IncompleteRead):
        assert b"event: hello" in answer.read()  # which comes to an end
    connection.close()


def test_pages_that_are_closed_leave_nothing_behind(
    newsletter: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "asyncio"):
        with running(newsletter, port=PORT) as preview:
            for _ in range(5):
                with _events(preview) as events:
                    next(events)
            (newsletter / "issues" / "two.yaml").write_text(PLAIN.format("Two"), "utf-8")
            with _events(preview) as events:
                while "two.yaml" not in str(_json(preview, "/newsletter")):
                    next(events)
            gc.collect()
            assert preview.ask("/").status == 200
        gc.collect()
    assert [record.getMessage() for record in caplog.records if record.name == "asyncio"] == []


# --- what is told of an issue -------------------------------------------------------------------


def test_the_newsletter_is_told_whole(preview: Running, newsletter: Path) -> None:
    told = _json(preview, "/newsletter")
    listed = {"name": "one.yaml", "title": "April news", "date": "2024-04", "day": "April 2024"}
    for one in told["issues"]:
        assert one.pop("problems") in (None, [0, 1, 0])
    assert told == {
        "publication": "Safeguarding Monthly",
        "folder": str(newsletter),
        "issues": [listed],
        "platform": "generic",
    }
    platforms = _json(preview, "/platforms")
    assert {"name": "mailchimp", "label": "Mailchimp"} in platforms
    assert len(platforms) == len(open_project(newsletter).platforms.names())


def test_an_issue_is_told_whole(newsletter: Path) -> None:
    path = newsletter / "issues" / "one.yaml"
    path.write_text(ONE.replace("date: 2024-04\n", "date: 2024-04\ntheem: plain\n"), "utf-8")
    with running(newsletter, port=PORT) as preview:
        told = _json(preview, "/issues/one.yaml")
        stamp = preview.desk.stamp("one.yaml")
    result = _built(newsletter)
    assert result.email
    assert result.sample
    assert result.weight
    page, parts = result.email.html, told["weight"].pop("parts")
    assert [part["name"] for part in parts] == ["Head and opening", "Reports"]
    assert sum(part["bytes_"] for part in parts) == len(page.encode())
    copies = told.pop("copies")
    assert copies.pop("how")[0].startswith("1. In newsletter.yaml")
    assert copies.pop("rich").startswith("<!doctype html>")
    assert copies == {
        "file": "email.html",
        "source": result.files["email.html"].decode(),
        "text": result.email.text,
        "subject": "April news, April 2024",
        "preheader": "A guide for clubs and schools, and what inspectors found in homes",
        "pictures_left": 1,
    }
    problems = told.pop("problems")
    assert [one for one in problems if one["level"] == "error"] == [
        {
            "level": "error",
            "code": "unknown-field",
            "message": "an issue has no 'theem'",
            "hint": "did you mean 'theme'?",
            "suggestion": "",
            "path": "issues/one.yaml",
            "file": str(path),
            "line": 3,
            "column": 1,
            "excerpt": "theem: plain",
            "place": None,
        }
    ]
    assert told.pop("weight") == {
        "html": len(page.encode()),
        "limit": 102_400,
        "room": result.weight.room,
        "entries": 2,
        "links": 1,
        "words": told_words(page),
        "minutes": 1,
    }
    assert told == {
        "name": "one.yaml",
        "stamp": stamp,
        "state": "draft",
        "title": "April news",
        "day": "April 2024",
        "file": str(path),
        "platform": "generic",
        "parts": [
            {
                "kind": "section",
                "name": "Reports",
                "line": 6,
                "end": 7,
                "prints": ["Reports"],
                "image": "",
                "facts": [],
                "rank": 0,
                "change": "",
            },
            {
                "kind": "entry",
                "name": "A guide on safer meetings is out, and it is free…",
                "line": 8,
                "end": 8,
                "prints": ["Aguideonsafermeetingsisout,anditisfreetoread.", ""],
                "image": "",
                "facts": [],
                "rank": 0,
                "change": "",
            },
            {
                "kind": "entry",
                "name": "a picture",
                "line": 9,
                "end": 11,
                "prints": ["", ""],
                "image": "room.png",
                "facts": [],
                "rank": 1,
                "change": "",
            },
        ],
        "inbox": {
            "sender": "Example Trust",
            "address": "editor@example.org",
            "subject": "April news, April 2024",
            "preheader": "A guide for clubs and schools, and what inspectors found in homes",
        },
        "text": result.sample.text,
        "web_pictures": 0,
    }


def told_words(page: str) -> int:
    """The words that stand in the body of `page`, counted by hand."""
    body = re.sub(r"(?s)<!--.*?-->|<style.*?</style>|<title.*?</title>", " ", page)
    return len(re.sub(r"<[^>]*>", " ", body).replace("&nbsp;", " ").split())


@pytest.mark.parametrize(
    "text", ["title: May\ndate: 2024-05\n", "title: May\n", "", "- a\n", "title: [\n", "5"]
)
def test_an_issue_that_has_only_been_begun_is_told_too(newsletter: Path, text: str) -> None:
    (newsletter / "issues" / "new.yaml").write_text(text, "utf-8")
    with running(newsletter, port=PORT) as preview:
        told = _json(preview, "/issues/new.yaml")
        assert (told["state"], told["inbox"], told["weight"], told["copies"]) == (
            "nothing",
            None,
            None,
            None,
        )
        assert told["problems"]
        assert preview.ask("/issues/new.yaml/email").status == 404
        assert preview.ask("/issues/new.yaml/download.zip").status == 404
        assert "missing" in _json(preview, "/issues/new.yaml/committed")
        code = _json(preview, "/issues/new.yaml/code/yaml")
        lines = ["".join(piece for _, piece in line) for line in code]
        assert "\n".join(lines) == text


def test_the_code_of_an_issue_is_what_it_is_made_of(preview: Running, newsletter: Path) -> None:
    result = _built(newsletter, "mailchimp")
    assert result.email

    def code(kind: str) -> str:
        lines = _json(preview, f"/issues/one.yaml/code/{kind}?platform=mailchimp")
        return "\n".join("".join(piece for _, piece in line) for line in lines)

    assert code("yaml") == ONE
    assert code("html") == result.files["email.html"].decode()
    assert (code("mjml")[:5], "*|UNSUB|*" in code("html")) == ("<mjml", True)
    assert "[[unsubscribe]]" in code("mjml")


@pytest.mark.parametrize("platform", ["generic", "mailchimp", "ghost", "outlook-gmail"])
def test_downloads_are_what_the_commands_make(
    preview: Running, newsletter: Path, platform: str
) -> None:
    result = _built(newsletter, platform)
    at = f"/issues/one.yaml/download.{{}}?platform={platform}"
    eml, packed = preview.ask(at.format("eml")), preview.ask(at.format("zip"))
    assert (eml.headers["content-type"], eml.body) == ("message/rfc822", result.eml())
    message = message_from_bytes(eml.body)
    assert message["Subject"] == "April news, April 2024"
    assert [part.get_content_type() for part in message.walk()][:2] == [
        "multipart/alternative",
        "text/plain",
    ]
    assert (packed.headers["content-type"], packed.body) == ("application/zip", bundle(result))
    with zipfile.ZipFile(io.BytesIO(packed.body)) as files:
        assert files.testzip() is None
        assert {"PASTE-ME.txt", *result.files} <= set(files.namelist())
        assert all(files.read(name) == content for name, content in result.files.items())
    assert packed.headers["content-disposition"] == (
        f"attachment; filename*=UTF-8''one-{platform}.zip"
    )


@pytest.fixture(name="committed")
def _committed(newsletter: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The newsletter as it was committed with git on 23 April 2024."""
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Editor")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "editor@example.org")
        monkeypatch.setenv(f"GIT_{name}_DATE", "2024-04-23T12:00:00+0000")
    for words in ("init -q", "add .", "commit -q -m April"):
        subprocess.run(["git", *words.split()], cwd=newsletter, check=True)
    return newsletter


def test_an_issue_is_compared_with_what_was_committed(committed: Path) -> None:
    changed = ONE.replace("safer meetings is", "safer clubs is") + "      - Courts have a plan.\n"
    (committed / "issues" / "one.yaml").write_text(changed, "utf-8")
    before = _state(committed)
    with running(committed, port=PORT) as preview:
        told = _json(preview, "/issues/one.yaml/committed")
        assert (told["day"], told["missing"]) == ("23 April 2024", "")
        assert [(part["line"], part["change"]) for part in told["before"]] == [
            (5, ""),
            (7, "changed"),
            (8, ""),
        ]
        assert [(part["line"], part["change"]) for part in told["now"]] == [
            (5, ""),
            (7, "changed"),
            (8, ""),
            (11, "new"),
        ]
        email = preview.ask("/issues/one.yaml/email?at=committed")
        assert (email.status, b"safer meetings is" in email.body) == (200, True)
        assert email.headers["content-security-policy"] == EMAIL_POLICY.format("")
    assert _state(committed) == before


def test_a_picture_that_was_committed_is_shown_beside_the_one_of_now(committed: Path) -> None:
    images = committed / "issues" / "images"
    Image.new("RGB", (8, 4), "red").save(images / "hall.png")
    changed = ONE.replace("room.png", "hall.png")
    (committed / "issues" / "one.yaml").write_text(changed, "utf-8")
    with running(committed, port=PORT) as preview:
        _json(preview, "/issues/one.yaml/committed")  # which the page asks for first
        for query, name in (("", "hall.png"), ("?at=committed", "room.png")):
            page = preview.ask(f"/issues/one.yaml/email{query}").body.decode()
            source = re.findall(r'<img[^>]* src="([^"]*)"', page)[0]
            picture = preview.ask(source)
            assert (picture.status, picture.body) == (200, (images / name).read_bytes()), query


def test_a_fault_of_the_program_is_told_and_the_preview_goes_on(
    preview: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No fault is known that a test could make happen.
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by nothing")

    with monkeypatch.context() as patched:
        patched.setattr("newsletter.preview.shown.platforms", broken)
        answer = preview.ask("/platforms")
    assert (answer.status, _told(answer)) == (500, ALWAYS)
    assert answer.body == (
        b"The program broke down over /platforms (ZeroDivisionError: by nothing). "
        b"Please tell whoever looks after it.\n"
    )
    assert preview.ask("/platforms").status == 200
