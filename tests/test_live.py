"""Links asked over the network: of servers that stand on this machine."""

import asyncio
import gzip
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import h2.config
import h2.connection
import h2.events
import pytest
import trustme

from newsletter.live.answer import Answer, Kind
from newsletter.live.ask import ask
from newsletter.live.guard import Guard, Target, literal, public
from newsletter.live.limits import LIMITS
from newsletter.live.names import lookup
from newsletter.live.reply import Reply
from tests.web import HERE, Request, Web, trust

URL = "https://example.org/reports/neglect"
QUICK = LIMITS._replace(whole=3, address=0.8, least=0.4, connect=0.5, wait=0.6)
"""The limits, some ten times as tight."""

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def _of(web: Web, url: str = URL) -> Answer:
    return web.ask(url, limits=QUICK)[url]


# --- what an address answers ---------------------------------------------------------------------


def test_a_page_that_is_there_is_asked_with_head_and_looked_at_with_get() -> None:
    with Web() as web:
        assert _of(web) == Answer(Kind.OK, status=200)
        assert web.asked == [("HEAD", URL), ("GET", URL)]


def test_a_file_is_asked_with_head_only() -> None:
    async def pdf(request: Request) -> None:
        await request.reply(200, b"x" * 100, content_type="application/pdf")

    with Web({URL: pdf}) as web:
        assert _of(web) == Answer(Kind.OK, status=200)
        assert web.asked == [("HEAD", URL)]


def test_only_web_pages_are_asked_and_none_for_nothing() -> None:
    with Web() as web:
        odd = Answer(Kind.ODD, "this is no address of a web page")
        assert web.ask("mailto:editor@example.org") == {"mailto:editor@example.org": odd}
        assert web.ask() == {}
        assert web.asked == []


def test_an_address_that_no_program_can_read_is_told() -> None:
    with Web() as web:
        url = "https://example.org:port/a"
        assert _of(web, url) == Answer(Kind.ODD, "this is no address that can be asked")


def test_parts_of_one_page_are_asked_once() -> None:
    with Web() as web:
        found = web.ask(f"{URL}#one", f"{URL}#two", URL)
        assert found == dict.fromkeys([f"{URL}#one", f"{URL}#two", URL], Answer(Kind.OK, "", 200))
        assert len(web.asked) == 2


def test_a_password_in_an_address_is_not_sent() -> None:
    seen = []

    async def page(request: Request) -> None:
        seen.append("authorization" in request.headers)
        await request.reply(200)

    with Web({URL: page}) as web:
        url = URL.replace("//", "//name:secret@")
        assert _of(web, url).kind is Kind.OK
        assert seen == [False, False]


@pytest.mark.parametrize(
    ("page", "kind", "words"),
    [
        ("404", Kind.GONE, "the server says that there is no such page (404)"),
        ("410", Kind.GONE, "the server says that there is no such page any more (410)"),
        ("401", Kind.BLOCKED, "'example.org' asks programs for a password (401)"),
        ("403", Kind.BLOCKED, "'example.org' keeps programs out (403)"),
        ("405", Kind.BLOCKED, "'example.org' keeps programs out (405)"),
        ("999", Kind.BLOCKED, "'example.org' keeps programs out (999)"),
        ("400", Kind.BLOCKED, "'example.org' did not show the page to a program (400)"),
        ("429", Kind.BUSY, "'example.org' has been asked too often (429)"),
        ("500", Kind.FAILING, "the server of 'example.org' has failed (500)"),
        ("503", Kind.FAILING, "the server of 'example.org' has failed (503)"),
        ("202", Kind.OK, ""),
    ],
)
def test_a_status_says_what_a_link_is_worth(page: str, kind: Kind, words: str) -> None:
    with Web({URL: page}) as web:
        assert _of(web) == Answer(kind, words, int(page))


