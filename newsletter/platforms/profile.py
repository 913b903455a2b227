"""What a mailing platform is: one file `platforms/NAME.yaml`, typed and described like an issue."""

import re
from typing import Annotated, ClassVar, Literal

from msgspec import field

from newsletter.model import Value, about
from newsletter.problems import Fault, Faults
from newsletter.values import Count, Line, Switch, WebAddress

Kind = Literal["url", "element", "rendered", "text", "auto", "none"]
Confidence = Literal["verified", "second-hand", "unverified"]
Shape = Literal[
    "document", "body_inner", "template_fragment", "rendered_fragment", "mime", "markdown"
]
Intent = Literal[
    "unsubscribe",
    "view_online",
    "preferences",
    "forward",
    "archive",
    "first_name",
    "email",
    "postal_address",
    "date",
]
Group = Literal[
    "marketing",
    "public sector",
    "creators",
    "self-hosted",
    "sending services",
    "by hand",
]
Change = Literal[
    "inlines-css",
    "removes-comments",
    "removes-styles",
    "merges-styles",
    "wraps-media-queries",
    "rewrites-links",
    "rewrites-images",
    "reparses",
    "wraps",
    "adds-footer",
    "body-only",
]


class Pattern(str):
    """A regular expression."""

    __slots__ = ()
    NOTHING: ClassVar = r"(?!)"

    @classmethod
    def parse(cls, text: str) -> "Pattern":
        """Raises Faults for what Python cannot read."""
        try:
            pattern = re.compile(f"(?:{text})")  # it is one of several where it is used
        except (re.error, OverflowError, RecursionError) as error:
            raise Faults(
                Fault("pattern", f"this regular expression is broken: {error}", "mend it")
            ) from None
        if pattern.match(""):
            message = "this regular expression finds tags where there is nothing"
            raise Faults(Fault("pattern", message, "write + in place of *, say"))
        return cls(text)


class Tag(Value, frozen=True):
    """What a platform has for one intent."""

    kind: Annotated[
        Kind,
        about(
            "url: it becomes an address, and stands inside href. element: it goes around the "
            "linked words. rendered: it becomes a whole link. text: it becomes words. auto: the "
            "platform adds this by itself. none: it has nothing for this."
        ),
    ]
    tag: Annotated[
        Line,
        about("The tag, byte for byte. '{words}' stands for the words of the link."),
    ] = field(default_factory=Line)
    text: Annotated[
        Line, about("The tag in the plain text, where it is another one than in the HTML.")
    ] = field(default_factory=Line)
    with_fallback: Annotated[
        Line,
        about(
            "The tag with words for readers of whom nothing is known; '{fallback}' stands for them."
        ),
    ] = field(default_factory=Line)
    confidence: Annotated[
        Confidence,
        about(
            "verified: read in the platform's own documentation or source. second-hand: seen in "
            "use. unverified: to be tried in an account."
        ),
    ] = "unverified"
    note: Annotated[Line, about("What an editor who uses it should know.")] = field(
        default_factory=Line
    )

    def __post_init__(self) -> None:
        if bool(self.tag) == (self.kind in ("auto", "none")):
            raise Faults(
                Fault(
                    "no-tag" if not self.tag else "needless-tag",
                    f"a tag of the kind '{self.kind}' "
                    + ("needs a 'tag'" if not self.tag else "has no 'tag'"),
                    "give it, or write 'kind: none'" if not self.tag else "remove 'tag'",
                    field="kind",
                )
            )
        for name, value, needed in (
            ("tag", self.tag, "{words}" if self.kind == "element" else ""),
            ("with_fallback", self.with_fallback, "{fallback}" if self.with_fallback else ""),
        ):
            if needed not in value:
                raise Faults(
                    Fault(
                        "no-place",
                        f"'{name}' does not say where its words stand",
                        f"write {needed} there",
                        field=name,
                    )
                )


def _none() -> Tag:
    return Tag(kind="none", confidence="verified")


class Tags(Value, frozen=True):
    """A platform's tags, by what they are for: what `[[unsubscribe]]` and the like become."""

    unsubscribe: Annotated[Tag, about("Where a reader leaves the list.")]
    view_online: Annotated[Tag, about("Where the email can be read on the web.")] = field(
        default_factory=_none
    )
    preferences: Annotated[Tag, about("Where a reader changes what they get.")] = field(
        default_factory=_none
    )
    forward: Annotated[Tag, about("Where a reader sends the email on to somebody else.")] = field(
        default_factory=_none
    )
    archive: Annotated[Tag, about("Where earlier issues can be read.")] = field(
        default_factory=_none
    )
    first_name: Annotated[Tag, about("The reader's first name.")] = field(default_factory=_none)
    email: Annotated[Tag, about("The reader's email address.")] = field(default_factory=_none)
    postal_address: Annotated[Tag, about("The sender's postal address.")] = field(
        default_factory=_none
    )
    date: Annotated[Tag, about("The day on which it is sent.")] = field(default_factory=_none)


