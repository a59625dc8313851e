"""Texts of a column that differ only in form: case, blanks, punctuation, accents, or one letter.

One letter is told only where one of the two is rare beside the other, as a slip of the pen is, and
where the digits are the same: ``Väg 12`` is not ``Väg 13``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

DIFFERENT = 20_000  # texts of a column, at most
LONGEST = 80  # letters of a text
SHORTEST, WORD = 8, 4  # letters, of texts that differ by one, and of the word that does
COMMON, RARE = 5, 0.2  # rows of the common one, at least; of them the rare one has at most
SWEDISH = str.maketrans("åäö", "\ue000\ue001\ue002")
BACK = str.maketrans("\ue000\ue001\ue002", "åäö")
FORMS = ("case", "blanks", "punctuation", "accents")


def _blanks(text: str) -> str:
    return re.sub(r"\s+", "", text.casefold())


def _signs(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _letters(text: str) -> str:
    """Without accents; å, ä and ö are letters of their own."""
    kept = unicodedata.normalize("NFC", _signs(text)).translate(SWEDISH)
    plain = unicodedata.normalize("NFD", kept)
    return "".join(one for one in plain if not unicodedata.combining(one)).translate(BACK)


NORMAL = (str.casefold, _blanks, _signs, _letters)


def kind(texts: list[str]) -> str:
    """What the texts differ in, at most, of ``FORMS``; they are alike by the last.

    >>> kind(["Atea Sverige AB", "ATEA SVERIGE AB."]), kind(["Café Ö", "Cafe Ö"])
    ('punctuation', 'accents')
    """
    return next(
        name for name, form in zip(FORMS, NORMAL, strict=True) if len({form(t) for t in texts}) == 1
    )


def in_form(counts: Mapping[str, int]) -> list[list[str]]:
    """Groups of texts that are the same but for their form, the commonest of each first."""
    alike = defaultdict(list)
    for text in counts:
        if len(text) <= LONGEST and (plain := _letters(text)):
            # signs alone tell numbers apart: 1-2 is not 12, nor -5 5
            alike[plain if re.search(r"[^\W\d_]", plain) else text].append(text)
    return [
        sorted(texts, key=lambda text: (-counts[text], text))
        for texts in alike.values()
        if len(texts) > 1 and _numbers_alike(texts)
    ]


def _numbers_alike(texts: list[str]) -> bool:
    """``Hus 1-2`` is not ``Hus 12``."""
    return len({tuple(re.findall(r"\d+", text)) for text in texts}) == 1


def _without_one(text: str) -> set[str]:
    return {text, *(text[:i] + text[i + 1 :] for i in range(len(text)))}


def is_one_edit(a: str, b: str) -> bool:
    """One letter more, less, another, or two that have changed places.

    >>> is_one_edit("parken", "praken"), is_one_edit("parken", "park")
    (True, False)
    """
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if start is None:
        return True
    left, right = a[start:], b[start:]
    swapped = left[:2] == right[1::-1] if len(left) > 1 and len(right) > 1 else False
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (swapped and left[2:] == right[2:])
    )


def by_one_letter(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Pairs (common, rare) that differ by one edit of letters alone."""
    near: dict[str, list[str]] = defaultdict(list)
    most = RARE * max(counts.values(), default=0)
    if min(counts.values(), default=0) > most:
        return []
    for text, count in counts.items():
        if SHORTEST <= len(text) <= LONGEST and (count >= COMMON or count <= most):
            for part in _without_one(text.casefold()):
                near[part].append(text)
    pairs = set()
    for texts in near.values():
        common = [text for text in texts if counts[text] >= COMMON]
        for one in common:
            pairs |= {
                (one, rare)
                for rare in texts
                if counts[rare] <= RARE * counts[one] and _slip(one, rare)
            }
    return sorted(pairs, key=lambda pair: (-counts[pair[0]], pair))


def _slip(common: str, rare: str) -> bool:
    a, b = common.casefold(), rare.casefold()
    return (
        re.findall(r"\d+", a) == re.findall(r"\d+", b)
        and _letters(a) != _letters(b)
        and is_one_edit(a, b)
        and _in_a_word(a.split(), b.split())
    )


def _in_a_word(a: list[str], b: list[str]) -> bool:
    """Within one word of some length, not at its beginning: ``1 W. Street`` is not ``1 E. Street``,
    nor ``Norra`` ``Torra``."""
    other = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return (
        len(a) == len(b)
        and len(other) == 1
        and min(map(len, other[0])) >= WORD
        and other[0][0][0] == other[0][1][0]
    )


def found(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """``{"kind", "texts": [{"text", "count"}]}`` of a column's texts with their counts, in rows the
    largest first; ``kind``: one of ``FORMS``, or ``letter``."""
    if len(counts) > DIFFERENT:
        return []
    groups = [(kind(texts), texts) for texts in in_form(counts)]
    groups += [("letter", list(pair)) for pair in by_one_letter(counts)]
    groups.sort(key=lambda group: -sum(counts[text] for text in group[1]))
    return [
        {"kind": name, "texts": [{"text": text, "count": counts[text]} for text in texts]}
        for name, texts in groups
    ]
