"""What an issue, the settings and a language's labels are: frozen, typed, each field described.

These classes are the one definition: the reader, the JSON Schema for editors' programs and the
documentation all come from them. A text that was not given is "".
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from newsletter.dates import DateFormat, PartialDate
from newsletter.markup import LinkStyle, Markdown, Url
from newsletter.problems import Fault, Faults
from newsletter.values import (
    Colour,
    Count,
    ImagesAddress,
    ImageSource,
    Language,
    Line,
    LinkOrTag,
    Mailbox,
    Names,
    Switch,
    WebAddress,
)


def about(description: str, **more: Any) -> Meta:
    """What a field is, for the schema, the documentation and messages."""
    return Meta(description=description, **more)


RuleSettings = dict[str, Any]
"""By the code of a rule: a level, or a mapping of `level` and the rule's options. The rules judge
it themselves: which there are is not known here."""


class Value(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all parts of the model share."""


class Image(Value, frozen=True):
    """A picture."""

    src: Annotated[
        ImageSource,
        about("Its file beside the issue: images/photo.png. Or an address: https://..."),
    ]
    alt: Annotated[
        Line, about("What it shows, for readers who do not see it; '' for mere decoration.")
    ]
    credit: Annotated[Line, about("Who made it.")] = field(default_factory=Line)
    caption: Annotated[Line, about("Words below it.")] = field(default_factory=Line)


# --- the settings ------------------------------------------------------------------------------


class Support(Value, frozen=True):
    """An organisation that helps, for the foot of every issue."""

    name: Annotated[Line, about("Its name: Childline.")]
    phone: Annotated[Line, about("Its telephone number, as people write it.")] = field(
        default_factory=Line
    )
    url: Annotated[Url | None, about("Its page.")] = None
    text: Annotated[Line, about("For whom or when: 'under 19s, day and night'.")] = field(
        default_factory=Line
    )


class PlatformLinks(Value, frozen=True):
    """Addresses for what most mailing platforms supply themselves; used where yours does not."""

    unsubscribe: Annotated[
        LinkOrTag | None, about("Where a reader leaves the list: an address or a platform's tag.")
    ] = None
    one_click: Annotated[
        WebAddress | None,
        about(
            "The address with which a mail program takes its reader off the list without a page "
            "in between (RFC 8058), for what is sent from here."
        ),
    ] = None
    view_online: Annotated[
        LinkOrTag | None, about("Where the issue can be read on the web: an address or a tag.")
    ] = None
    preferences: Annotated[
        LinkOrTag | None, about("Where a reader changes what they get: an address or a tag.")
    ] = None
    forward: Annotated[
        LinkOrTag | None, about("Where a reader sends it on: an address or a tag.")
    ] = None
    archive: Annotated[
        LinkOrTag | None, about("Where earlier issues can be read: an address or a tag.")
    ] = None


class MailServer(Value, frozen=True):
    """The server that test emails are sent through."""

    host: Annotated[Line, about("Its name: smtp.example.org.")] = field(default_factory=Line)
    port: Annotated[Count | None, about("Its port. 587 if absent, 465 with 'security: tls'.")] = (
        None
    )
    security: Annotated[
        Literal["starttls", "tls", "none"] | None,
        about(
            "How the connection is encrypted: after a greeting (starttls), from the first byte "
            "(tls; so at port 465 if absent), or, on this computer only, not at all (none)."
        ),
    ] = None
    user: Annotated[Line, about("The name to log in with.")] = field(default_factory=Line)


class Brand(Value, frozen=True):
    """What makes a theme one's own."""

    colour: Annotated[
        Colour | None,
        about("The organisation's colour, in quotes: '#7a1f5c'. Links and lines are derived."),
    ] = None
    logo: Annotated[
        Image | None,
        about("Its logo, shown on white above the masthead: a file beside newsletter.yaml."),
    ] = None