class Required(Value, frozen=True):
    """The tags that a platform insists on."""

    html: Annotated[tuple[Intent, ...], about("In the HTML.")] = ()
    text: Annotated[tuple[Intent, ...], about("In the plain text.")] = ()
    otherwise: Annotated[Line, about("What it does when one is missing.")] = field(
        default_factory=Line
    )


class Limits(Value, frozen=True):
    """The most that a platform takes."""

    html_bytes: Annotated[Count | None, about("Bytes of HTML.")] = None
    html_characters: Annotated[Count | None, about("Characters of HTML.")] = None
    subject: Annotated[Count | None, about("Characters of the subject.")] = None
    preheader: Annotated[Count | None, about("Characters of the preheader.")] = None


class PreheaderPlace(Value, frozen=True):
    """How a platform is given the preheader."""

    given: Annotated[
        Literal["field", "html", "nowhere"],
        about(
            "field: it is typed into a field of the platform. html: it stands hidden at the top of "
            "the email. nowhere: there is no place for it."
        ),
    ]
    called: Annotated[Line, about("What the field is called there.")] = field(default_factory=Line)
    tag: Annotated[
        Line, about("The tag that stands for the field's words at the top of the email.")
    ] = field(default_factory=Line)


class TextPlace(Value, frozen=True):
    """How a platform is given the plain text."""

    given: Annotated[
        Literal["field", "made", "inside", "nowhere"],
        about(
            "field: it is pasted into a field of the platform. made: the platform makes its own of "
            "the HTML. inside: it is part of the message. nowhere: it sends none."
        ),
    ]
    called: Annotated[Line, about("What the field is called there.")] = field(default_factory=Line)


class Profile(Value, frozen=True):
    """A mailing platform: its tags, the document that it wants, and what it does to it."""

    name: Annotated[Line, about("What it is called: Mailchimp.")]
    group: Annotated[Group, about("What sort of platform it is.")]
    shape: Annotated[
        Shape,
        about(
            "document: a whole HTML document. body_inner: what stands inside <body>. "
            "template_fragment: the same without the footer, for a template that has one. "
            "rendered_fragment: a page to be copied as it is seen. mime: a whole message. "
            "markdown: no HTML at all."
        ),
    ]
    tags: Annotated[Tags, about("Its tags.")]
    preheader: Annotated[PreheaderPlace, about("How it is given the preheader.")]
    text: Annotated[TextPlace, about("How it is given the plain text.")]
    menu: Annotated[Line, about("Where in its menus an email of one's own begins.")]
    steps: Annotated[
        tuple[Line, ...],
        about("How to paste, step by step, for somebody who has never used this program."),
    ]
    confidence: Annotated[Confidence, about("How well the menu path and the steps are known.")]
    extends: Annotated[Line, about("The platform from which comes what this file leaves out.")] = (
        field(default_factory=Line)
    )
    required: Annotated[Required, about("The tags that it insists on.")] = field(
        default_factory=Required
    )
    slot: Annotated[Line, about("What it wants to find once in the HTML, besides tags.")] = field(
        default_factory=Line
    )
    changes: Annotated[tuple[Change, ...], about("What it does to the HTML.")] = ()
    comments: Annotated[
        Literal["kept", "removed", "unknown"],
        about("Whether Outlook's conditional comments survive."),
    ] = "unknown"
    styles: Annotated[
        Literal["kept", "removed", "unknown"],
        about("Whether <style> survives, which phones and dark screens need."),
    ] = "unknown"
    comment_form: Annotated[
        Line,
        about("How a part of a conditional comment is written so that it survives; '{comment}'."),
    ] = field(default_factory=Line)
    limits: Annotated[Limits, about("The most that it takes.")] = Limits()
    images_in_zip: Annotated[
        Switch, about("Whether it takes pictures with the email, in a ZIP file.")
    ] = field(default_factory=Switch)
    token_re: Annotated[
        Pattern, about("A regular expression that finds what the platform takes for a tag.")
    ] = field(default_factory=lambda: Pattern(Pattern.NOTHING))
    tags_like_words: Annotated[
        Switch,
        about(
            "Whether people write in prose what looks like one of its tags, such as [email]. "
            "Then only the tags named here are told when they stand in another platform's email."
        ),
    ] = field(default_factory=Switch)
    traps: Annotated[
        tuple[Line, ...], about("Characters that it takes for code wherever they stand.")
    ] = ()
    notes: Annotated[tuple[Line, ...], about("What to know before one sends.")] = ()
    unverified: Annotated[tuple[Line, ...], about("What nobody has tried yet.")] = ()
    sources: Annotated[tuple[WebAddress, ...], about("Where this was read.")] = ()

    @property
    def has_tags(self) -> bool:
        """Whether only the platform could send the email: nobody else fills its tags in."""
        tags = (getattr(self.tags, name) for name in self.tags.__struct_fields__)
        return any(tag.tag for tag in tags)