@pytest.mark.parametrize(
    ("status", "header", "value", "name"),
    [
        (403, "server", "cloudflare", "Cloudflare"),
        (503, "cf-mitigated", "challenge", "Cloudflare"),
        (403, "server", "AkamaiGHost", "Akamai"),
        (403, "x-iinfo", "1-2-3", "Imperva"),
        (403, "x-datadome", "protected", "DataDome"),
        (202, "x-amzn-waf-action", "challenge", "AWS"),
    ],
)
def test_who_keeps_programs_out_is_named(status: int, header: str, value: str, name: str) -> None:
    async def page(request: Request) -> None:
        await request.reply(status, **{header: value})

    with Web({URL: page}) as web:
        assert _of(web) == Answer(
            Kind.BLOCKED, f"'example.org' keeps programs out ({name})", status
        )


def test_a_page_that_is_gone_is_gone_behind_such_a_service_too() -> None:
    async def page(request: Request) -> None:
        await request.reply(404, server="cloudflare")

    with Web({URL: page}) as web:
        assert _of(web).kind is Kind.GONE


def test_a_puzzle_for_programs_is_not_the_page() -> None:
    with Web({URL: "200 <title>Just a moment...</title>"}) as web:
        assert _of(web) == Answer(Kind.BLOCKED, "'example.org' keeps programs out", 200)


@pytest.mark.parametrize("status", [403, 404, 405, 500, 501])
def test_a_server_that_does_not_know_head_is_asked_with_get(status: int) -> None:
    async def page(request: Request) -> None:
        await request.reply(200 if request.method == "GET" else status)

    with Web({URL: page}) as web:
        assert _of(web) == Answer(Kind.OK, status=200)


def test_a_server_that_hangs_or_hangs_up_at_head_is_asked_with_get() -> None:
    async def hangs(request: Request) -> None:
        if request.method == "HEAD":
            await asyncio.sleep(5)
        await request.reply(200)

    async def hangs_up(request: Request) -> None:
        if request.method == "HEAD":
            raise ConnectionError
        await request.reply(200)

    for page in (hangs, hangs_up):
        with Web({URL: page}) as web:
            assert _of(web) == Answer(Kind.OK, status=200)


def test_a_broken_connection_is_tried_once_more() -> None:
    times = []

    async def page(request: Request) -> None:
        times.append(request.method)
        if len(times) < 3:
            raise ConnectionError
        await request.reply(200)

    async def broken(request: Request) -> None:
        raise ConnectionError

    with Web({URL: page}) as web:
        assert _of(web).kind is Kind.OK
    with Web({URL: broken}) as web:
        assert _of(web) == Answer(Kind.FAILING, "the server of 'example.org' breaks the connection")
        assert [method for method, _ in web.asked] == ["HEAD", "GET", "GET"]


def test_a_server_that_does_not_listen_is_told() -> None:
    with socket.socket() as bound:  # and nobody listens at its port
        bound.bind((HERE, 0))
        url = f"http://{HERE}:{bound.getsockname()[1]}/"
        found = ask([url], allowed=frozenset({HERE}), limits=QUICK)
    words = f"the server of '{HERE}' refuses the connection"
    assert found == {url: Answer(Kind.FAILING, words)}


def test_what_no_library_can_read_is_told() -> None:
    async def page(request: Request) -> None:
        request.writer.write(b"EHLO\r\n\r\n")
        request.writer.close()

    with Web({URL: page}) as web:
        assert _of(web).kind is Kind.FAILING


# --- redirects -----------------------------------------------------------------------------------


def test_redirects_are_followed_and_the_last_address_is_told() -> None:
    new = "https://www.example.com/reports/2024/neglect"
    pages = {URL: "301 /reports/neglect-2024", f"{URL}-2024": f"308 {new}"}
    with Web(pages) as web:
        assert _of(web) == Answer(Kind.MOVED, "", 200, new, permanent=True)
        assert web.asked == [("HEAD", URL), ("HEAD", f"{URL}-2024"), ("HEAD", new), ("GET", new)]


