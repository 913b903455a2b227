"""What an issue, the settings and a theme are: frozen, typed, each field described.

These classes are the one definition: the reader, the JSON Schema for editors' programs and the
documentation all come from them. Values that need more than a type have a class of their own with
`parse`, which raises Faults. A text that was not given is "".
"""

import re
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, Struct, field

from newsletter.dates import DateFormat, PartialDate
from newsletter.markup import PLATFORM_TAG, LinkStyle, Markdown, Url
from newsletter.problems import Fault, Faults

# U+2028 and U+2029 end a line too, and come in with text copied from web pages.
_SPACES = re.compile("[ \t\n\u2028\u2029]+")


class Line(str):
    """Words on one line, shown as typed: no Markdown."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> "Line":
        """`text` with each run of spaces and line ends made one space; no-break spaces stay."""
        return cls(_SPACES.sub(" ", text).strip(" "))


class Language(str):
    """A language tag (BCP 47): "en", "en-GB", "cy"."""

    __slots__ = ()
    FORM: ClassVar = r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*"

    @classmethod
    def parse(cls, text: str) -> "Language":
        """Raises Faults for what is not shaped like a language tag."""
        if not re.fullmatch(cls.FORM, text):
            raise Faults(
                Fault("language", f"'{text}' is not a language", "write en, en-GB, cy, fr ...")
            )
        return cls(text)

    @property
    def direction(self) -> str:
        """How it is written: "ltr", or "rtl" for Arabic, Hebrew, Persian, Urdu and the like."""
        right_to_left = ("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")
        return "rtl" if self.split("-")[0].lower() in right_to_left else "ltr"


class WebAddress(Url):
    """An address that begins with https:// or http://."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> "WebAddress":
        """Raises Faults for an address that is not a web page's."""
        url = super().parse(text)
        if not re.match("https?:", url, re.IGNORECASE):
            raise Faults(
                Fault("link-target", f"'{text}' is not a web address", "begin it with https://")
            )
        return cls(url)


class Mailbox(str):
    """An email address: name@example.org."""

    __slots__ = ()
    FORM: ClassVar = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"

    @classmethod
    def parse(cls, text: str) -> "Mailbox":
        """Raises Faults for what is not an email address (RFC 5322 addr-spec, without comments)."""
        if not re.fullmatch(cls.FORM, text):
            raise Faults(
                Fault("email", f"'{text}' is not an email address", "write name@example.org")
            )
        return cls(text)


class LinkOrTag(str):
    """An address, or the tag with which a mailing platform supplies it: `*|UNSUB|*`."""

    __slots__ = ()
    # Something between signs, as all platforms have it: *|X|*, {{ x }}, [[X]], %X%, <x>, ((x)).
    TAG: ClassVar = r"[*{\[<%(@$#&~|].*[A-Za-z].*[*}\]>%)@$#&~|]"

    @classmethod
    def parse(cls, text: str) -> "LinkOrTag":
        """Addresses are checked like every other, tags are not; neither is changed."""
        if re.match(r"https?:|mailto:", text):
            Url.parse(PLATFORM_TAG.sub("tag", text))
            return cls(text)
        if not re.fullmatch(cls.TAG, text):
            raise Faults(
                Fault(
                    "link-target",
                    f"'{text}' is neither an address nor a mailing platform's tag",
                    "write https://... or the platform's own tag, in quotes",
                )
            )
        return cls(text)


class Switch(str):
    """on or off (also yes, no, true, false). True in a template when on."""

    __slots__ = ()
    WORDS: ClassVar = ("on", "off", "yes", "no", "true", "false")

    @classmethod
    def parse(cls, text: str) -> "Switch":
        """Raises Faults for any other word."""
        if text.lower() not in cls.WORDS:
            raise Faults(Fault("choice", f"'{text}' is neither on nor off", "write on or off"))
        return cls("on" if text.lower() in ("on", "yes", "true") else "")


class Colour(str):
    """A colour as six hexadecimal digits: "#12343b"."""

    __slots__ = ()
    FORM: ClassVar = r"#[0-9a-fA-F]{6}"

    @classmethod
    def parse(cls, text: str) -> "Colour":
        """Raises Faults for any other form: some mail programs understand no other."""
        if not re.fullmatch(cls.FORM, text):
            raise Faults(
                Fault(
                    "colour", f"'{text}' is not a colour", "write six digits in quotes: '#12343b'"
                )
            )
        return cls(text.lower())


class Pixels(str):
    """A length in whole pixels, without "px"."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> "Pixels":
        """Raises Faults for anything but one to three digits."""
        if not re.fullmatch(r"\d{1,3}", text):
            raise Faults(Fault("pixels", f"'{text}' is not a number of pixels", "write 16, say"))
        return cls(text)


def _about(description: str, **more: Any) -> Meta:
    return Meta(description=description, **more)


class _Value(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all parts of the model share."""


# --- an issue ----------------------------------------------------------------------------------


