"""A language is not written as a tag.

Screen readers, hyphenation and the labels of the email go by short tags that all programs know: en,
en-GB, cy, fr. The name of a language in words tells them nothing.

To mend it, write the tag: two letters, perhaps a hyphen and a country.

Source: https://www.rfc-editor.org/rfc/rfc5646

Bad:

    language: English (UK)

Good:

    language: en-GB
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