def test_one_redirect_for_now_makes_all_of_them_so() -> None:
    new = "https://www.example.com/neglect"
    with Web({URL: f"301 {URL}-2", f"{URL}-2": f"302 {new}"}) as web:
        assert _of(web) == Answer(Kind.MOVED, "", 200, new, permanent=False)


def test_the_part_of_a_page_that_is_meant_stays_in_its_new_address() -> None:
    with Web({URL: f"301 {URL}-2"}) as web:
        found = web.ask(f"{URL}#chapter-2", URL)
        assert [answer.final for answer in found.values()] == [f"{URL}-2#chapter-2", f"{URL}-2"]
    with Web({URL: f"301 {URL}-2#top"}) as web:
        assert _of(web, f"{URL}#chapter-2").final == f"{URL}-2#top"


def test_http_that_leads_to_https_is_followed() -> None:
    plain = URL.replace("https", "http")
    with Web({plain: f"301 {URL}"}) as web:
        assert _of(web, plain) == Answer(Kind.MOVED, "", 200, URL, permanent=True)


@pytest.mark.parametrize("endless", [False, True])
def test_a_circle_is_told_and_so_is_a_way_without_end(endless: bool) -> None:
    pages = {f"{URL}{n}": f"302 {URL}{n + 1}" for n in range(30)}
    pages |= {URL: f"302 {URL}0"} if endless else {URL: f"302 {URL}0", f"{URL}1": f"302 {URL}"}
    with Web(pages) as web:
        answer = _of(web)
        assert answer[:2] == (Kind.FAILING, "it redirects in a circle, or without end")
        assert len(web.asked) <= 11


def test_a_page_that_only_sets_a_cookie_is_no_circle() -> None:
    async def page(request: Request) -> None:
        if "seen=1" in request.headers.get("cookie", ""):
            await request.reply(200)
        else:
            await request.reply(302, location=URL, set_cookie="seen=1; Path=/")

    with Web({URL: page}) as web:
        assert _of(web) == Answer(Kind.OK, status=200)


def test_what_a_redirect_leads_to_counts() -> None:
    with Web({URL: f"301 {URL}-2", f"{URL}-2": "404"}) as web:
        words = "the server says that there is no such page (404)"
        assert _of(web) == Answer(Kind.GONE, words, 404, f"{URL}-2", permanent=True)


@pytest.mark.parametrize("location", ["itms-apps://apple.com/a", "https://[half"])
def test_a_redirect_to_what_is_no_web_page_could_not_be_checked(location: str) -> None:
    with Web({URL: f"302 {location}"}) as web:
        assert _of(web).kind is Kind.ODD


@pytest.mark.parametrize(
    "login",
    [
        "https://example.org/login?next=/reports",
        "https://example.org/en/sign-in",
        "https://example.org/account/login.aspx",
        "https://login.example.com/common/start",
        "https://sso.example.com/",
    ],
)
def test_a_redirect_to_a_login_page_is_a_login_wall(login: str) -> None:
    host = login.split("/")[2]
    with Web({URL: f"302 {login}"}) as web:
        assert _of(web) == Answer(Kind.LOGIN, f"it leads to a login page of '{host}'", 200, login)


@pytest.mark.parametrize(
    "page", ["https://example.org/authors/login-smith", "https://example.org/catalogin/"]
)
def test_words_that_only_begin_so_are_no_login_page(page: str) -> None:
    with Web({URL: f"302 {page}"}) as web:
        assert _of(web).kind is Kind.MOVED


def test_a_link_to_a_login_page_is_what_was_meant() -> None:
    url = "https://example.org/login"
    with Web({url: "302 https://login.example.com/start"}) as web:
        assert _of(web, url).kind is Kind.MOVED


