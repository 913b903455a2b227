"""Source text in, its lines in coloured pieces out: the one door of Pygments."""

from typing import Literal

from pygments import lex
from pygments.lexers.data import YamlLexer
from pygments.lexers.html import HtmlLexer
from pygments.token import Token

Language = Literal["html", "mjml", "yaml"]

_LEXERS = {"html": HtmlLexer, "mjml": HtmlLexer, "yaml": YamlLexer}

Line = list[tuple[str, str]]
"""Pieces of a line: the class of each ("" for none), and its characters."""

# What a page gives a colour; all else of Pygments' many kinds is plain.
_KINDS = {
    Token.Comment: "comment",
    Token.Comment.Preproc: "sign",
    Token.Name.Tag: "name",
    Token.Name.Attribute: "attribute",
    Token.Name.Entity: "value",
    Token.Literal.String: "value",
    Token.Literal.Scalar: "value",
    Token.Keyword: "name",
    Token.Punctuation: "sign",
}


def lines(text: str, language: Language) -> list[Line]:
    """The lines of `text`."""
    lexer = _LEXERS[language](stripnl=False, stripall=False, ensurenl=False)
    made: list[Line] = [[]]
    for kind, piece in lex(text, lexer):
        name = next((_KINDS[one] for one in reversed(kind.split()) if one in _KINDS), "")
        for number, part in enumerate(piece.split("\n")):
            if number:
                made.append([])
            if part and made[-1] and made[-1][-1][0] == name:
                made[-1][-1] = (name, made[-1][-1][1] + part)
            elif part:
                made[-1].append((name, part))
    return made
