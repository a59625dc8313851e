"""A pattern as DuckDB reads it (RE2), written for another engine so that it finds the same.

RE2's ``\\d``, ``\\s``, ``\\w`` and ``\\b`` are of ASCII, its full stop is all but a new line, its
``$`` the end and nothing before it, and capitals are told from small letters, or not, in all of
Unicode. Java 17 differs in ``$``, ``.``, ``\\b`` and in what is nested in brackets; PostgreSQL
(ARE) in all of them, and its letters depend on the database's collation. Both are therefore written
out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from helpers.checking.engines.untranslated import Untranslated

FLAGS = re.compile(r"\(\?([a-z]+)\)")
SCOPED = re.compile(r"\(\?([a-z]+):")  # flags of a group alone
ESCAPE = re.compile(r"\\(?:[pP]\{\w+\}|x\{[0-9A-Fa-f]+\}|.)", re.S)
LETTER = r"\p{L}"
ESCAPED_OR_PLAIN = re.compile(f"{ESCAPE.pattern}|.", re.S)
OTHER_DIGITS = r"[^\P{Nd}0-9]"  # of other scripts
LETTERS = "A-Za-z\u00aa-\U0003134f"  # all of Unicode's and more
SETS = {"d": "0-9", "w": "0-9A-Za-z_", "s": r" \t\n\f\r"}
WORD = SETS["w"]
BOUNDARY = f"(?:(?<![{WORD}])(?=[{WORD}])|(?<=[{WORD}])(?![{WORD}]))"
ENDS = {"java": r"\z", "are": "$"}
QUANTIFIED = re.compile(r"[*+?]|\{\d*,?\d*\}")


def _parts(pattern: str) -> Iterator[str]:
    """An escape, a bracket's content with its brackets, the opening of a group, or one letter."""
    at = 0
    while at < len(pattern):
        if escape := ESCAPE.match(pattern, at):
            size = len(escape[0])
        elif pattern[at] == "[":
            size = _bracket(pattern, at)
        elif given := FLAGS.match(pattern, at) or SCOPED.match(pattern, at):
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


def _inside(content: str, flavour: str, *, folded: bool, more: bool) -> str:
    """What stands in brackets, with them; ``folded``: in capitals and small letters."""
    negated, rest = ("^", content[1:]) if content.startswith("^") else ("", content)
    kept, turned = [], []
    for part in ESCAPED_OR_PLAIN.findall(rest):
        if part == LETTER and not negated:
            kept.append(_letters(flavour, more=more))
        elif part[0] == "\\" and part[1] in "DSWpPbB":
            raise Untranslated("pattern")
        elif part[0] == "\\":
            kept.append(SETS.get(part[1]) or _sign(part))
        elif part == "[" or (part == "&" and flavour == "java"):
            kept.append("\\" + part)
        else:
            kept.append(part)
            turned.append(part.swapcase() if len(part.swapcase()) == 1 else part)
    other = "".join(turned) if folded and any(map(str.isalpha, turned)) else ""
    return f"[{negated}{''.join(kept)}{_without_hyphens(other)}]"


def _sign(escape: str) -> str:
    """The sign that an escape's number stands for, or the escape as it is."""
    return chr(int(escape[3:-1], 16)) if escape.startswith("\\x{") else escape


def _letters(flavour: str, *, more: bool) -> str:
    """Unicode's letters, as they stand in brackets; PostgreSQL's depend on the collation, so that
    only ``more`` than them can be said there."""
    if flavour == "are" and not more:
        raise Untranslated("pattern")
    return LETTER if flavour == "java" else LETTERS


@cache
def _other_digits() -> str:
    """The digits of all scripts but our own, in brackets."""
    ours = range(0xAA, 0x1FBFA)
    return f"[{''.join(chr(code) for code in ours if unicodedata.category(chr(code)) == 'Nd')}]"


def _without_hyphens(letters: str) -> str:
    """A hyphen at either end is one; between two letters it is a range, and stays."""
    return letters.strip("-")


