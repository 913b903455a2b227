"""The email uses something that a mail program of your readers does not support.

A reader sees the result: columns that stand one below the other, words without their ground, a
picture that is not there. Mail programs differ much more than browsers; what each supports is
tested by Can I email, whose data is asked here.

To mend it, have whoever designed your layout or theme change it as the hint says; nothing in an
issue can cause it. What has been looked at and accepted goes into `allow`.

Options:
    clients: the mail programs that your readers have, in the words of Can I email: gmail.ios,
        outlook.windows; patterns, too: "outlook.*", "*.android"
    allow: what is accepted, by the last word of its page on caniemail.com: css-float
    cosmetic: on tells also what only makes the email plainer, such as square corners
    partial: on tells also what is supported in part, with what is known about that

Source: https://www.caniemail.com/
    https://www.hteumeuleu.com/2020/outlook-rendering-engine

Bad:

    templates/themes/ours.yaml: |
      extends: plain
      description: Our colours
    templates/themes/ours.css: |
      h2.section { display: flex }
    newsletter.yaml:
      theme: ours

Good:

    templates/themes/ours.yaml: |
      extends: plain
      description: Our colours
    templates/themes/ours.css: |
      h2.section { border-radius: 4px }
      @media (max-width: 480px) { h2.section { display: flex } }
    newsletter.yaml:
      theme: ours
"""

from collections.abc import Iterator

from newsletter.problems import Level, did_you_mean, shortened
from newsletter.proof import Built, Finding, Place
from newsletter.rules.clients._data import chosen, features, named
from newsletter.rules.clients._losses import Loss, losses

LEVEL = Level.WARNING

CLIENTS = (
    "outlook.windows",
    "outlook.outlook-com",
    "outlook.macos",
    "outlook.ios",
    "outlook.android",
    "gmail.desktop-webmail",
    "gmail.ios",
    "gmail.android",
    "apple-mail.*",
    "yahoo.*",
    "samsung-email.android",
    "thunderbird.macos",
)
"""What readers of charities and public bodies in the United Kingdom read with."""

# What must not be in an email at all: active-content and remote-font tell it.
_REFUSED = frozenset(
    {
        "css-at-font-face", "css-at-import", "html-base", "html-button-reset", "html-button-submit",
        "html-dialog", "html-form", "html-input-checkbox", "html-input-radio", "html-input-reset",
        "html-input-submit", "html-input-text", "html-link", "html-object", "html-select",
        "html-textarea",
    }
)  # fmt: skip


def check_email(
    built: Built,
    *,
    clients: tuple[str, ...] = CLIENTS,
    allow: tuple[str, ...] = (),
    cosmetic: str = "off",
    partial: str = "off",
) -> Iterator[Finding]:
    choice = chosen(clients)
    for at, near in choice.unknown:
        yield _unknown(built, "clients", at, f"no mail program is called '{clients[at]}'", near)
    for at, slug in enumerate(allow):
        if slug not in features():
            near = did_you_mean(slug, list(features()))
            yield _unknown(built, "allow", at, f"Can I email has no '{slug}'", near)
    for loss in losses(built.page, choice.names, cosmetic == "on", partial == "on"):
        if loss.feature.slug in _REFUSED.union(allow) or _is_of_issue(loss, built):
            continue
        yield _finding(loss, choice.names)


def _is_of_issue(loss: Loss, built: Built) -> bool:
    """Whether it is a picture of the issue whose format the reader has refused."""
    own = {str(image.src) for _, image in built.proof.images}
    return loss.feature.slug.startswith("image-") and all(
        use.element is not None and use.element.get("src") in own for use in loss.uses
    )


def _unknown(built: Built, option: str, at: int, message: str, near: str) -> Finding:
    own = built.proof.issue.settings
    by_issue = own is not None and "client-support" in own.rules
    steps = ("rules", "client-support", option, at)
    known = "gmail.ios, outlook.*" if option == "clients" else "css-float, html-video"
    return Finding(
        message + (f" (did you mean '{near}'?)" if near else ""),
        Place(("settings", *steps)) if by_issue else Place(steps, settings=True),
        f"take the names from https://www.caniemail.com/: {known}",
    )


def _finding(loss: Loss, among: tuple[str, ...]) -> Finding:
    first = loss.uses[0]
    shown = shortened(first.said.shown, _LONG)
    places = list(dict.fromkeys(use.where for use in loss.uses if use.where))
    about = [f"{len(loss.uses)} times"] if len(loss.uses) > 1 else []
    about += [f"on {_listed(places)}"] if places else []
    found = f"'{shown}' ({', '.join(about)})" if about else f"'{shown}'"
    does = "works only in part in" if loss.partly else "does not work in"
    return Finding(
        f"{found} {does} {named(loss.clients, among)}: {loss.sees}",
        None,
        "; ".join(
            filter(None, (loss.instead, f"{loss.feature.url}, tested {loss.feature.tested}"))
        ),
    )


_LONG = 60


def _listed(places: list[str]) -> str:
    return ", ".join(places[:3]) + (" and others" if len(places) > 3 else "")