class Term(Value, frozen=True):
    """Words that the house avoids."""

    avoid: Annotated[Line, about("The words, as they would stand in a sentence: service user.")]
    use: Annotated[
        Line, about("What could stand in their place: person. Absent if it depends.")
    ] = field(default_factory=Line)
    why: Annotated[Line, about("The reason, for whoever wrote them.")] = field(default_factory=Line)
    source: Annotated[WebAddress | None, about("The page of the guidance.")] = None

    def __post_init__(self) -> None:
        if not self.avoid:
            raise Faults(
                Fault("missing", "'avoid' is empty", "name the words to avoid", field="avoid")
            )


class HouseStyle(Value, frozen=True):
    """Which words the house avoids, and how it spells the names of organisations."""

    standard: Annotated[
        Switch, about("Whether the terms and names that come with the program count, too.")
    ] = field(default_factory=lambda: Switch("on"))
    terms: Annotated[
        tuple[Term, ...], about("Words to avoid. One that comes with the program gives way to it.")
    ] = ()
    allow: Annotated[
        tuple[Line, ...], about("Words to avoid that may be used here: revenge porn.")
    ] = ()
    names: Annotated[
        tuple[Line, ...], about("Organisations, as their names are spelt: Barnardo's.")
    ] = ()


class SectionWords(Value, frozen=True):
    """Words by which a section is chosen for what comes in."""

    section: Annotated[Line, about("The section's heading: Online Safety.")]
    words: Annotated[
        tuple[Line, ...],
        about("Words of a title or a description, in any case: sextortion, online grooming."),
    ]


class Feed(Value, frozen=True):
    """A publisher whose news `newsletter collect` reads."""

    url: Annotated[WebAddress, about("The address of the feed: https://example.org/feed/.")]
    publisher: Annotated[
        Line, about("Who publishes it, as entries name it. The feed's own title if absent.")
    ] = field(default_factory=Line)
    section: Annotated[
        Line, about("The section that its stories go to, unless words choose another.")
    ] = field(default_factory=Line)
    sort: Annotated[
        tuple[SectionWords, ...],
        about("Words that choose a section for stories of this feed, before those for all."),
    ] = ()


class IssueSettings(Value, frozen=True):
    """The settings that one issue may have otherwise."""

    publication: Annotated[Line, about("The newsletter's name.")] = field(default_factory=Line)
    sender: Annotated[Line, about("The organisation that sends it.")] = field(default_factory=Line)
    reason: Annotated[
        Line, about("Why readers get it: 'You asked for this at our conference.'")
    ] = field(default_factory=Line)
    contact: Annotated[
        Mailbox | None, about("The email address for questions and suggestions.")
    ] = None
    support: Annotated[
        tuple[Support, ...], about("Organisations that help readers, shown above the footer.")
    ] = ()
    support_title: Annotated[
        Line, about("The heading above them. 'If you or a child needs help' if absent.")
    ] = field(default_factory=Line)
    order: Annotated[
        Literal["alphabetical", "as-written"],
        about("How sections are ordered: alphabetically ('Other' last), or as they are written."),
    ] = "as-written"
    date_format: Annotated[
        DateFormat,
        about(
            "How whole dates are written: '%d/%m/%Y' gives 23/04/2024. "
            "As the language has it if absent: 23 April 2024."
        ),
    ] = field(default_factory=DateFormat)
    text_links: Annotated[
        LinkStyle,
        about(
            "How the plain text writes links: after the words, as numbered references "
            "below each section, or as Markdown."
        ),
    ] = "after"
    contents: Annotated[
        Switch, about("A list of the sections at the top, when there are more than six.")
    ] = field(default_factory=lambda: Switch("on"))
    images_url: Annotated[
        ImagesAddress,
        about(
            "The address of the folder that pictures are uploaded to: https://... "
            "Or 'images', if they go to the platform with the email, in a ZIP file."
        ),
    ] = field(default_factory=ImagesAddress)
    brand: Annotated[Brand, about("Your colour and logo in any theme.")] = Brand()
    rules: Annotated[
        RuleSettings,
        about(
            "What `newsletter check` makes of its rules: `vague-words: off`, or another level "
            "(note, warning, error), or {level: note, max: 70}. See `newsletter rules`."
        ),
    ] = field(default_factory=dict)


