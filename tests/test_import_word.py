"""What becomes of Word documents."""

import re
from collections import Counter
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from newsletter.importers import Given, word
from newsletter.intake import typed
from newsletter.intake.blocks import Picture
from newsletter.intake.draft import Draft, DraftEntry, DraftSection, Left, Log
from newsletter.problems import NewsletterError
from newsletter.values import Language
from tests.word_files import (
    W,
    document,
    item,
    link,
    paragraph,
    part,
    picture,
    png,
    relations,
    run,
    table,
    zipped,
)

REAL = Path(__file__).parent / "imports" / "libreoffice.docx"


def given(raw: bytes, name: str = "News in spring.docx") -> Given:
    return Given(name, raw, Language("en-GB"))


def read(raw: bytes) -> tuple[Draft, Log]:
    log = Log()
    return word.read(given(raw), log), log


def told(raw: bytes, name: str = "News.docx") -> tuple[str, str]:
    """What an editor is told of a file that cannot be read."""
    with pytest.raises(NewsletterError) as error:
        word.read(given(raw, name), Log())
    (problem,) = error.value.problems
    return problem.code, problem.message


def texts(draft: Draft) -> list[str]:
    """What stands in a draft, in order."""
    found = [draft.title, draft.intro]
    for section in draft.sections:
        found += [section.title, *(entry.text for entry in section.entries)]
    return [text for text in found if text]


def test_a_document_of_libreoffice_is_a_draft() -> None:
    draft, log = read(REAL.read_bytes())
    assert draft._replace(files={}) == Draft(
        title="Safeguarding news",
        date="2025-03",
        layout="roundup",
        sections=(
            DraftSection(
                "Neglect",
                entries=(
                    DraftEntry(
                        text="The board has published [a review of neglect]"
                        "(https://example.org/neglect) in three districts. (The tables are in "
                        "[an annex](https://example.org/annex).)\n\n"
                        "> We were not heard, a parent says."
                    ),
                ),
            ),
            DraftSection(
                "Training",
                entries=(
                    DraftEntry(
                        text="A [course on consent](https://example.org/course) begins in May"
                    ),
                    DraftEntry(
                        text="A [webinar](https://example.org/webinar) for **foster carers**"
                    ),
                    DraftEntry(text="Leeds: 12 May"),
                    DraftEntry(text="York: 19 May"),
                    DraftEntry(image=Picture("images/news-in-spring-1.png", "A dark rectangle")),
                ),
            ),
        ),
    )
    assert list(draft.files) == ["images/news-in-spring-1.png"]
    assert draft.files["images/news-in-spring-1.png"].startswith(b"\x89PNG")
    assert log.left == [
        Left("Safeguarding board", "it stands at the head of each page"),
        Left("Ask before printing", "a comment by Sam"),
        Left("March 2025 → 2025-03", "read as a date"),
    ]


def test_word_s_styles_are_known_by_their_names_in_any_language() -> None:
    draft, _ = read(
        document(
            paragraph("Children in care", style="Titel"),
            paragraph("Care", style="berschrift1"),
            paragraph("A ", link("survey", "a"), " of carers"),
            paragraph("Homes", style="Rubrik"),  # based on heading 1
            paragraph("An ", link("inspection", "a"), " of homes", style="Liste"),
            paragraph("They were kind.", style="Zitat"),
            targets={"a": "https://example.org/a"},
        )
    )
    assert draft == Draft(
        title="Children in care",
        layout="roundup",
        sections=(
            DraftSection(
                "Care", entries=(DraftEntry(text="A [survey](https://example.org/a) of carers"),)
            ),
            DraftSection(
                "Homes",
                entries=(
                    DraftEntry(
                        text="An [inspection](https://example.org/a) of homes\n\n> They were kind."
                    ),
                ),
            ),
        ),
    )


def test_lists_are_items_whether_word_or_somebody_has_set_their_bullets() -> None:
    draft, _ = read(
        document(item("A report:"), item("its summary", level=1), paragraph("•\tA film on consent"))
    )
    assert texts(draft) == ["A report:\n\n- its summary", "A film on consent"]


def field(code: str, words: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate")]
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return f"{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{marks[1]}{run(words)}{end}"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (link("report", "a"), "[report](https://example.org/a)"),
        (link("report", "nobody"), "[report](#)"),
        (link("report", "file"), "[report](#)"),
        (f'<w:hyperlink w:anchor="below">{run("report")}</w:hyperlink>', "report"),
        (
            field('HYPERLINK "https://example.org/f" \\o "shown"', "report"),
            "[report](https://example.org/f)",
        ),
        (
            '<w:fldSimple w:instr=" HYPERLINK &quot;https://example.org/s&quot; ">'
            f"{run('report')}</w:fldSimple>",
            "[report](https://example.org/s)",
        ),
        (field("PAGE", "12"), "12"),
    ],
)
def test_links_of_every_kind_are_links(inner: str, text: str) -> None:
    targets = {"a": "https://example.org/a?utm_source=word", "file": "file:///C:/report.docx"}
    draft, _ = read(document(paragraph("See ", inner, " by Ofsted"), targets=targets))
    assert texts(draft) == [f"See {text} by Ofsted"]