class Image(_Value, frozen=True):
    """A picture."""

    src: Annotated[WebAddress, _about("Its address, beginning with https://.")]
    alt: Annotated[
        Line, _about("What it shows, for readers who do not see it; '' for mere decoration.")
    ]
    credit: Annotated[Line, _about("Who made it.")] = field(default_factory=Line)
    caption: Annotated[Line, _about("Words below it.")] = field(default_factory=Line)


class Link(_Value, frozen=True):
    """A link on a line of its own: `Read the report: Title`."""

    url: Annotated[Url, _about("Where it leads: https, http, mailto, tel or [[view_online]].")]
    label: Annotated[Line, _about("Words before the title: Read the report.")] = field(
        default_factory=Line
    )
    title: Annotated[Line, _about("The words that are linked.")] = field(default_factory=Line)

    def __post_init__(self) -> None:
        if not self.label and not self.title:
            raise Faults(
                Fault("empty-link", "this link has no words", "give it a 'title' or a 'label'")
            )


class Entry(_Value, frozen=True):
    """One item of a round-up. A plain text instead of a mapping is short for `text`."""

    title: Annotated[Line, _about("Its headline.")] = field(default_factory=Line)
    date: Annotated[
        PartialDate | None, _about("When it was published: 2024, 2024-04 or 2024-04-23.")
    ] = None
    source: Annotated[Line, _about("Who published it.")] = field(default_factory=Line)
    kind: Annotated[Line, _about("What it is: Report, Survey, Video ...")] = field(
        default_factory=Line
    )
    text: Annotated[
        Markdown, _about("What it says, in Markdown, with links inside the sentences.")
    ] = field(default_factory=Markdown.nothing)
    image: Annotated[Image | None, _about("A picture.")] = None
    links: Annotated[tuple[Link, ...], _about("Links on lines of their own.")] = ()
    closes: Annotated[
        PartialDate | None, _about("The last day to take part or to apply: 2024-05-23.")
    ] = None

    def __post_init__(self) -> None:
        if not (self.title or self.text or self.image or self.links):
            raise Faults(Fault("empty-entry", "this entry has nothing to show", "give it a 'text'"))


class Section(_Value, frozen=True):
    """A heading and the entries below it."""

    title: Annotated[Line, _about("Its heading.")] = field(default_factory=Line)
    subtitle: Annotated[Line, _about("A large line below the heading.")] = field(
        default_factory=Line
    )
    entries: Annotated[tuple[Entry, ...], _about("Its entries, in order.")] = ()


class Issue(_Value, frozen=True):
    """One issue of a newsletter."""

    title: Annotated[Line, _about("The title at the top of the email.")]
    date: Annotated[
        PartialDate,
        _about("2024, 2024-04 or 2024-04-23; shown as precisely as it is given."),
    ]
    number: Annotated[Line, _about("The issue's number.")] = field(default_factory=Line)
    layout: Annotated[Line, _about("How it is set: see `newsletter layouts`.")] = field(
        default_factory=lambda: Line("roundup")
    )
    theme: Annotated[
        Line, _about("Its colours and type: see `newsletter themes`. The settings' one if absent.")
    ] = field(default_factory=Line)
    language: Annotated[Language, _about("The language it is written in: en, en-GB.")] = field(
        default_factory=lambda: Language("en-GB")
    )
    subject: Annotated[Line, _about("The email's subject. Title and date if absent.")] = field(
        default_factory=Line
    )
    preheader: Annotated[
        Line,
        _about(
            "The words that inboxes show after the subject, 40 to 90 characters. "
            "The first headings if absent."
        ),
    ] = field(default_factory=Line)
    intro: Annotated[Markdown, _about("Words before everything else, in Markdown.")] = field(
        default_factory=Markdown.nothing
    )
    lead: Annotated[Section | None, _about("The lead story: a section set apart, first.")] = None
    sections: Annotated[tuple[Section, ...], _about("The sections.")] = ()
    entries: Annotated[
        tuple[Entry, ...], _about("The entries of an issue that has no sections.")
    ] = ()
    outro: Annotated[Markdown, _about("Words after everything else, in Markdown.")] = field(
        default_factory=Markdown.nothing
    )

    def __post_init__(self) -> None:
        if not self.title:
            raise Faults(Fault("missing", "'title' is empty", "name the newsletter", field="title"))
        if self.sections and self.entries:
            raise Faults(
                Fault(
                    "sections-and-entries",
                    "an issue has either 'sections' or 'entries', not both",
                    "move these entries into a section",
                    field="entries",
                )
            )

    @property
    def parts(self) -> tuple[Section, ...]:
        """The sections that have entries; bare entries are one section without a heading."""
        bare = (Section(entries=self.entries),) if self.entries else self.sections
        return tuple(section for section in bare if section.entries)

    @property
    def all_entries(self) -> tuple[Entry, ...]:
        """Every entry, the lead's first."""
        lead = self.lead.entries if self.lead else ()
        return (*lead, *(entry for section in self.parts for entry in section.entries))

    @property
    def link_count(self) -> int:
        """How many links the editor has put into this issue."""
        texts = (self.intro, self.outro, *(entry.text for entry in self.all_entries))
        rows = sum(len(entry.links) for entry in self.all_entries)
        return rows + sum(len(text.links) for text in texts)


# --- the settings ------------------------------------------------------------------------------


