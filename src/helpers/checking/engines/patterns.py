"""A pattern as DuckDB reads it (RE2), written for another engine so that it finds the same.

RE2's ``\\d``, ``\\s``, ``\\w`` and ``\\b`` are of ASCII, its full stop is all but a new line, its
``$`` the end and nothing before it, and capitals are told from small letters, or not, in all of
Unicode. Java 17 differs in ``$``, ``.``, ``\\b`` and in what is nested in brackets; PostgreSQL
(ARE) in all of them, and its letters depend on the database's collation. Both are therefore written
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.checking.engines.untranslated import Untranslated

FLAGS = re.compile(r"\(\?([a-z]+)\)")
SETS = {"d": "0-9", "w": "0-9A-Za-z_", "s": r" \t\n\f\r"}
WORD = SETS["w"]
BOUNDARY = f"(?:(?<![{WORD}])(?=[{WORD}])|(?<=[{WORD}])(?![{WORD}]))"
ENDS = {"java": r"\z", "are": "$"}
QUANTIFIED = re.compile(r"[*+?]|\{\d*,?\d*\}")


def _parts(pattern: str) -> Iterator[str]:
    """An escape, a bracket's content with its brackets, the opening of a group, or one letter."""
    at = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            size = 2
        elif pattern[at] == "[":
            size = _bracket(pattern, at)
        elif given := FLAGS.match(pattern, at):
            size = len(given[0])
        elif pattern.startswith("(?", at):
            size = 3
        else:
            size = 1
        yield pattern[at : at + size]
        at += size


def _bracket(pattern: str, start: int) -> int:
    at = start + (2 if pattern.startswith("[^", start) else 1)
    first = at
    while at < len(pattern) and (pattern[at] != "]" or at == first):
        at += 2 if pattern[at] == "\\" else 1
    if at >= len(pattern) or "[:" in pattern[first:at]:
        raise Untranslated("pattern")
    return at + 1 - start


def _both_cases(letter: str) -> str:
    other = letter.swapcase()
    return f"[{letter}{other}]" if len(other) == 1 and other != letter else letter


def _inside(content: str, flavour: str, *, folded: bool) -> str:
    """What stands in brackets, with them; ``folded``: in capitals and small letters."""
    negated, rest = ("^", content[1:]) if content.startswith("^") else ("", content)
    kept, turned = [], []
    for part in re.findall(r"\\.|.", rest, re.S):
        if part[0] == "\\" and part[1] in "DSWpPbB":
            raise Untranslated("pattern")
        if part[0] == "\\":
            kept.append(SETS.get(part[1], part))
        elif part == "[" or (part == "&" and flavour == "java"):
            kept.append("\\" + part)
        else:
            kept.append(part)
            turned.append(part.swapcase() if len(part.swapcase()) == 1 else part)
    other = "".join(turned) if folded and any(map(str.isalpha, turned)) else ""
    return f"[{negated}{''.join(kept)}{_without_hyphens(other)}]"


def _without_hyphens(letters: str) -> str:
    """A hyphen at either end is one; between two letters it is a range, and stays."""
    return letters.strip("-")


def _escaped(part: str, flavour: str) -> str:
    letter = part[1:]
    if letter.lower() in SETS:
        negated = "^" if letter.isupper() else ""
        return f"[{negated}{SETS[letter.lower()]}]"
    if letter == "b":
        return BOUNDARY
    if letter == "z":
        return ENDS[flavour]
    if letter.isalnum() and letter not in "nrtf":
        raise Untranslated("pattern")
    return part


def _plain(part: str, flavour: str, flags: set[str]) -> str:
    if part == ".":
        return r"[\s\S]" if "s" in flags else r"[^\n]"
    if part == "$":
        return ENDS[flavour]
    return _both_cases(part) if "i" in flags else part


def written(pattern: str, flavour: str, *, whole: bool = False) -> str:
    """The pattern for Java or PostgreSQL (``are``); ``whole``: from the text's beginning to its
    end.

    Raises ``Untranslated`` for what the flavour cannot say, or says otherwise.
    """
    flags: set[str] = set()
    found: list[str] = []
    depth = 0
    for part in _parts(pattern):
        depth += part.startswith("(") - (part == ")")
        if given := FLAGS.fullmatch(part):
            depth -= 1
            if depth or set(given[1]) - {"i", "s"}:
                raise Untranslated("pattern")
            flags |= set(given[1])
        elif part.startswith("(?") and part != "(?:":
            raise Untranslated("pattern")
        elif flavour == "are" and part == "?" and found and QUANTIFIED.fullmatch(found[-1]):
            raise Untranslated("pattern")  # the first quantifier decides for all of them
        elif part[0] == "\\":
            found.append(_escaped(part, flavour))
        elif part[0] == "[":
            found.append(_inside(part[1:-1], flavour, folded="i" in flags))
        else:
            found.append(_plain(part, flavour, flags) if len(part) == 1 else part)
    body = "".join(found)
    return f"^(?:{body}){ENDS[flavour]}" if whole else body


def replacement(given: str, flavour: str) -> str:
    """What takes the place of what is found: ``\\1`` is Java's ``$1``."""
    if flavour == "are":
        return given.replace("&", "\\&") if "\\&" in given else given
    return re.sub(r"\\(\d)", r"$\1", given.replace("$", "\\$"))


def alternatives(pattern: str) -> Iterator[str]:
    """What stands between the bars of a pattern, outside all brackets."""
    depth, found = 0, ""
    for part in _parts(pattern):
        depth += part.startswith("(") - (part == ")")
        if part == "|" and not depth:
            yield found
            found = ""
        else:
            found += part
    yield found
