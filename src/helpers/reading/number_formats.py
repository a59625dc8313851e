"""A spreadsheet's number format says more than how a number looks: a percentage is a hundredth, and
zeros before a code are part of it.

Source: ECMA-376 part 1, 18.8.30 and 18.8.31 (numFmt, numFmts); [MS-XLS] 2.4.126 (Format).
"""

from __future__ import annotations

import re

PERCENT = "%"
DURATION = "duration"
BUILT_IN = {9: PERCENT, 10: PERCENT}  # 0% and 0.00%, which no workbook declares
_PARTS = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|(.)', re.S)
_MASK = re.compile("00[0 \u00a0-]*")
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?)?")


def meaning(code: str) -> str:
    """``%`` of a percentage, the mask of a number whose leading zeros are shown, '' of all others.

    >>> meaning("0.0%"), meaning("0000"), meaning('000" "00'), meaning("#,##0.00")
    ('%', '0000', '000 00', '')
    """
    mask, percent = "", False
    for quoted, escaped, plain in _PARTS.findall(code):
        if plain == ";":  # what follows is for negative numbers
            break
        percent |= plain == PERCENT
        mask += quoted or escaped or plain
    if percent:
        return PERCENT
    return mask if _MASK.fullmatch(mask) else ""


def masked(number: float, mask: str) -> str | None:
    """The digits as the mask shows them; None where it shows something else than a whole number.

    >>> masked(181, "0000"), masked(12346, "000 00"), masked(12345, "0000"), masked(1.5, "0000")
    ('0181', '123 46', '12345', None)
    """
    if number < 0 or not float(number).is_integer():
        return None
    zeros = mask.count("0")
    digits = str(int(number)).zfill(zeros)
    shown = digits[: len(digits) - zeros]
    rest = iter(digits[len(digits) - zeros :])
    return shown + "".join(next(rest) if sign == "0" else sign for sign in mask)


def hours(duration: str) -> str | None:
    """An ISO 8601 duration, as ODS keeps a time, as hours, minutes and seconds; None for any other
    text.

    >>> hours("PT25H30M00S"), hours("-PT1H"), hours("text")
    ('25:30:00', '-01:00:00', None)
    """
    parts = _DURATION.fullmatch(duration)
    if parts is None or not any(parts.groups()[1:]):
        return None
    day, hour, minute, second = (int(part or 0) for part in parts.groups()[1:])
    return f"{parts[1]}{24 * day + hour:02}:{minute:02}:{second:02}"
