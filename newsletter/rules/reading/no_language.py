"""The labels of the email are not there in the language of the issue.

Words such as "Source", "Unsubscribe" and "In this issue" come from a file of the language. Without
one they are English, between words in another language.

To mend it, take a language that the hint lists, or have templates/languages/en.yaml translated
under the new tag: templates/languages/it.yaml.

Bad:

    language: it

Good:

    language: en
"""

from newsletter.problems import Level

LEVEL = Level.WARNING