class Support(_Value, frozen=True):
    """An organisation that helps, for the foot of every issue."""

    name: Annotated[Line, _about("Its name: Childline.")]
    phone: Annotated[Line, _about("Its telephone number, as people write it.")] = field(
        default_factory=Line
    )
    url: Annotated[Url | None, _about("Its page.")] = None
    text: Annotated[Line, _about("For whom or when: 'under 19s, day and night'.")] = field(
        default_factory=Line
    )


class PlatformLinks(_Value, frozen=True):
    """Addresses for what most mailing platforms supply themselves."""

    unsubscribe: Annotated[
        LinkOrTag | None, _about("Where a reader leaves the list: an address or a platform's tag.")
    ] = None
    view_online: Annotated[
        LinkOrTag | None, _about("Where the issue can be read on the web: an address or a tag.")
    ] = None


class Settings(_Value, frozen=True):
    """What all issues of a newsletter share: newsletter.yaml."""

    publication: Annotated[Line, _about("The newsletter's name.")] = field(default_factory=Line)
    sender: Annotated[Line, _about("The organisation that sends it.")] = field(default_factory=Line)
    sender_email: Annotated[
        Mailbox | None, _about("The address it is sent from, for email.eml.")
    ] = None
    address: Annotated[Line, _about("The sender's postal address.")] = field(default_factory=Line)
    reason: Annotated[
        Line, _about("Why readers get it: 'You asked for this at our conference.'")
    ] = field(default_factory=Line)
    contact: Annotated[
        Mailbox | None, _about("The email address for questions and suggestions.")
    ] = None
    privacy: Annotated[WebAddress | None, _about("The page of the privacy notice.")] = None
    support: Annotated[
        tuple[Support, ...], _about("Organisations that help readers, shown above the footer.")
    ] = ()
    support_title: Annotated[Line, _about("The heading above them.")] = field(
        default_factory=lambda: Line("If you or a child needs help")
    )
    order: Annotated[
        Literal["alphabetical", "as-written"],
        _about("How sections are ordered: alphabetically ('Other' last), or as they are written."),
    ] = "as-written"
    date_format: Annotated[
        DateFormat, _about("How whole dates are written: '%-d %B %Y' gives 23 April 2024.")
    ] = field(default_factory=lambda: DateFormat("%-d %B %Y"))
    text_links: Annotated[
        LinkStyle,
        _about(
            "How the plain text writes links: after the words, as numbered references "
            "below each section, or as Markdown."
        ),
    ] = "after"
    contents: Annotated[
        Switch, _about("A list of the sections at the top, when there are more than six.")
    ] = field(default_factory=lambda: Switch("on"))
    theme: Annotated[Line, _about("Colours and type: see `newsletter themes`.")] = field(
        default_factory=lambda: Line("plain")
    )
    platform: Annotated[
        Literal["generic"], _about("The mailing platform. 'generic' takes the `links` below.")
    ] = "generic"
    links: Annotated[PlatformLinks, _about("Addresses or tags that no platform supplies.")] = (
        PlatformLinks()
    )
    output: Annotated[Line, _about("The folder that `newsletter build` writes to.")] = field(
        default_factory=lambda: Line("output")
    )


# --- a theme -----------------------------------------------------------------------------------


class Palette(_Value, frozen=True):
    """The colours of a theme, once for light and once for dark screens."""

    page: Annotated[Colour, _about("Around the email.")]
    card: Annotated[Colour, _about("Behind the words.")]
    ink: Annotated[Colour, _about("The words.")]
    muted: Annotated[Colour, _about("Dates, sources, the footer.")]
    heading: Annotated[Colour, _about("Headings.")]
    link: Annotated[Colour, _about("Links.")]
    accent: Annotated[Colour, _about("Lines below headings and beside quotations.")]
    tint: Annotated[Colour, _about("Behind the lead and the support lines.")]
    band: Annotated[Colour, _about("Behind the masthead.")]
    band_ink: Annotated[Colour, _about("The masthead's title.")]
    band_muted: Annotated[Colour, _about("The masthead's other words.")]


class Theme(_Value, frozen=True):
    """Named values that templates set an issue with."""

    description: Annotated[Line, _about("What it looks like, in a few words.")]
    light: Annotated[Palette, _about("Colours on light screens.")]
    dark: Annotated[Palette, _about("Colours on dark screens.")]
    font: Annotated[Line, _about("The fonts of the words, ending in a generic one.")]
    heading_font: Annotated[Line, _about("The fonts of headings, ending in a generic one.")]
    size: Annotated[Pixels, _about("Size of the words.")]
    title_size: Annotated[Pixels, _about("Size of the issue's title.")]
    display_size: Annotated[Pixels, _about("Size of the lead's display line.")]
    heading_size: Annotated[Pixels, _about("Size of section headings.")]
    small_size: Annotated[Pixels, _about("Size of dates, sources and the footer.")]
    gutter: Annotated[Pixels, _about("Space left and right of the words.")]
    gap: Annotated[Pixels, _about("Space between entries.")]
    corner: Annotated[Pixels, _about("Radius of the masthead's upper corners.")]
