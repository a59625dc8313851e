"""The tags, texts and comments of XML or HTML one after another, as they are written; none need end
or belong to another."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Elements of HTML that nothing stands in, so that nothing ends them.
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
LONGEST = 1 << 16  # letters of a tag in which quotes are heeded
FAILURES = 1000  # so many tags that never end: from there on no quotes are heeded
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>"}
_QUOTED = re.compile(r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>")
_PLAIN = re.compile(r"[^<>]*>?")
_NAME = re.compile(r"[^\s<>/!?\"'][^\s<>/]*")
# begins where a name can begin, or a long word would be tried from each of its letters
_ATTRIBUTE = re.compile(
    r"(?<![^\s/\"'])([^\s=/\"']++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++))"
)


@dataclass(slots=True)
class Token:
    """``kind``: start | end | text | #comment | #instruction. ``text``: an element's name, or what
    stands there. ``empty``: an element that ends where it starts."""

    kind: str
    text: str
    attributes: dict[str, str] = field(default_factory=dict)
    empty: bool = False


def tokens(text: str) -> Iterator[Token]:
    """Takes time in proportion to the length of the text.

    >>> [(token.kind, token.text) for token in tokens("<k>&Aring;sa<!-- y --></k><?x 1?>")]
    [('start', 'k'), ('text', 'Åsa'), ('#comment', ' y '), ('end', 'k'), ('#instruction', '?x 1?')]
    """
    at, failures = 0, 0
    while at < len(text):
        start = text.find("<", at)
        start = len(text) if start < 0 else start
        if start > at:
            yield Token("text", html.unescape(text[at:start]))
        begun = next((begun for begun in _ENDS if text.startswith(begun, start)), None)
        if begun is not None:
            end = text.find(_ENDS[begun], start)
            end = len(text) if end < 0 else end
            yield Token("#comment" if begun == "<!--" else "text", text[start + len(begun) : end])
            at = end + 3
            continue
        quoted = None
        if failures < FAILURES:
            quoted = _QUOTED.match(text, start + 1, start + 1 + LONGEST)
            failures += quoted is None
        tag = quoted or _PLAIN.match(text, start + 1)
        assert tag is not None  # it may be empty
        yield from _of_tag(tag[0].removesuffix(">"))
        at = max(start + 1, tag.end())


def _of_tag(tag: str) -> Iterator[Token]:
    """What stands between the brackets."""
    name = _NAME.match(tag)
    if name is not None:
        rest = tag[name.end() :]
        attributes = _attributes(rest) if rest else {}
        yield Token("start", name[0], attributes, rest.endswith("/"))
        left = rest and _ATTRIBUTE.sub("", rest).strip(" \t\r\n/")
        if left:
            yield Token("#instruction", html.unescape(left))
    elif tag.startswith("/") and " " not in tag.strip():
        yield Token("end", tag[1:].strip())
    elif tag.strip():
        yield Token("#instruction", tag)


def _attributes(rest: str) -> dict[str, str]:
    """The attributes of a tag; one that comes again has both values."""
    given: dict[str, str] = {}
    for key, *values in _ATTRIBUTE.findall(rest):
        value = html.unescape("".join(values))
        given[key] = f"{given[key]} ; {value}" if key in given else value
    return given
