"""Addresses that a mailbox or a network has wrapped."""

import pytest

from newsletter.wrappers import unwrapped, wrapper

PAGE = "https://example.org/a/b?x=1&y=2"
ENCODED = "https%3A%2F%2Fexample.org%2Fa%2Fb%3Fx%3D1%26y%3D2"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (
            f"https://eur01.safelinks.protection.outlook.com/?url={ENCODED}"
            "&data=05%7C02%7Ced%40example.org%7C0&sdata=abc%3D&reserved=0",
            "Outlook",
        ),
        (
            f"https://eur01.safelinks.protection.outlook.com/?url={ENCODED}&amp;data=05&amp;reserved=0",
            "Outlook",
        ),
        (f"https://urldefense.proofpoint.com/v1/url?u={ENCODED}&k=abc", "Proofpoint"),
        (
            "https://urldefense.proofpoint.com/v2/url?"
            "u=https-3A__example.org_a_b-3Fx-3D1-26y-3D2&d=DwMF&c=abc",
            "Proofpoint",
        ),
        ("https://urldefense.com/v3/__https://example.org/a/b?x=1&y=2__;!!abc!def$", "Proofpoint"),
        (
            "https://urldefense.com/v3/__https://example.org/a/b*x=1*y=2__;PyY!!abc!def$",
            "Proofpoint",
        ),
        (f"https://linkprotect.cudasvc.com/url?a={ENCODED}&c=E,1,abc&typo=1", "Barracuda"),
        (f"https://secure-web.cisco.com/1abc-def/{ENCODED}", "Cisco"),
        (f"https://protect.checkpoint.com/v2/___{PAGE}___.abc", "Check Point"),
        (
            "https://eu-west-1.protection.sophos.com/?d=example.org"
            "&u=aHR0cHM6Ly9leGFtcGxlLm9yZy9hL2I_eD0xJnk9Mg==&i=abc",
            "Sophos",
        ),
        (f"https://www.google.com/url?sa=t&source=web&url={ENCODED}&usg=abc", "Google"),
        (f"https://www.google.co.uk/url?q={ENCODED}&sa=D", "Google"),
        (
            "https://www.bing.com/ck/a?!&&p=abc&u=a1aHR0cHM6Ly9leGFtcGxlLm9yZy9hL2I_eD0xJnk9Mg&ntb=1",
            "Bing",
        ),
        (f"https://l.facebook.com/l.php?u={ENCODED}&h=abc", "Facebook"),
        (f"https://slack-redir.net/link?url={ENCODED}", "Slack"),
        (f"https://t.umblr.com/redirect?z={ENCODED}&t=abc", "Tumblr"),
        (
            "https://links-1.govdelivery.com/CL0/"
            "https:%2F%2Fexample.org%2Fa%2Fb%3Fx=1%26y=2/1/0100018abc/xyz=350",
            "a newsletter",
        ),
        (
            "https://eur01.safelinks.protection.outlook.com/?url="
            "https%3A%2F%2Furldefense.com%2Fv3%2F__https%3A%2F%2Fexample.org%2Fa%2Fb%3Fx%3D1%26y%3D2"
            "__%3B!!abc!def%24&data=05",
            "Outlook",
        ),
    ],
)
def test_what_is_inside_is_told(url: str, name: str) -> None:
    found = wrapper(url)
    assert found
    assert (found.name, unwrapped(url)) == (name, PAGE)


def test_what_is_inside_can_stand_in_a_text() -> None:
    url = "https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa%20(b)%22%25C3%25A9"
    assert unwrapped(url) == "https://example.org/a%20%28b%29%22%C3%A9"


@pytest.mark.parametrize(
    "url",
    [
        "https://protect-eu.mimecast.com/s/AbCdEf?domain=example.org",
        "https://eur01.safelinks.protection.outlook.com/?data=05",
        "https://eur01.safelinks.protection.outlook.com/?url=mailto%3Ahelp%40example.org",
        "https://www.google.com/url?q=neglect",
        "https://www.bing.com/ck/a?u=a1%25",
        "https://urldefense.com/v3/abc",
    ],
)
def test_what_cannot_be_told_is_nothing(url: str) -> None:
    assert wrapper(url)
    assert unwrapped(url) == ""


@pytest.mark.parametrize(
    "url",
    [
        PAGE,
        f"https://example.org/?url={ENCODED}",
        "https://www.google.com/search?q=urldefense",
        "https://www.mimecast.com/blog/",
        "https://www.facebook.com/nspcc",
        "https://docs.google.com/forms/d/e/1/viewform",
        "mailto:help@example.org",
    ],
)
def test_an_address_of_its_own_is_no_wrapping(url: str) -> None:
    assert wrapper(url) is None
    assert unwrapped(url) == url