def _escaped(part: str, flavour: str, *, more: bool) -> str:
    letter = part[1:]
    if letter.lower() in SETS:
        negated = "^" if letter.isupper() else ""
        return f"[{negated}{SETS[letter.lower()]}]"
    if part == LETTER:
        return f"[{_letters(flavour, more=more)}]"
    if letter == "b":
        return "" if more else BOUNDARY
    if letter == "z":
        return ENDS[flavour]
    if part.startswith("\\x{"):
        return _sign(part)
    if letter[0].isalnum() and letter not in "nrtf":
        raise Untranslated("pattern")
    return part


def _plain(part: str, flavour: str, flags: set[str]) -> str:
    if part == ".":
        return r"[\s\S]" if "s" in flags else r"[^\n]"
    if part == "$":
        return ENDS[flavour]
    return _both_cases(part) if "i" in flags else part


def _one(part: str, flavour: str, flags: set[str], *, more: bool) -> str:
    """A part that is no opening of a group with flags."""
    if part == OTHER_DIGITS and more:
        return part if flavour == "java" else _other_digits()
    if part[0] == "\\":
        return _escaped(part, flavour, more=more)
    if part[0] == "[":
        return _inside(part[1:-1], flavour, folded="i" in flags, more=more)
    return _plain(part, flavour, flags) if len(part) == 1 else part


def written(pattern: str, flavour: str, *, whole: bool = False, more: bool = False) -> str:
    """The pattern for Java or PostgreSQL (``are``); ``whole``: from the text's beginning to its
    end; ``more``: it may find more texts than the pattern does, as a sieve may.

    Raises ``Untranslated`` for what the flavour cannot say, or says otherwise.
    """
    flags: list[set[str]] = [set()]  # of each group around
    found: list[str] = []
    for part in _parts(pattern):
        given = FLAGS.fullmatch(part) or SCOPED.fullmatch(part)
        if given and (set(given[1]) - {"i", "s"} or (len(flags) > 1 and part[-1] == ")")):
            raise Untranslated("pattern")
        if given and part[-1] == ")":
            flags[-1] |= set(given[1])
        elif given:
            flags.append(flags[-1] | set(given[1]))
            found.append("(?:")
        elif part.startswith("(?") and part != "(?:":
            raise Untranslated("pattern")
        elif flavour == "are" and part == "?" and found and QUANTIFIED.fullmatch(found[-1]):
            raise Untranslated("pattern")  # the first quantifier decides for all of them
        else:
            found.append(_one(part, flavour, flags[-1], more=more))
            if part[0] == "(":
                flags.append(set(flags[-1]))
            elif part == ")":
                flags.pop()
    body = "".join(found)
    return f"^(?:{body}){ENDS[flavour]}" if whole else body


def of_any_digits(pattern: str) -> str:
    """The pattern with any digit wherever it asks for one: it finds all that the pattern finds, and
    the same in texts that differ in their digits alone.

    >>> of_any_digits("^V07[1-3]{2}x")
    '^V[0-9][0-9](?:[0-9]|[1-3]){2}x'
    """
    found, at = [], 0
    while at < len(pattern):
        part = next(_parts(pattern[at:]))
        if part == "{" and (times := QUANTIFIED.match(pattern, at)):
            part = times[0]
        at += len(part)
        found.append(_of_any_digit(part))
    return "".join(found)


def _of_any_digit(part: str) -> str:
    if part.isdecimal() or (part.startswith("\\x{") and _sign(part).isdecimal()):
        return "[0-9]"
    if not part.startswith("[") or part == OTHER_DIGITS:
        return part
    plain = "".join("A" if one == LETTER else _sign(one) for one in ESCAPED_OR_PLAIN.findall(part))
    digits = len(re.findall(plain, "0123456789"))
    return f"(?:[0-9]|{part})" if 0 < digits < 10 else part


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