def test_networks_that_let_members_in_only_could_not_be_checked() -> None:
    url = "https://www.facebook.com/example/posts/1"
    certificate = trustme_for("*.facebook.com")
    with Web({url: "302 https://www.facebook.com/login/?next=1"}, certificate) as web:
        assert _of(web, url).kind is Kind.BLOCKED


def trustme_for(*names: str) -> trustme.LeafCert:
    """A certificate of an authority that the tests believe."""
    authority = trustme.CA()
    authority.configure_trust(trust())
    return authority.issue_cert(*names)


# --- soft 404s -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "Page not found | Example Trust",
        "404",
        "404 - Page Not Found",
        "Error 404 (Not Found)!!1",
        "404: Not found · Example",
        "Sorry, the page you were looking for could not be found",
        "Sorry, this page isn&#39;t available",
        "Oops! That page can’t be found. - Example Trust",
        "We can't find the page you're looking for | Council",
        "This page no longer exists",
        "Not Found",
        "Page introuvable – Exemple",
        "Cette page n'existe pas",
        "Seite nicht gefunden",
        "Página no encontrada",
        "Nie znaleziono strony",
        "الصفحة غير موجودة",
    ],
)
def test_a_page_that_says_it_is_not_there_looks_dead(title: str) -> None:
    with Web({URL: f"200 <head><TITLE>\n {title}</TITLE></head>"}) as web:
        assert _of(web).kind is Kind.SOFT_404


@pytest.mark.parametrize(
    "title",
    [
        "404 children missing from care not found in time",
        "Not found: the children whom nobody looks for",
        "Lost and found: a report",
        "Missing people: how a page of history was not found",
        "Error in the register of homes",
        "The missing page",
        "Cyberflashing: what the law says | Not found in schools",
        "",
    ],
)
def test_a_story_about_what_is_not_found_does_not(title: str) -> None:
    with Web({URL: f"200 <title>{title}</title><h1>A report</h1>"}) as web:
        assert _of(web) == Answer(Kind.OK, status=200)


def test_a_heading_may_say_so_in_place_of_a_title() -> None:
    html = "200 <title>Example Trust</title><h1 class=x>Page <em>not</em> found</h1>"
    with Web({URL: html}) as web:
        assert _of(web).words == "the page calls itself 'Page not found'"


@pytest.mark.parametrize(
    ("asked", "final", "kind"),
    [
        (URL, "https://example.org/", Kind.SOFT_404),
        (URL, "https://www.example.org/en/", Kind.SOFT_404),
        (URL, "https://www.example.com/", Kind.SOFT_404),
        (URL, "https://example.org/404", Kind.SOFT_404),
        (URL, "https://example.org/page-not-found/", Kind.SOFT_404),
        (URL, "https://example.org/#/reports/neglect", Kind.MOVED),
        (URL, "https://example.org/reports", Kind.MOVED),
        ("https://example.com/appeal", "https://example.org/", Kind.MOVED),
        ("https://example.org/en/", "https://example.org/", Kind.MOVED),
    ],
)
def test_a_deep_link_that_ends_at_a_home_page_looks_dead(
    asked: str, final: str, kind: Kind
) -> None:
    with Web({asked: f"301 {final}"}) as web:
        assert _of(web, asked).kind is kind


def test_no_more_of_a_page_is_read_than_is_looked_at() -> None:
    sent = 0

    async def endless(request: Request) -> None:
        nonlocal sent
        request.writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Long</title>"
        )
        while request.method == "GET" and sent < 64_000_000 and not request.writer.is_closing():
            request.writer.write(b" " * 65536)
            sent += 65536
            await request.writer.drain()

    url = URL.replace("https", "http")
    with Web({url: endless}) as web:
        assert _of(web, url) == Answer(Kind.OK, status=200)
    assert sent < 16_000_000  # what buffers on the way hold


