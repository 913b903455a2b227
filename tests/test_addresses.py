"""Which addresses are one page, whose they are, and what of them only counts readers."""

import pytest

from newsletter.addresses import (
    canonical,
    counters,
    domain,
    host,
    is_home,
    site,
    without_tracking,
)

SAME = [
    "https://example.org/reports/neglect",
    "http://example.org/reports/neglect",
    "HTTPS://WWW.Example.org/reports/neglect/",
    "https://example.org:443/reports/neglect",
    "https://example.org./reports/neglect",
    "https://example.org/reports//neglect",
    "https://example.org/reports/neglect#findings",
    "https://example.org/reports/neglect?utm_source=feed&utm_medium=rss",
    "https://example.org/reports/neglect/?fbclid=abc#comments",
    "https://example.org/reports/neglect/?replytocom=12#respond",
    "https://example.org/reports/neglect/index.html",
    "https://example.org/reports/%6Eeglect",
    "https://m.example.org/reports/neglect",
    "https://amp.example.org/reports/neglect",
    "https://example.org/reports/neglect/amp/",
    "https://example.org/reports/neglect.amp",
    "https://example.org/reports/neglect?amp=1",
    "https://www.google.com/amp/s/www.example.org/reports/neglect/amp",
    "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/reports/neglect",
]


@pytest.mark.parametrize("url", SAME)
def test_what_leads_to_one_page_is_one_address(url: str) -> None:
    assert canonical(url) == "example.org/reports/neglect"


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("https://www.bbc.com/news/uk-1", "https://www.bbc.co.uk/news/uk-1?at_medium=RSS"),
        ("https://youtu.be/abcDEF12345?si=x", "https://www.youtube.com/watch?v=abcDEF12345"),
        ("https://www.youtube.com/embed/abcDEF12345", "https://m.youtube.com/watch?v=abcDEF12345"),
        ("https://en.m.wikipedia.org/wiki/Neglect", "https://en.wikipedia.org/wiki/Neglect"),
        ("https://mobile.twitter.com/a/status/1?s=20", "https://x.com/a/status/1"),
        ("https://example.org/?b=2&a=1", "https://example.org/?a=1&b=2"),
        ("https://example.org/caf%c3%a9", "https://example.org/caf%C3%A9"),
        ("mailto:Help@example.org?subject=Hi", "mailto:help@example.org"),
        ("https://example.org", "http://www.example.org/"),
    ],
)
def test_two_addresses_of_one_page_are_one(url: str, other: str) -> None:
    assert canonical(url) == canonical(other)


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("https://example.org/", "https://news.example.org/"),
        ("https://example.org:8080/", "https://example.org/"),
        ("https://m.uk/a", "https://uk/a"),
        ("https://example.org/#/cases/1", "https://example.org/#/cases/2"),
        ("https://example.org/champ/1", "https://example.org/ch/1"),
        ("tel:08001111", "tel:08088005000"),
    ],
)
def test_two_pages_are_two_addresses(url: str, other: str) -> None:
    assert canonical(url) != canonical(other)


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://example.org/a?utm_source=x", "https://example.org/a"),
        ("https://example.org/a/?utm_source=x#top", "https://example.org/a/#top"),
        ("https://example.org/?b=2&utm_source=x&a=%7e+1&&c", "https://example.org/?b=2&a=%7e+1&&c"),
        ("https://example.org/?UTM_Source=x&a", "https://example.org/?a"),
        ("https://example.org/?a=1&amp;mc_eid=9&amp;b=2", "https://example.org/?a=1&amp;b=2"),
        ("https://example.org/?utm\\_source=x&a=1", "https://example.org/?a=1"),
        ("https://example.org/a#utm_source=x&utm_medium=y", "https://example.org/a"),
        (
            "https://www.bbc.co.uk/news/1?at_medium=RSS&at_campaign=rss",
            "https://www.bbc.co.uk/news/1",
        ),
        ("https://www.theguardian.com/a?CMP=Share_iOSApp_Other", "https://www.theguardian.com/a"),
        ("https://youtu.be/abc?si=1&t=90", "https://youtu.be/abc?t=90"),
    ],
)
def test_what_counts_readers_is_taken_out_and_nothing_else(url: str, clean: str) -> None:
    assert without_tracking(url) == clean


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?ref=1&source=b&cid=2&id=3&s=4&t=5&share=6",
        "https://example.org/?CMP=1&si=2",
        "https://example.org/?q=utm_source",
        "https://example.org/utm_source=x",
        "https://example.org/?attribute=1&nsfw=0&a=%26utm_source%3Dx",
        "https://example.org/a#utm_source",
        "https://example.org/#/a?utm_source=x&id=1",
        "mailto:help@example.org?subject=utm_source=x",
        "[[view_online]]",
    ],
)
def test_what_may_choose_the_page_stays(url: str) -> None:
    assert without_tracking(url) == url


def test_what_counts_readers_can_be_named() -> None:
    url = "https://example.org/?id=1&UTM_source=a&mc\\_eid=2&utm_medium=b#utm_medium=c"
    assert counters(url) == ("UTM_source", "mc_eid", "utm_medium")
    assert counters("https://example.org/?id=1") == ()


def test_a_host_is_told_without_what_stands_around_it() -> None:
    assert host("https://user:word@WWW.Example.org.:8080/a?b@c") == "www.example.org"
    assert host("http://[::1]:80/") == "[::1]"
    assert host("mailto:help@example.org") == host("[[unsubscribe]]") == ""
    assert site("https://www.example.org/a") == "example.org"


def test_a_domain_is_what_an_owner_has_alone() -> None:
    assert domain("https://learning.nspcc.org.uk/a") == "nspcc.org.uk"
    assert domain("https://www.gov.uk/a") == "gov.uk"
    assert domain("https://committees.parliament.uk/a") == "parliament.uk"
    assert domain("https://news.example.com/a") == "example.com"
    assert domain("mailto:a@example.org") == ""


def test_a_home_page_is_the_front_of_a_site() -> None:
    assert is_home("https://www.example.org/?utm_source=x")
    assert is_home("https://example.org/cy/")
    assert not is_home("https://example.org/news")