BOX = f"<w:txbxContent>{paragraph('Boxed words')}</w:txbxContent>"
SHAPE = (
    "<w:drawing><wp:anchor><wp:docPr/><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
    f"{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
)
OLD_SHAPE = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"


@pytest.mark.parametrize(
    "inner",
    [
        SHAPE,
        OLD_SHAPE,
        f"<mc:AlternateContent><mc:Choice>{SHAPE}</mc:Choice>"
        f"<mc:Fallback>{OLD_SHAPE}</mc:Fallback></mc:AlternateContent>",
        f"<mc:AlternateContent><mc:Choice>{SHAPE}</mc:Choice></mc:AlternateContent>",
        "<w:drawing><wp:inline><wp:docPr/><a:graphic><a:p><a:r><a:t>Boxed words</a:t></a:r></a:p>"
        "</a:graphic></wp:inline></w:drawing>",
    ],
)
def test_words_of_a_text_box_stand_there_once(inner: str) -> None:
    draft, log = read(document(paragraph("Words outside", f"<w:r>{inner}</w:r>")))
    words = " ".join(texts(draft)).split()
    assert (words, log.left) == (["Words", "outside", "Boxed", "words"], [])


@pytest.mark.parametrize(
    "inner",
    [
        f"<w:smartTag>{run('word')}</w:smartTag>",
        f"<w:bdo>{run('word')}</w:bdo>",
        f"<w:ins>{run('word')}</w:ins>",
        f"<w:moveTo>{run('word')}</w:moveTo>",
        f"<w:sdt><w:sdtContent>{run('word')}</w:sdtContent></w:sdt>",
        "<m:oMath><m:r><m:t>word</m:t></m:r></m:oMath>",
        f"<w:ruby><w:rubyBase>{run('word')}</w:rubyBase></w:ruby>",
        "<w:r><w:t>wo</w:t><w:t>rd</w:t></w:r>",
        run("wo") + run("rd", "<w:b/>"),
        run("word", '<w:vanish w:val="0"/>'),
    ],
)
def test_words_inside_something_unusual_are_words(inner: str) -> None:
    draft, log = read(document(paragraph("A ", inner, " of care")))
    assert (" ".join(texts(draft)).replace("*", ""), log.left) == ("A word of care", [])


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        (
            "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
            "deleted, as the tracked changes of the document say",
        ),
        (
            f"<w:moveFrom>{run('gone')}</w:moveFrom>",
            "deleted, as the tracked changes of the document say",
        ),
        (run("gone", "<w:vanish/>"), "hidden words of the document"),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
            f"<w:sdtContent>{run('gone')}</w:sdtContent></w:sdt>",
            "the words of a form that nobody has filled in",
        ),
    ],
)
def test_words_that_are_not_meant_to_be_read_are_left_out_and_told(inner: str, why: str) -> None:
    draft, log = read(document(paragraph("Words of care", inner)))
    assert (texts(draft), log.left) == (["Words of care"], [Left("gone", why)])


