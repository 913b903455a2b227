"""Emails as mail programs save them."""

import re
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from newsletter import importers
from newsletter.importers import Given, mail
from newsletter.intake.blocks import Picture
from newsletter.intake.draft import Draft, DraftEntry, DraftSection, Left, Log
from newsletter.problems import NewsletterError
from newsletter.values import Language
from tests.importing import lost, taken, unlinked

ENGLISH = Language("en-GB")

HTML = """<html><body><table><tr><td>
<h2>Neglect</h2><p>The charity’s <a href="https://example.org/neglect">study</a> counts cases.</p>
<p>Zoë’s <a href="https://example.org/b">paper</a> agrees.</p>
<h2>Schools</h2><p>New <a href="https://example.org/s">advice</a> costs £5.</p>
</td></tr></table></body></html>"""

SECTIONS = (
    DraftSection(
        "Neglect",
        entries=(
            DraftEntry(text="The charity’s [study](https://example.org/neglect) counts cases."),
            DraftEntry(text="Zoë’s [paper](https://example.org/b) agrees."),
        ),
    ),
    DraftSection(
        "Schools", entries=(DraftEntry(text="New [advice](https://example.org/s) costs £5."),)
    ),
)

TEXT = """Neglect
=======

The charity’s [study](https://example.org/neglect) counts cases.

Zoë’s [paper](https://example.org/b) agrees.

Schools
=======

New [advice](https://example.org/s) costs £5.
"""


def email(subject: str = "Safe Schools round-up") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Safe Schools <news@example.org>"
    message["To"] = "reader@example.org"
    message["Subject"] = subject
    message["Date"] = "Tue, 05 Mar 2024 23:30:00 -0500"
    message["Message-ID"] = "<1@example.org>"
    return message


def drafted(message: EmailMessage | bytes, log: Log | None = None) -> Draft:
    raw = message if isinstance(message, bytes) else message.as_bytes(policy=SMTP)
    return mail.read(Given("news.eml", raw, ENGLISH), log or Log())


def refused(message: EmailMessage | bytes) -> str:
    with pytest.raises(NewsletterError) as caught:
        drafted(message)
    (problem,) = caught.value.problems
    assert (problem.path, problem.code) == ("news.eml", "format")
    return problem.message


# --- its parts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_the_html_of_an_email_is_read_however_it_is_packed(charset: str, packed: str) -> None:
    message = email()
    message.set_content("Only in HTML.")
    message.add_alternative(HTML, subtype="html", charset=charset, cte=packed)
    log = Log()
    draft = drafted(message, log)
    assert (draft.title, draft.date) == ("Safe Schools round-up", "2024-03-05")
    assert (draft.sections, log) == (SECTIONS, log)
    assert (log.left, log.noticed) == ([], [])


def test_an_email_without_html_is_its_text() -> None:
    message = email()
    message.set_content(TEXT)
    assert drafted(message).sections == SECTIONS


def test_html_without_words_gives_way_to_the_text() -> None:
    message = email()
    message.set_content(TEXT)
    message.add_alternative(" \n", subtype="html")
    assert drafted(message).sections == SECTIONS


def test_lines_that_were_broken_for_the_journey_are_joined() -> None:
    message = email()
    words = TEXT.replace("charity’s ", "charity’s \n").replace("counts ", "counts \n")
    message.set_content(f"{words}\n-- \nSafe Schools, 1 Example Street")
    message.set_param("format", "flowed")
    log = Log()
    assert drafted(message, log).sections == SECTIONS
    assert log.left == [Left("Safe Schools, 1 Example Street", "a signature")]


