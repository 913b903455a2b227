r"""An invisible control character stands in the issue.

Such characters come in with text from PDFs and from web pages that were saved in the wrong
encoding. No mail program can show them, and one between U+0080 and U+009F has Gmail cut off an
email of any size.

To mend it, delete the character where it is told, or type the words around it again.

Source: https://github.com/hteumeuleu/email-bugs/issues/41

Bad:

    issues/2024-05.yaml: |
      title: Safeguarding Monthly
      date: 2024-05
      subject: "Safeguarding Monthly: new figures on neglect"
      preheader: "A report on neglect, a survey of foster carers and a new helpline"
      entries:
        - "The trust has published [its report on the state\u0092s care](https://example.org/a)."

Good:

    issues/2024-05.yaml: |
      title: Safeguarding Monthly
      date: 2024-05
      subject: "Safeguarding Monthly: new figures on neglect"
      preheader: "A report on neglect, a survey of foster carers and a new helpline"
      entries:
        - "The trust has published [its report on the state’s care](https://example.org/a)."
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