class Settings(IssueSettings, frozen=True):
    """What all issues of a newsletter share: newsletter.yaml."""

    sender_email: Annotated[
        Mailbox | None, about("The address it is sent from, for email.eml.")
    ] = None
    address: Annotated[Line, about("The sender's postal address.")] = field(default_factory=Line)
    privacy: Annotated[WebAddress | None, about("The page of the privacy notice.")] = None
    language: Annotated[
        Language, about("The language of issues that name none: en-GB, cy, fr ...")
    ] = field(default_factory=lambda: Language("en-GB"))
    theme: Annotated[Line, about("Colours and type: see `newsletter themes`.")] = field(
        default_factory=lambda: Line("plain")
    )
    platform: Annotated[
        Names,
        about(
            "The mailing platform, or several with commas: see `newsletter platforms`. 'generic' "
            "takes the `links` below."
        ),
    ] = field(default_factory=lambda: Names("generic"))
    smtp: Annotated[
        MailServer,
        about("The mail server for `newsletter send-test`. The password never stands in a file."),
    ] = field(default_factory=MailServer)
    links: Annotated[PlatformLinks, about("Addresses or tags that no platform supplies.")] = (
        PlatformLinks()
    )
    house_style: Annotated[
        HouseStyle, about("Words to avoid, and how names are spelt, for `newsletter check`.")
    ] = field(default_factory=HouseStyle)
    feeds: Annotated[
        tuple[Feed, ...], about("The publishers' feeds that `newsletter collect` reads.")
    ] = ()
    sort: Annotated[
        tuple[SectionWords, ...],
        about("Words that choose a section for what `collect` and `add` bring in."),
    ] = ()
    output: Annotated[Line, about("The folder that `newsletter build` writes to.")] = field(
        default_factory=lambda: Line("output")
    )


# --- an issue ----------------------------------------------------------------------------------


class Link(Value, frozen=True):
    """A link on a line of its own: `Read the report: Title`."""

    url: Annotated[Url, about("Where it leads: https, http, mailto, tel or [[view_online]].")]
    label: Annotated[Line, about("Words before the title: Read the report.")] = field(
        default_factory=Line
    )
    title: Annotated[Line, about("The words that are linked.")] = field(default_factory=Line)

    def __post_init__(self) -> None:
        if not self.label and not self.title:
            raise Faults(
                Fault("empty-link", "this link has no words", "give it a 'title' or a 'label'")
            )


class Entry(Value, frozen=True):
    """One item of a round-up. A plain text instead of a mapping is short for `text`."""

    title: Annotated[Line, about("Its headline.")] = field(default_factory=Line)
    date: Annotated[
        PartialDate | None, about("When it was published: 2024, 2024-04 or 2024-04-23.")
    ] = None
    source: Annotated[Line, about("Who published it.")] = field(default_factory=Line)
    kind: Annotated[Line, about("What it is: Report, Survey, Video ...")] = field(
        default_factory=Line
    )
    text: Annotated[
        Markdown, about("What it says, in Markdown, with links inside the sentences.")
    ] = field(default_factory=Markdown.nothing)
    image: Annotated[Image | None, about("A picture.")] = None
    links: Annotated[tuple[Link, ...], about("Links on lines of their own.")] = ()
    closes: Annotated[
        PartialDate | None, about("The last day to take part or to apply: 2024-05-23.")
    ] = None
    seen: Annotated[
        Literal["ok"] | None,
        about("'ok' when it is meant to stand here again, though an earlier issue had it."),
    ] = None
    rules: Annotated[
        RuleSettings, about("Rules of `newsletter check` that this entry is not judged by.")
    ] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (self.title or self.text or self.image or self.links):
            raise Faults(Fault("empty-entry", "this entry has nothing to show", "give it a 'text'"))