@pytest.mark.parametrize(
    ("content", "header", "noticed"),
    [
        (HTML.encode(), "iso-8859-1", ["it says that it is iso-8859-1, but it is UTF-8"]),
        (HTML.encode("cp1252"), "iso-8859-1", []),
        (HTML.encode("cp1252"), "us-ascii", []),
        (HTML.encode(), "x-unknown", ["it says that it is x-unknown, but it is UTF-8"]),
        (HTML.replace("<body>", "<meta charset=utf-8>").encode(), "", []),
    ],
)
def test_a_charset_that_lies_is_seen_through(
    content: bytes, header: str, noticed: list[str]
) -> None:
    kind = f"text/html; charset={header}" if header else "text/html"
    head = f"From: a@example.org\nSubject: News\nDate: 5 Mar 2024\nContent-Type: {kind}\n\n"
    log = Log()
    assert drafted(head.encode() + content, log).sections == SECTIONS
    assert log.noticed == noticed


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?Q?Plant_ar_goll_=E2=80=93_2024?=", "Plant ar goll – 2024"),
        ("=?windows-1252?B?kldlbHNolCBuZXdz?=", "’Welsh” news"),
        ("=?no-such?Q?caf=C3=A9?=", "café"),
        ("=?utf-8?B?%%%?=", ""),
        ("Plant ar goll – 2024", "Plant ar goll – 2024"),
        ("Fwd: FW: Round-up", "Round-up"),
    ],
)
def test_the_subject_is_the_title(subject: str, title: str) -> None:
    raw = f"From: a@example.org\nSubject: {subject}\nMIME-Version: 1.0\n\n{TEXT}".encode()
    assert drafted(raw).title == title


def test_pictures_inside_the_email_have_their_bytes_and_attachments_are_told() -> None:
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    message = email()
    message.set_content(
        '<h2>Schools</h2><p>New advice.</p><img src="cid:logo@x" alt="A classroom">'
        '<img src="cid:gone" alt="Lost">',
        subtype="html",
    )
    message.add_related(file.getvalue(), "image", "png", cid="<logo@x>", filename="class room.png")
    message.add_attachment(b"%PDF-1.7", "application", "pdf", filename="report.pdf")
    log = Log()
    pictures = [entry.image for entry in drafted(message, log).entries if entry.image]
    assert pictures == [Picture("class-room.png", "A classroom", content=file.getvalue())]
    assert set(log.left) >= {
        Left("report.pdf", "an attachment"),
        Left("Lost", "of a picture that is not in the email"),
    }


# --- forwarded -----------------------------------------------------------------------------------


def test_an_email_forwarded_as_a_file_is_the_inner_one() -> None:
    inner = email()
    inner.set_content(HTML, subtype="html")
    outer = EmailMessage()
    outer["From"] = "colleague@example.org"
    outer["Subject"] = "Worth a look"
    outer["Date"] = "Mon, 01 Apr 2024 10:00:00 +0000"
    outer.set_content("Could we use this?")
    outer.add_attachment(inner)
    log = Log()
    draft = drafted(outer, log)
    assert (draft.title, draft.date) == ("Safe Schools round-up", "2024-03-05")
    assert draft.sections == SECTIONS
    assert log.left == [
        Left("Could we use this?", "it stands around a forwarded email"),
        Left("Worth a look", "the subject of the email that forwards it"),
    ]


GMAIL = f"""<div dir="ltr">Could we use this?<br><div class="gmail_quote"><div class="gmail_attr">
---------- Forwarded message ---------<br>From: <b>Safe Schools</b> &lt;news@example.org&gt;<br>
Date: Tue, 5 Mar 2024 at 09:30<br>Subject: Safe Schools round-up<br>To: &lt;me@example.org&gt;<br>
</div><br>{HTML}</div></div>"""

OUTLOOK = f"""<p>Could we use this?</p><hr><div id="divRplyFwdMsg"><b>From:</b> Safe Schools<br>
<b>Sent:</b> 05 March 2024 09:30<br><b>To:</b> me@example.org<br>
<b>Subject:</b> Safe Schools round-up</div><div>{HTML}</div>"""

PLAIN = f"""Could we use this?

-------- Forwarded Message --------
Subject: Safe Schools round-up
Date: Tue, 5 Mar 2024 09:30:00 +0000
From: Safe Schools <news@example.org>
To: me@example.org

{TEXT}"""


