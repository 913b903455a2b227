"""A text in, the value that says it in YAML out: as a person would type it, on one line."""

import re
from functools import lru_cache

from newsletter.source import CONTROL, parse

# What means itself in YAML beyond doubt, so that it need not be read back: addresses, and several
# words without a sign that could be one of YAML's.
_SAFE = re.compile(r"https?://[\w./?=&%~+-]+|[A-Za-z]\w* [\w ,.;()/’“”‘–-]*[\w.)’”]", re.ASCII)


@lru_cache(maxsize=4096)  # publishers, labels and days stand in many entries
def value(text: str) -> str:
    """`text` as a YAML value on one line, in quotation marks only where it needs them."""
    text = " ".join(CONTROL.sub("", text).split())
    if _SAFE.fullmatch(text):
        return text
    read = parse(f"key: {text}\n", "")
    if text and read.data == {"key": text} and not read.problems:
        return text
    if "\\" not in text and '"' not in text and "'" in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
