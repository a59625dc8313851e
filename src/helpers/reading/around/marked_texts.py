"""Markup is text under the names of its elements and attributes: all of it is given, and nothing in
it is followed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_ENDS = {"<!--": "-->", "<![CDATA[": "]]>"}
_QUOTED = re.compile(r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>")
_PLAIN = re.compile(r"[^<>]*>?")
_NAME = re.compile(r"[^\s<>/!?\"'][^\s<>/]*")
# begins where a name can begin, or a long word would be tried from each of its letters
_ATTRIBUTE = re.compile(
    r"(?<![^\s/\"'])([^\s=/\"']++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++))"
)
LONGEST = 1 << 16  # letters of a tag in which quotes are heeded
FAILURES = 1000  # so many tags that never end: from there on no quotes are heeded


def labelled(text: str) -> Iterator[tuple[str, str]]:
    """What stands in the text of a document in XML or HTML, each piece with the name of its element
    or attribute, '' for a comment. Takes time in proportion to its length.

    >>> list(labelled('<a:b c="1&#45;2">Fatima<br/> x</a:b><!-- y -->'))
    [('c', '1-2'), ('b', 'Fatima'), ('br', ' x'), ('', ' y ')]
    """
    element, at, failures = "", 0, 0
    while at < len(text):
        start = text.find("<", at)
        start = len(text) if start < 0 else start
        if text[at:start].strip():
            yield element, html.unescape(text[at:start])
        begun = next((begun for begun in _ENDS if text.startswith(begun, start)), None)
        if begun is not None:
            end = text.find(_ENDS[begun], start)
            end = len(text) if end < 0 else end
            yield "" if begun == "<!--" else element, text[start + len(begun) : end]
            at = end + 3
            continue
        quoted = None
        if failures < FAILURES:
            quoted = _QUOTED.match(text, start + 1, start + 1 + LONGEST)
            failures += quoted is None
        tag = quoted or _PLAIN.match(text, start + 1)
        assert tag is not None  # it may be empty
        name = _NAME.match(tag[0])
        if name is not None:
            element = _local(name[0])
            yield from _attributes(element, tag[0][name.end() :])
        elif not tag[0].startswith("/") or " " in tag[0].strip("> "):
            yield "", tag[0]  # an instruction, a type of document
        at = max(start + 1, tag.end())


def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1].rstrip(">")


def _attributes(element: str, rest: str) -> Iterator[tuple[str, str]]:
    for name, *values in _ATTRIBUTE.findall(rest):
        yield _local(name), html.unescape("".join(values))
    left = _ATTRIBUTE.sub("", rest).strip(" \t\r\n/>")
    if left:
        yield element, html.unescape(left)
