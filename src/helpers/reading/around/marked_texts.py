"""Markup is text under the names of its elements and attributes: all of it is given, and nothing in
it is followed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"<!--(?P<comment>.*?)-->|<!\[CDATA\[(?P<data>.*?)\]\]>"
    r"|<(?P<name>[^\s<>/!?][^\s<>/]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>"
    r"|<(?P<other>[^<>]*)>?|(?P<text>[^<]+)",
    re.S,
)
_ATTRIBUTE = re.compile(r"([^\s=/\"']+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LOCAL = re.compile(r"[^:]*:")


def labelled(text: str) -> Iterator[tuple[str, str]]:
    """What stands in the text of a document in XML or HTML, each piece with the name of its element
    or attribute, '' for a comment.

    >>> list(labelled('<a:b c="1&#45;2">Fatima<br/> x</a:b><!-- y -->'))
    [('c', '1-2'), ('b', 'Fatima'), ('br', ' x'), ('', ' y ')]
    """
    element = ""
    for token in _TOKEN.finditer(text):
        if token["name"] is not None:
            element = _LOCAL.sub("", token["name"])
            rest = token["attributes"]
            for name, *values in _ATTRIBUTE.findall(rest):
                yield _LOCAL.sub("", name), html.unescape("".join(values))
            left = _ATTRIBUTE.sub("", rest).strip(" \t\r\n/")
            if left:
                yield element, html.unescape(left)
        elif token["comment"] is not None:
            yield "", token["comment"]
        elif token["data"] is not None:
            yield element, token["data"]
        elif token["other"] is not None:
            if not token["other"].startswith("/"):
                yield "", token["other"]  # an instruction, a type of document
            elif " " in token["other"].strip():
                yield element, token["other"]
        elif token["text"].strip():
            yield element, html.unescape(token["text"])
