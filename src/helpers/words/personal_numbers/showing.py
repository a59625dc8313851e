"""A number is shown as its shape, never as its digits."""

from __future__ import annotations

import re

from helpers.words.personal_numbers.finding import find
from helpers.words.personal_numbers.unfolding import unfold

_POWER = re.compile(r"[0-9][eE]\+?[0-9]")
_DECIMALS = re.compile(r"[.,]00?\Z")
_VAT = re.compile(r"SE[ -]?(?=[0-9])", re.I)


def shape(number: str) -> str:
    """How a number is shown: ``ÅÅMMDD-XXXX``, with as many digits and the separators that stand
    there, codes as what they stand for.

    >>> shape("19121212-1212"), shape("1212121212"), shape("1,91212E+11")
    ('ÅÅÅÅMMDD-XXXX', 'ÅÅMMDDXXXX', 'ÅÅÅÅMMDDXXXX')
    >>> shape("121212&#45;1212"), shape("121212-T121"), shape("507099805")
    ('ÅÅMMDD-XXXX', 'ÅÅMMDD-XXXX', 'ÅMMDDXXXX')
    """
    plain = unfold(number)[0]
    plain = number if len(plain) == len(number) else plain  # its own dash, where no code stands
    if _POWER.search(plain):
        return "ÅÅÅÅMMDDXXXX"
    vat = _VAT.match(plain)
    before = vat.group() if vat else ""
    rest = plain[len(before) :]
    many = 10 if vat else sum(map(str.isalnum, _DECIMALS.sub("", rest)))
    written = iter("ÅÅÅÅMMDDXXXX" if many >= 12 else "ÅÅMMDDXXXX"[max(0, 10 - many) :])
    return before + "".join(next(written, "X") if one.isalnum() else one for one in rest)


def certain(text: str) -> bool:
    """True where a number that ``hide`` hides is spelled as nothing else is.

    >>> certain("fil 121212-1212"), certain("fil_121212_1212"), certain("fil")
    (True, False, False)
    """
    return any(
        number.shown_as_shape and not number.weak and number.form != "letter"
        for number in find(text)
    )


def hide(text: str) -> str:
    """``text`` with every number shown as its shape: separated ones always, others where the check
    digit is right.

    >>> hide("Faktura avser 121212-1212."), hide("pnr1212121212 och 12 1212 12 12")
    ('Faktura avser ÅÅMMDD-XXXX.', 'pnrÅÅMMDDXXXX och ÅÅ MMDD XX XX')
    """
    parts, end = [], 0
    for number in find(text):
        if number.shown_as_shape:
            parts += [text[end : number.start], shape(text[number.start : number.end])]
            end = number.end
    return "".join([*parts, text[end:]])