def test_a_small_page_that_holds_gigabytes_is_not_unpacked() -> None:
    body = gzip.compress(b"<title>Page not found</title>" + b" " * 50_000_000)

    async def bomb(request: Request) -> None:
        await request.reply(200, body, content_encoding="gzip")

    with Web({URL: bomb}) as web:
        began = time.monotonic()
        assert _of(web).kind is Kind.SOFT_404
        assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"content-encoding": "gzip"}, b"not packed at all"),
        ({"content-encoding": "br"}, b"\x0b\x02\x80"),
        ({"content-type": "text/html; charset=no-such"}, b"<title>Neglect</title>"),
        ({"content-type": "text/html; charset=iso-8859-1"}, b"<title>\xe9t\xe9</title>"),
    ],
)
def test_a_page_that_cannot_be_unpacked_is_there_all_the_same(
    headers: dict[str, str], body: bytes
) -> None:
    async def page(request: Request) -> None:
        await request.reply(200, body, **headers)

    with Web({URL: page}) as web:
        assert _of(web) == Answer(Kind.OK, status=200)


# --- names and certificates ----------------------------------------------------------------------


def test_a_website_that_does_not_exist_is_told() -> None:
    with Web({URL: "nothing"}) as web:
        assert _of(web) == Answer(Kind.NO_HOST, "there is no website 'example.org'")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (socket.gaierror(socket.EAI_AGAIN, "later"), Kind.DNS),
        (socket.gaierror(socket.EAI_NONAME, "never"), Kind.NO_HOST),
        (UnicodeError("label too long"), Kind.DNS),
        (None, Kind.NO_HOST),
    ],
)
def test_only_a_name_that_is_not_there_is_dead(error: Exception | None, kind: Kind) -> None:
    async def resolve(host: str, port: int) -> list[Target]:
        if error:
            raise error
        return []

    assert ask([URL], resolve=resolve)[URL].kind is kind


def test_a_name_that_is_looked_up_for_ever_ends_in_time() -> None:
    async def resolve(host: str, port: int) -> list[Target]:
        await asyncio.sleep(60)
        return []

    began = time.monotonic()
    assert ask([URL], resolve=resolve, limits=QUICK) == {
        URL: Answer(Kind.DNS, "the name 'example.org' could not be looked up in time")
    }
    assert time.monotonic() - began < 2


def test_without_a_network_that_is_told_and_not_each_link() -> None:
    async def resolve(host: str, port: int) -> list[Target]:
        raise socket.gaierror(socket.EAI_NONAME, "no network")

    urls = [f"https://{name}.example.org/" for name in "abc"]
    words = "this computer seems to have no network"
    assert ask(urls, resolve=resolve) == dict.fromkeys(urls, Answer(Kind.OFFLINE, words))


def test_the_systems_resolver_is_asked_in_a_thread_of_its_own() -> None:
    found = asyncio.run(lookup("localhost", 80))
    assert Target("127.0.0.1", 80) in found or Target("::1", 80) in found
    with pytest.raises((OSError, UnicodeError)):
        asyncio.run(lookup("a" * 64 + ".invalid", 80))


@pytest.mark.parametrize(
    ("names", "days", "words"),
    [
        (["example.com"], 9, "the certificate of 'example.org' is one of another website"),
        (["example.org"], -9, "the certificate of 'example.org' has expired"),
    ],
)
def test_a_wrong_certificate_is_told(names: list[str], days: int, words: str) -> None:
    authority = trustme.CA()
    authority.configure_trust(trust())
    certificate = authority.issue_cert(*names, not_after=datetime.now(UTC) + timedelta(days=days))
    with Web(certificate=certificate) as web:
        assert _of(web) == Answer(Kind.CERTIFICATE, words)


def test_a_website_with_a_wrong_certificate_is_asked_without_encryption_all_the_same() -> None:
    plain = URL.replace("https", "http")
    with Web(certificate=trustme_for("example.com")) as web:
        found = web.ask(URL, plain)
    assert [answer.kind for answer in found.values()] == [Kind.CERTIFICATE, Kind.OK]