def reference(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def test_a_footnote_stands_in_brackets_after_its_paragraph() -> None:
    notes = "".join(
        f'<w:footnote w:id="{number}">{paragraph(words)}</w:footnote>'
        for number, words in enumerate(("In 2024.", "Nobody’s."), 1)
    )
    draft, log = read(
        document(
            paragraph("Neglect rose", reference(1), " again."),
            paragraph("Figures", reference(1), reference(7), " follow."),
            parts={"word/footnotes.xml": part("footnotes", notes)},
        )
    )
    assert texts(draft) == ["Neglect rose again. (In 2024.)", "Figures follow."]
    assert log.left == [Left("Nobody’s.", "a footnote that nothing refers to")]


def test_what_stands_beside_the_text_is_left_out_and_told() -> None:
    draft, log = read(
        document(
            paragraph("Neglect 2", style="Verzeichnis1"),
            paragraph("Words of care"),
            parts={
                "word/header1.xml": part("hdr", paragraph("Our board")),
                "word/footer2.xml": part("ftr", paragraph("Page", field("PAGE", "1"))),
                "word/comments.xml": part(
                    "comments", f'<w:comment w:author="Jo">{paragraph("Is this so?")}</w:comment>'
                ),
            },
        )
    )
    assert texts(draft) == ["Words of care"]
    assert log.left == [
        Left("Neglect 2", "the table of contents"),
        Left("Our board", "it stands at the head of each page"),
        Left("Page1", "it stands at the foot of each page"),
        Left("Is this so?", "a comment by Jo"),
    ]


def test_pictures_are_files_beside_the_issue() -> None:
    draft, log = read(
        document(
            paragraph("Care", style="berschrift1"),
            paragraph("A story of care"),
            paragraph(picture("one", "A child reads")),
            paragraph("Photo: Ana Lima", style="Beschriftung"),
            paragraph("Homes", style="berschrift1"),
            paragraph("A story of homes"),
            paragraph(picture("two", "A chart of homes")),
            paragraph(picture("three", "Nobody knows")),
            targets={"one": "media/image1.png", "two": "media/image2.emf", "three": "../gone.png"},
            parts={"word/media/image1.png": png("red"), "word/media/image2.emf": b"\1\0\0\0"},
        )
    )
    image = Picture("images/news-in-spring-1.png", "A child reads", "Ana Lima")
    assert [entry.image for entry in draft.entries if entry.image] == [image]
    assert draft.files == {"images/news-in-spring-1.png": png("red")}
    assert log.noticed == [
        "'image2.emf' is in a form that emails cannot show: save it as PNG or JPEG",
        "the picture 'gone.png' is missing in the document",
    ]
    assert log.left[:2] == [
        Left("A chart of homes", "the description of a drawing that is not taken"),
        Left("Nobody knows", "the description of a drawing that is not taken"),
    ]


def test_what_word_guesses_of_a_picture_is_told_apart_from_its_description() -> None:
    alt = "A red square&#10;&#10;Description automatically generated with low confidence"
    draft, log = read(
        document(
            paragraph(picture("one", alt)),
            targets={"one": "media/image1.png"},
            parts={"word/media/image1.png": png("red")},
        )
    )
    assert [entry.image for entry in draft.entries] == [
        Picture("images/news-in-spring-1.png", "A red square")
    ]
    assert [left.why for left in log.left] == ["Word's own remark on a picture's description"]


# --- nothing is lost -----------------------------------------------------------------------------


def words_in(raw: bytes) -> Counter[str]:
    """The words of all parts of a document, counted without the importer."""
    found: list[str] = []
    with ZipFile(BytesIO(raw)) as package:
        for name in package.namelist():
            if re.fullmatch(r"word/(?:document|footnotes|endnotes|comments|header\d*)\.xml", name):
                root = ElementTree.fromstring(package.read(name))  # noqa: S314
                ends = {f"{{{W}}}{tag}" for tag in ("p", "pict", "drawing", "tc", "tab", "br")}
                for one in root.iter():
                    is_text = one.tag in (f"{{{W}}}t", f"{{{W}}}delText")
                    found.append(one.text or "" if is_text else " " * (one.tag in ends))
    return counted("".join(found).split())


def counted(words: list[str]) -> Counter[str]:
    return Counter(word for one in words for word in re.findall(r"\w+", one))


def words_out(draft: Draft, log: Log) -> Counter[str]:
    text = typed.issue(draft._replace(date=""))
    shown = re.sub(r"https?://\S+|^\s*#.*$|^[\s-]*[a-z]+:(?=\s|$)", " ", text, flags=re.MULTILINE)
    return counted([*shown.split(), *(word for left in log.left for word in left.words.split())])


ALL = document(
    paragraph("Inhalt 3", style="Verzeichnis1"),
    paragraph("Safeguarding in spring", style="Titel"),
    paragraph("Neglect", style="berschrift1"),
    paragraph("A ", link("review", "a"), run(" of neglect", "<w:b/>"), reference(1), " is out."),
    item("First, a ", run("hidden", "<w:vanish/>"), " course"),
    item("then an exam", level=1),
    table(("Leeds", "in May"), ("York", "in June")),
    paragraph("A box", f"<w:r>{SHAPE.replace('Boxed', 'Inner')}</w:r>"),
    paragraph("They said so.", style="Zitat"),
    targets={"a": "https://example.org/a"},
    parts={
        "word/footnotes.xml": part(
            "footnotes", f'<w:footnote w:id="1">{paragraph("Volume two")}</w:footnote>'
        ),
        "word/header1.xml": part("hdr", paragraph("Board of the county")),
    },
)


@pytest.mark.parametrize("raw", [ALL, REAL.read_bytes()], ids=["all", "libreoffice"])
def test_every_word_is_in_the_draft_or_told(raw: bytes) -> None:
    draft, log = read(raw)
    lost = words_in(raw) - words_out(draft, log)
    assert lost == Counter()


# --- what cannot be read -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"{\\rtf1 Words}", "this is an RTF file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "this is a document of an old Word (.doc)"),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "this document is protected by a password",
        ),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
            "this is an OpenDocument file",
        ),
        (zipped({"Index/Document.iwa": ""}), "this is a document of Apple's Pages"),
        (zipped({"xl/workbook.xml": ""}), "this is an Excel workbook, no Word document"),
        (zipped({"a.txt": "Words"}), "this document is damaged, or only a part of it is here"),
        (ALL[:-300], "this document is damaged, or only a part of it is here"),
        (ALL[:40], "this document is damaged, or only a part of it is here"),
        (b"PK\x03\x04" + b"\0" * 500, "this document is damaged, or only a part of it is here"),
        (
            document(parts={"word/document.xml": "<w:document>"}),
            "this document is damaged, or only a part of it is here",
        ),
        (
            document(parts={"word/document.xml": b"\xff\xfe\x00"}),
            "this document is damaged, or only a part of it is here",
        ),
    ],
)
def test_what_is_no_word_document_is_told_by_its_name(raw: bytes, message: str) -> None:
    assert told(raw) == ("format", message)
    assert word.detect(given(raw)) >= 50


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/comments.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_are_read(name: str, encoding: str) -> None:
    content = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "{"c" * 99}">]><a>&b;</a>'
    raw = document(paragraph("Words"), parts={name: content.encode(encoding)})
    assert told(raw) == (
        "format",
        "this document declares XML entities, which Word never does: it is not read",
    )


