"""The title inside the email is missing, or far longer than the subject.

Mail programs show it in the tab of the browser, and screen readers read it first. SpamAssassin
gives two of the five points that make an email spam to one with a title of more than three and a
half times the length of the subject (HTML_TITLE_SUBJ_DIFF).

To mend it, write `<mj-title>{{ subject }}</mj-title>` in the head of your template, or a longer
subject.

Source: https://github.com/apache/spamassassin/blob/trunk/rules/20_html_tests.cf
    https://www.w3.org/WAI/WCAG22/Understanding/page-titled.html

Bad:

    templates/parts/email.mjml: |
      <mjml lang="{{ issue.language }}" dir="{{ issue.language.direction }}"><mj-head>
      <mj-title>{{ subject }}, which is sent to you by {{ settings.sender }}, at
      {{ settings.address }}, and to all who work with children in the county</mj-title>
      </mj-head><mj-body>
      <mj-raw><div style="display:none">{{ preheader }}</div></mj-raw>
      <mj-section><mj-column><mj-text><h1>{{ issue.title }}</h1></mj-text></mj-column></mj-section>
      <mj-section><mj-column>{% block content %}{% endblock %}</mj-column></mj-section>
      {% include "parts/footer.mjml" %}
      </mj-body></mjml>

Good:

    templates/parts/email.mjml: |
      <mjml lang="{{ issue.language }}" dir="{{ issue.language.direction }}"><mj-head>
      <mj-title>{{ subject }}</mj-title></mj-head><mj-body>
      <mj-raw><div style="display:none">{{ preheader }}</div></mj-raw>
      <mj-section><mj-column><mj-text><h1>{{ issue.title }}</h1></mj-text></mj-column></mj-section>
      <mj-section><mj-column>{% block content %}{% endblock %}</mj-column></mj-section>
      {% include "parts/footer.mjml" %}
      </mj-body></mjml>
"""

from collections.abc import Iterator

from newsletter.problems import Level, shortened
from newsletter.proof import Built, Finding

LEVEL = Level.WARNING

_HINT = "write <mj-title>{{ subject }}</mj-title> in the head of templates/parts/email.mjml"


def check_email(built: Built) -> Iterator[Finding]:
    found = built.page.root.find("head/title")
    title = " ".join((found.text or "").split()) if found is not None else ""
    subject = built.subject
    if not title:
        yield Finding("the email has no title", None, _HINT)
    elif len(title) * 2 > len(subject) * 7:
        yield Finding(
            f"the title inside the email, '{shortened(title)}', is more than three and a half "
            "times as long as the subject",
            None,
            _HINT,
        )