def test_a_certificate_of_an_unknown_authority_is_not_called_wrong() -> None:
    with Web(certificate=trustme.CA().issue_cert("example.org")) as web:
        words = "this computer cannot tell whether the certificate of 'example.org' is good"
        assert _of(web) == Answer(Kind.TLS, words)


def test_a_server_that_speaks_no_tls_could_not_be_checked() -> None:
    with Web() as web:
        port = web._ports[80]
        url = f"https://{HERE}:{port}/"
        assert _of(web, url).kind in (Kind.TLS, Kind.TIMEOUT, Kind.FAILING)


# --- addresses that are refused ------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.10", "0.0.0.1","10.0.0.1", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
        "::ffff:0:127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "100::1", "2001::1",
        "2001:db8::1", "2002:7f00:1::", "2002:808:808::", "3fff::1", "5f00::1", "fc00::1",
        "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "nonsense",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_public_internet_is_refused(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.215.14", "192.0.1.1", "2606:4700::1111", "64:ff9b::8.8.8.8",
     "::ffff:8.8.8.8"],
)  # fmt: skip
def test_an_address_of_the_public_internet_may_be_asked(address: str) -> None:
    assert public(address)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("0X7F000001", "127.0.0.1"),
        ("[::1]", "::1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("localhost", "127.0.0.1"),
        ("Printer.localhost.", "127.0.0.1"),
        ("example.org", ""),
        ("cafe.bad.face", ""),
        ("fade", ""),
    ],
)
def test_an_address_is_known_however_it_is_spelled(host: str, address: str) -> None:
    assert literal(host) == address


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://127.1/", "http://0x7f.1/", "http://2130706433/",
        "http://017700000001/", "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/", "http://169.254.169.254/latest", "http://10.0.0.1/",
        "http://localhost/", "http://localhost./", "http://user@127.0.0.1/",
        "http://example.org@127.0.0.1/",
    ],
)  # fmt: skip
def test_no_private_address_is_asked(url: str) -> None:
    answer = ask([url], limits=QUICK)[url]
    assert answer.kind is Kind.PRIVATE
    assert "private network" in answer.words


def test_no_name_that_stands_for_a_private_address_is_asked() -> None:
    async def resolve(host: str, port: int) -> list[Target]:
        return [Target("10.1.2.3", port), Target("::1", port)]

    words = "'example.org' leads to an address inside a private network (10.1.2.3)"
    assert ask([URL], resolve=resolve) == {URL: Answer(Kind.PRIVATE, words)}


def test_a_redirect_to_a_private_address_is_not_followed() -> None:
    with Web({URL: "301 http://192.168.0.1/admin"}) as web:
        words = "it redirects to another website, and '192.168.0.1' is an address inside a private"
        assert _of(web).words == f"{words} network"
        assert _of(web).kind is Kind.PRIVATE


def test_a_name_is_connected_to_at_the_address_that_was_judged() -> None:
    calls = []

    async def rebinds(host: str, port: int) -> list[Target]:
        calls.append(host)
        return [Target("127.0.0.1" if len(calls) > 1 else "8.8.8.8", port)]

    async def both() -> tuple[list[Target], list[Target]]:
        guard = Guard(rebinds)
        return await guard.targets("a.example", 80, 1), await guard.targets("a.example", 80, 1)

    assert asyncio.run(both()) == ([Target("8.8.8.8", 80)], [Target("8.8.8.8", 80)])
    assert calls == ["a.example"]


def test_of_several_addresses_only_the_public_ones_are_connected_to() -> None:
    async def resolve(host: str, port: int) -> list[Target]:
        return [Target("10.0.0.1", port), Target("8.8.8.8", port), Target("::1", port)]

    guard = Guard(resolve)
    assert asyncio.run(guard.targets("a.example", 443, 1)) == [Target("8.8.8.8", 443)]