def lying(raw: bytes, name: str, size: int) -> bytes:
    """`raw` with another size for a part, at both places where a ZIP file says it."""
    made = bytearray(raw)
    for mark, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = -1
        while (at := raw.find(mark, at + 1)) >= 0:
            if raw[at + name_at :].startswith(name.encode()):
                made[at + size_at : at + size_at + 4] = size.to_bytes(4, "little")
    return bytes(made)


def test_a_zip_bomb_is_refused_whatever_it_says_of_its_size() -> None:
    bomb = document(parts={"word/document.xml": b" " * 40_000_000})
    too_large = ("file-too-large", "this document is larger than any newsletter")
    assert told(bomb) == too_large
    assert told(lying(bomb, "word/document.xml", 1000)) == (
        "format",
        "this document is damaged, or only a part of it is here",
    )
    many = {f"word/header{number}.xml": b" " * 4_000_000 for number in range(10)}
    assert told(document(paragraph("Words"), parts=many)) == too_large


@pytest.mark.parametrize(
    "body",
    [
        paragraph(*["w"] * 26_000),
        "<w:tbl><w:tr><w:tc>" * 40 + paragraph("Words") + "</w:tc></w:tr></w:tbl>" * 40,
    ],
    ids=["many", "deep"],
)
def test_a_document_with_too_many_parts_is_refused(body: str) -> None:
    assert told(document(body)) == (
        "file-too-large",
        "this document is larger than any newsletter",
    )


def test_a_document_without_words_is_an_empty_draft() -> None:
    for raw in (document(), document(paragraph())):
        draft, log = read(raw)
        assert (draft._replace(layout=""), log.left, log.noticed) == (Draft(), [], [])


@pytest.mark.parametrize(
    "body",
    [
        paragraph("Words", '<w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r>'),
        paragraph("Words", '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        paragraph("Words", "<w:r><w:footnoteReference/></w:r>"),
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr>'
        f"{paragraph('Words')}</w:tc></w:tr></w:tbl>",
        f"<w:tbl>{paragraph('Words')}</w:tbl>",
        "<w:p><w:r><w:t>Wor<w:b/>ds</w:t></w:r></w:p>",
    ],
)
def test_a_document_that_no_program_would_write_is_read_as_far_as_it_goes(body: str) -> None:
    draft, _ = read(document(body))
    assert texts(draft) == ["Words"]


def test_a_picture_s_relationships_are_those_of_its_own_part() -> None:
    note = f'<w:footnote w:id="1">{paragraph(link("Annex", "a"))}</w:footnote>'
    draft, _ = read(
        document(
            paragraph(link("Report", "a"), reference(1)),
            targets={"a": "https://example.org/report"},
            parts={
                "word/footnotes.xml": part("footnotes", note),
                "word/_rels/footnotes.xml.rels": relations(a="https://example.org/annex"),
            },
        )
    )
    assert texts(draft) == [
        "[Report](https://example.org/report) ([Annex](https://example.org/annex))"
    ]