@pytest.mark.parametrize(
    ("content", "kind"), [(GMAIL, "html"), (OUTLOOK, "html"), (PLAIN, "plain")]
)
def test_what_mail_programs_put_around_a_forwarded_email_is_left_out(
    content: str, kind: str
) -> None:
    message = email("Fwd: Safe Schools round-up")
    del message["Date"]
    message["Date"] = "Mon, 01 Apr 2024 10:00:00 +0000"
    message.set_content(content, subtype=kind)
    log = Log()
    draft = drafted(message, log)
    assert (draft.title, draft.date) == ("Safe Schools round-up", "2024-03-05")
    assert draft.sections == SECTIONS
    reasons = {one.why for one in log.left}
    assert reasons == {
        "it stands above a forwarded email",
        "the head of a forwarded email",
        "the subject of the email that forwards it",
    }


def test_a_text_that_is_quoted_as_a_whole_is_read_without_the_signs() -> None:
    quoted = "".join(f"> {line}".rstrip() + "\n" for line in TEXT.splitlines())
    message = email()
    message.set_content(f"On Tue, 5 Mar 2024, Safe Schools wrote:\n\n{quoted}")
    assert drafted(message).sections == SECTIONS


# --- a page in one file --------------------------------------------------------------------------


def test_a_page_that_a_browser_saved_in_one_file_is_read_with_its_pictures() -> None:
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG")
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Subject"] = "Safe Schools"
    message["Date"] = "Tue, 05 Mar 2024 09:30:00 -0000"
    message.set_content(
        '<h2>Schools</h2><p>New <a href="a">advice</a>.</p><img src="b.jpg" alt="b">',
        subtype="html",
    )
    message["Content-Location"] = "https://example.org/news/"
    message.make_related()
    picture = EmailMessage()
    picture.set_content(file.getvalue(), "image", "jpeg")
    picture["Content-Location"] = "https://example.org/news/b.jpg"
    message.attach(picture)
    (entry, *_) = entries = drafted(message).entries
    assert entry.text == "New [advice](https://example.org/news/a)."
    assert [one.image for one in entries if one.image] == [
        Picture("1.jpg", "b", content=file.getvalue())
    ]


# --- nothing is lost -----------------------------------------------------------------------------

PARTS = [
    "<p>{}</p>", "<h2>{}</h2>", "<li>{}</li>", "<td>{}</td>", "{}<br>", "<b>{}</b>", "<hr>",
    "<p>From: {}<br>Sent: {}<br>Subject: {}</p>", "<a href='/x'>{}</a>",
    "<blockquote type=cite>{}</blockquote>", "<p>--- Forwarded message ---</p>{}",
    "<img src=https://example.org/a.jpg alt={}>", "<img src=cid:a alt={}>",
    "<figure><img src=https://example.org/a.jpg alt={}><figcaption>{}</figcaption></figure>",
]  # fmt: skip
WORDS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=12)


def numbered(parts: list[str], mark: str) -> str:
    """The parts with a word of its own in each place for one; it is in its link's address, too."""
    pieces = "".join(parts).split("{}")
    words = [f"{mark}{number}z" for number in range(len(pieces))]
    pieces = [
        piece.replace("/x'", f"https://example.org/{word}'")
        for piece, word in zip(pieces, words, strict=True)
    ]
    return "".join(f"{piece}{word} " for piece, word in zip(pieces, words, strict=True))


@settings(deadline=None, max_examples=60)
@given(WORDS, WORDS, st.booleans())
def test_each_word_and_address_of_an_email_is_in_its_issue_or_told(
    one: list[str], other: list[str], inside: bool
) -> None:
    first, second = numbered(one, "a"), numbered(other, "b")
    message = email("a0s")
    message.set_content(first, subtype="html")
    message.make_mixed()
    part = email("b0s") if inside else EmailMessage()
    part.set_content(second, subtype="html")
    message.add_attachment(part) if inside else message.attach(part)
    page = taken("news.eml", message.as_bytes(policy=SMTP), "mail")
    words = re.sub("https://example.org/[ab]", "", f"{first} {second}")
    wanted = " ".join(["a0s", *(["b0s"] if inside else []), *re.findall(r"[ab]\d+z", words)])
    assert not lost(wanted, page.draft, page.log)
    assert unlinked(re.findall(r"org/([ab]\d+z)", first + second), page) == []


