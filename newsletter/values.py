"""Values that need more than a type: each is its own text, with `parse`, which raises Faults."""

import re
from typing import ClassVar
from urllib.parse import quote

from newsletter import tags
from newsletter.markup import PLATFORM_TAG, Url
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
        first, *rest = text.split("-")
        # As tags are written by custom (RFC 5646, 2.1.1): en-GB, zh-Hant, sl-rozaj.
        forms = {2: str.upper, 4: str.title}
        return cls("-".join([first.lower(), *(forms.get(len(p), str.lower)(p) for p in rest)]))

    @property
    def primary(self) -> str:
        """The language without its country or script: "en" of "en-GB"."""
        return self.partition("-")[0].lower()

    @property
    def direction(self) -> str:
        """How it is written: "ltr", or "rtl" for Arabic, Hebrew, Persian, Urdu and the like."""
        right_to_left = ("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")
        return "rtl" if self.primary in right_to_left else "ltr"


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


class ImageSource(str):
    """A picture's file beside the issue, or its address beginning with https://."""

    __slots__ = ()
    FILE: ClassVar = r"[^:\\/~][^:\\]*"

    @classmethod
    def parse(cls, text: str) -> "ImageSource":
        """Raises Faults for an address that is not https://, and for a path with a drive or \\."""
        typed = text.strip()
        if re.match("https?://", typed, re.IGNORECASE):
            url = WebAddress.parse(typed)
            if not url.lower().startswith("https:"):
                raise Faults(
                    Fault(
                        "link-target",
                        "mail programs show no picture from http://",
                        "write https://, or put the file beside the issue",
                    )
                )
            return cls(url)
        if typed.lower().startswith("www."):
            raise Faults(
                Fault("image-path", f"'{text}' is not a whole address", f"write https://{typed}")
            )
        if typed and not re.fullmatch(cls.FILE, typed):
            raise Faults(
                Fault(
                    "image-path",
                    f"'{text}' is neither a file beside the issue nor an address",
                    "write images/photo.png, with the folder beside the issue, or https://...",
                )
            )
        if not typed:
            raise Faults(Fault("image-path", "no picture is named here", "write images/photo.png"))
        return cls(typed)

    @property
    def is_file(self) -> bool:
        """Whether it is a file, not an address."""
        return not self.lower().startswith("https:")


class ImagesAddress(str):
    """Where readers' programs fetch pictures from: an address, or the word "images"."""

    __slots__ = ()
    BESIDE: ClassVar = "images"

    @classmethod
    def parse(cls, text: str) -> "ImagesAddress":
        """Raises Faults for anything else."""
        typed = text.strip().rstrip("/")
        if typed == cls.BESIDE:
            return cls(typed)
        try:
            url = ImageSource.parse(typed)
        except Faults:
            url = ImageSource()
        if not url or url.is_file or "?" in url or "#" in url:
            raise Faults(
                Fault(
                    "images-url",
                    f"'{text}' is not an address for pictures",
                    "write https://... or, if the pictures go with the email, images",
                )
            )
        return cls(url)

    def of(self, name: str) -> str:
        """The address of the picture called `name`."""
        return f"{self or self.BESIDE}/{quote(name)}"


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
        if tags.LINK.fullmatch(text):
            raise Faults(
                Fault("link-target", f"'{text}' would stand for itself", "give an address here")
            )
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


class Names(str):
    """One name, or several with commas between them."""

    __slots__ = ()
    FORM: ClassVar = r"[a-z0-9_-]+( *, *[a-z0-9_-]+)*"

    @classmethod
    def parse(cls, text: str) -> "Names":
        """Raises Faults for what is no list of names."""
        typed = text.strip().lower()
        if not re.fullmatch(cls.FORM, typed):
            raise Faults(
                Fault("names", f"'{text}' is not a name", "write mailchimp, or mailchimp, brevo")
            )
        return cls(typed)

    @property
    def each(self) -> tuple[str, ...]:
        """The names, each once."""
        return tuple(dict.fromkeys(re.split(" *, *", self)))


class Count(int):
    """A whole number."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> "Count":
        """Raises Faults for anything but digits."""
        if not re.fullmatch(r"\d{1,9}", text):
            raise Faults(Fault("number", f"'{text}' is not a whole number", "write 587, say"))
        return cls(text)


class Pixels(str):
    """A length in whole pixels, without "px"."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> "Pixels":
        """Raises Faults for anything but one to three digits."""
        if not re.fullmatch(r"\d{1,3}", text):
            raise Faults(Fault("pixels", f"'{text}' is not a number of pixels", "write 16, say"))
        return cls(text)