@pytest.mark.parametrize("port", [22, 25, 3306, 6379])
def test_only_ports_of_web_pages_are_asked(port: int) -> None:
    url = f"http://8.8.8.8:{port}/"
    words = f"port {port} of '8.8.8.8' is not one of web pages"
    assert ask([url]) == {url: Answer(Kind.ODD, words)}


def test_a_second_address_is_tried_when_the_first_does_not_answer() -> None:
    with Web() as web, socket.socket() as bound:
        bound.bind((HERE, 0))
        silent = Target(HERE, bound.getsockname()[1])

        async def resolve(host: str, port: int) -> list[Target]:
            return [silent, *await web.resolve(host, port)]

        found = ask([URL], allowed=frozenset({HERE}), resolve=resolve, trust=trust())
    assert found == {URL: Answer(Kind.OK, status=200)}


# --- a proxy -------------------------------------------------------------------------------------


def test_a_proxy_of_the_system_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "http://example.org/reports"
    with Web() as web:
        monkeypatch.setenv("http_proxy", f"http://{HERE}:{web._ports[80]}")

        async def resolve(host: str, port: int) -> list[Target]:
            raise socket.gaierror(socket.EAI_NONAME, "only the proxy knows")

        assert ask([url], resolve=resolve) == {url: Answer(Kind.OK, status=200)}
        assert web.asked == [("HEAD", url), ("GET", url)]


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://0x7f.1/", "http://office.example/"])
def test_a_proxy_is_not_asked_for_what_is_private(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def resolve(host: str, port: int) -> list[Target]:
        return [Target("8.8.8.8", port), Target("10.9.9.9", port)]

    with Web() as web:
        monkeypatch.setenv("ALL_PROXY", f"{HERE}:{web._ports[80]}")
        assert ask([url], resolve=resolve)[url].kind is Kind.PRIVATE
        assert web.asked == []


def test_a_proxy_is_not_asked_for_odd_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(host: str, port: int) -> list[Target]:
        raise socket.gaierror(socket.EAI_NONAME, "only the proxy knows")

    with Web() as web:
        monkeypatch.setenv("http_proxy", f"http://{HERE}:{web._ports[80]}")
        assert ask(["http://a.example:25/"], resolve=resolve)["http://a.example:25/"].final == ""
        assert web.asked == []


# --- how much at once, and how long --------------------------------------------------------------


async def _slow(request: Request) -> None:
    await asyncio.sleep(0.3)
    await request.reply(200, content_type="application/pdf")


def test_at_most_sixteen_are_asked_at_once_and_two_of_a_host() -> None:
    urls = [f"http://h{n % 10}.example.org/{n}" for n in range(60)]
    with Web(dict.fromkeys(urls, _slow)) as web:
        found = web.ask(*urls)
        assert {answer.kind for answer in found.values()} == {Kind.OK}
        assert list(found) == urls
        assert (web.most, web.most_a_host) == (16, 2)


def test_a_host_that_redirects_point_to_is_not_asked_more_than_twice_at_once() -> None:
    pages: dict[str, str] = {f"http://h{n}.example.org/": f"302 {URL}{n}" for n in range(6)}
    with Web({**pages, **{f"{URL}{n}": _slow for n in range(6)}}) as web:
        web.ask(*pages)
        assert web.most_a_host == 2


def test_hanging_hosts_end_in_time_and_each_has_its_share() -> None:
    async def hangs(request: Request) -> None:
        await asyncio.sleep(60)

    urls = [f"http://h{n}.example.org/" for n in range(60)]
    told: list[None] = []
    with Web(dict.fromkeys(urls, hangs)) as web:
        began = time.monotonic()
        found = web.ask(*urls, limits=QUICK, told=lambda: told.append(None))
        took = time.monotonic() - began
    assert took < QUICK.whole + 0.7
    assert len(told) == 60
    kinds = [answer.kind for answer in found.values()]
    assert set(kinds) <= {Kind.TIMEOUT, Kind.LATE}
    assert kinds.count(Kind.TIMEOUT) >= 48


def test_what_is_not_asked_in_time_is_not_called_dead() -> None:
    async def hangs(request: Request) -> None:
        await asyncio.sleep(60)

    urls = [f"{URL}{n}" for n in range(40)]
    with Web(dict.fromkeys(urls, hangs)) as web:
        found = web.ask(*urls, limits=QUICK)
    assert found[urls[-1]] == Answer(Kind.LATE, "time ran out before it could be asked")


def test_a_page_that_drips_ends_in_time() -> None:
    async def drips(request: Request) -> None:
        request.writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not request.writer.is_closing():
            request.writer.write(b" ")
            await request.writer.drain()
            await asyncio.sleep(0.05)

    with Web({URL: drips}) as web:
        began = time.monotonic()
        assert _of(web) == Answer(Kind.TIMEOUT, "'example.org' takes too long to answer")
        assert time.monotonic() - began < 2


def test_a_host_that_cannot_be_connected_to_is_not_tried_for_each_of_its_links() -> None:
    tried = []

    async def resolve(host: str, port: int) -> list[Target]:
        tried.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    found = ask([f"{URL}{n}" for n in range(20)], resolve=resolve)
    assert {answer.kind for answer in found.values()} == {Kind.DNS}
    assert tried == ["example.org"]


# --- come back later -----------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
def test_a_short_wait_that_a_server_asks_for_is_waited(status: int) -> None:
    times: list[float] = []

    async def page(request: Request) -> None:
        times.append(time.monotonic())
        later = {"retry_after": "1"} if len(times) == 1 else {}
        await request.reply(status if later else 200, **later)

    with Web({URL: page}) as web:
        found = web.ask(URL, limits=QUICK._replace(wait=2))
        assert found == {URL: Answer(Kind.OK, status=200)}
        assert times[1] - times[0] >= 1


@pytest.mark.parametrize("later", ["60", "Wed, 21 Oct 2099 07:28:00 GMT", "soon"])
def test_a_long_wait_is_not(later: str) -> None:
    async def page(request: Request) -> None:
        await request.reply(429, retry_after=later)

    with Web({URL: page}) as web:
        began = time.monotonic()
        words = "'example.org' has been asked too often (429)"
        assert _of(web) == Answer(Kind.BUSY, words, 429)
        assert time.monotonic() - began < 1


def test_the_time_to_come_back_may_be_a_date() -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def wait(value: str) -> float | None:
        return Reply("GET", URL, 429, {"retry-after": value}).retry_after(now)

    assert wait(format_datetime(now + timedelta(seconds=4), usegmt=True)) == 4
    assert wait("Sun, 01 Mar 2026 12:00:04 -0000") == 4
    assert wait(format_datetime(now - timedelta(days=1), usegmt=True)) == 0
    assert wait("5") == 5
    assert wait("") is None


# --- HTTP/2 --------------------------------------------------------------------------------------


class _Http2(Web):
    """Speaks nothing but HTTP/2."""

    async def _serve(
        self, scheme: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        while data := await reader.read(65536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    headers = {bytes(k).decode(): bytes(v).decode() for k, v in event.headers or ()}
                    self.asked.append((headers[":method"], headers[":authority"]))
                    fields = [(":status", "200"), ("content-type", "text/html")]
                    connection.send_headers(event.stream_id or 1, fields, end_stream=True)
            writer.write(connection.data_to_send())
        writer.close()


def test_http_2_is_spoken() -> None:
    with _Http2(alpn=("h2",)) as web:
        assert _of(web) == Answer(Kind.OK, status=200)
        assert web.asked == [("HEAD", "example.org"), ("GET", "example.org")]
