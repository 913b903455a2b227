"""A link in the email has no words, and no picture that says where it leads.

Screen readers then read its address aloud, letter by letter. A picture that is a link needs an alt
text that names the page.

To mend it, put words into the link in your template, or give the picture in it an `alt`.

Source: https://www.w3.org/WAI/WCAG22/Understanding/link-purpose-in-context.html

Bad:

    templates/parts/masthead.mjml: |
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      <p><a href="https://example.org/"><img src="https://example.org/home.gif" alt=""
      width="200" height="50"/></a></p></mj-text></mj-column></mj-section>

Good:

    templates/parts/masthead.mjml: |
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      <p><a href="https://example.org/"><img src="https://example.org/home.gif"
      alt="Example Trust" width="200" height="50"/></a></p></mj-text></mj-column></mj-section>
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding

LEVEL = Level.ERROR


def check_email(built: Built) -> Iterator[Finding]:
    page = built.page
    for link in page.named("a"):
        address = link.get("href")
        if (
            address is None
            or link not in page.looks
            or (link.text or "").strip()
            or page.looks[link].hidden
        ):
            continue
        names = [link.get("aria-label") or "", link.get("title") or ""]
        if not link.text_content().strip() and not "".join(names).strip():
            pictures = list(link.iter("img"))
            if not any((image.get("alt") or "").strip() for image in pictures):
                what = "picture that is a link" if pictures else "link"
                lacks = "alt text" if pictures else "words"
                yield Finding(
                    f"a {what} to '{address}' has no {lacks}",
                    None,
                    "say in the template where it leads",
                )