class Section(Value, frozen=True):
    """A heading and the entries below it."""

    title: Annotated[Line, about("Its heading.")] = field(default_factory=Line)
    subtitle: Annotated[Line, about("A large line below the heading.")] = field(
        default_factory=Line
    )
    entries: Annotated[tuple[Entry, ...], about("Its entries, in order.")] = ()


class Issue(Value, frozen=True):
    """One issue of a newsletter."""

    title: Annotated[Line, about("The title at the top of the email.")]
    date: Annotated[
        PartialDate,
        about("2024, 2024-04 or 2024-04-23; shown as precisely as it is given."),
    ]
    number: Annotated[Line, about("The issue's number.")] = field(default_factory=Line)
    layout: Annotated[Line, about("How it is set: see `newsletter layouts`.")] = field(
        default_factory=lambda: Line("roundup")
    )
    theme: Annotated[
        Line, about("Its colours and type: see `newsletter themes`. The settings' one if absent.")
    ] = field(default_factory=Line)
    language: Annotated[
        Language, about("The language it is written in: en, cy, fr. The settings' one if absent.")
    ] = field(default_factory=Language)
    subject: Annotated[Line, about("The email's subject. Title and date if absent.")] = field(
        default_factory=Line
    )
    preheader: Annotated[
        Line,
        about(
            "The words that inboxes show after the subject, 40 to 90 characters. "
            "The first headings if absent."
        ),
    ] = field(default_factory=Line)
    intro: Annotated[Markdown, about("Words before everything else, in Markdown.")] = field(
        default_factory=Markdown.nothing
    )
    lead: Annotated[Section | None, about("The lead story: a section set apart, first.")] = None
    sections: Annotated[tuple[Section, ...], about("The sections.")] = ()
    entries: Annotated[
        tuple[Entry, ...], about("The entries of an issue that has no sections.")
    ] = ()
    outro: Annotated[Markdown, about("Words after everything else, in Markdown.")] = field(
        default_factory=Markdown.nothing
    )
    settings: Annotated[
        IssueSettings | None, about("Settings that are otherwise in this issue only.")
    ] = None

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


# --- a language --------------------------------------------------------------------------------


class Words(Value, frozen=True):
    """The labels that templates write themselves, in one language."""

    name: Annotated[Line, about("The language, in English: Welsh.")]
    read: Annotated[Line, about("Before the publisher of a linked article: Read.")]
    source: Annotated[Line, about("Before who published an entry: Source.")]
    published: Annotated[Line, about("Before an entry's date: Date published.")]
    closes: Annotated[Line, about("Before the last day to take part: Closes.")]
    credit: Annotated[Line, about("Before who made a picture: credit.")]
    contents: Annotated[Line, about("Above the list of sections: In this issue.")]
    issue: Annotated[Line, about("Before the issue's number: Issue.")]
    support: Annotated[Line, about("Above the organisations that help.")]
    sent_by: Annotated[Line, about("Before the sender: Sent by.")]
    questions: Annotated[Line, about("Before the address for questions.")]
    view_online: Annotated[Line, about("The link to the issue on the web: View online.")]
    privacy: Annotated[Line, about("The link to the privacy notice.")]
    unsubscribe: Annotated[Line, about("The link with which readers leave the list.")]
    colon: Annotated[Line, about("What ends a label; French has a no-break space before it.")] = (
        field(default_factory=lambda: Line(":"))
    )
    articles: Annotated[
        tuple[Line, ...], about("Words at the start of a heading that do not count in its order.")
    ] = ()
    last: Annotated[
        tuple[Line, ...], about("Headings that come last in alphabetical order: Other.")
    ] = ()
    vague: Annotated[
        tuple[Line, ...], about("Words of a link that say nothing of where it leads: here, report.")
    ] = ()