# --- bad input -----------------------------------------------------------------------------------


def test_emails_without_anything_to_read_say_so() -> None:
    sealed = email()
    sealed.set_content("x")
    sealed.replace_header("Content-Type", 'multipart/encrypted; boundary="b"')
    empty = email()
    empty.set_content(" ")
    assert [
        refused(one) for one in (sealed, empty, b"\n", b"Subject: x\nFrom: y\nDate: z\n\n")
    ] == [
        "this email is encrypted",
        "there are no words in this email",
        "there are no words in this email",
        "there are no words in this email",
    ]


def test_parts_inside_parts_without_end_are_refused() -> None:
    raw = b"Subject: x\nFrom: y\nMIME-Version: 1.0\n"
    for number in range(3000):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    assert refused(raw + b"\nwords") == (
        "this email is broken, so that its parts cannot be told apart"
    )


@pytest.mark.parametrize("content", ["words\n" * 40_000, "a\n\n" * 6_000, "x" * 3_000_000])
def test_an_email_longer_than_any_newsletter_is_refused(content: str) -> None:
    with pytest.raises(NewsletterError, match="longer than any newsletter"):
        drafted(b"From: a@example.org\nSubject: b\n\n" + content.encode())


def test_a_text_whose_lines_all_go_on_is_one_line_in_no_time() -> None:
    head = b"From: a@example.org\nSubject: b\nContent-Type: text/plain; format=flowed\n\n"
    draft = drafted(head + b"one two three four \n" * 2_000 + b"five.")
    text = " ".join(one.text for one in draft.entries)
    assert text.split() == ("one two three four " * 2_000 + "five.").split()


def test_a_head_without_end_is_refused() -> None:
    raw = b"From: a\nDate: b\nSubject: " + b"=?utf-8?Q?a?= " * 50_000 + b"\n\nwords"
    assert refused(raw).startswith("this email is broken")


def test_a_page_with_too_many_parts_is_refused() -> None:
    raw = b"Subject: x\nContent-Type: multipart/mixed; boundary=x\n\n"
    assert refused(raw + b"--x\n\nwords\n" * 300).startswith("this email is broken")


def test_an_email_that_was_cut_is_read_as_far_as_it_goes() -> None:
    message = email()
    message.set_content("Only in HTML.")
    message.add_alternative(HTML * 3, subtype="html", cte="base64")
    raw = message.as_bytes()
    draft = drafted(raw[: int(len(raw) * 0.8)])
    assert draft.sections[:1] == SECTIONS[:1]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2000), st.binary(max_size=8), st.integers(0, 40))
def test_an_email_that_was_spoilt_is_read_or_refused(at: int, noise: bytes, gone: int) -> None:
    message = email()
    message.set_content("Only in HTML.")
    message.add_alternative(HTML, subtype="html")
    raw = message.as_bytes()
    try:
        drafted(raw[:at] + noise + raw[at + gone :])
    except NewsletterError as error:
        assert [problem.path for problem in error.problems] == ["news.eml"]


# --- which files ---------------------------------------------------------------------------------


def test_an_email_is_known_by_its_head() -> None:
    raw = email().as_bytes()
    assert importers.recognised(Given("-", raw, ENGLISH)) == "mail"
    sure = {
        text: mail.detect(Given("-", text.encode(), ENGLISH))
        for text in ("", "Date: 2024\nSource: x\n\n", "<html>", "From: a\nSubject: b\n\nwords")
    }
    assert list(sure.values()) == [0, 0, 0, 0]
