"""Texts by key in Swedish and English; numbers and dates by locale.

One YAML file for each part, ``sv/<part>.yaml`` and ``en/<part>.yaml``; a key is
``<part>.<name>[.<name>]``. A test holds the two languages to the same keys and the same
placeholders.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from numbers import Integral
from typing import Any

from babel import dates, numbers

from helpers.words import voice
from helpers.words.files import ours, strict_yaml

LANGUAGES = ("sv", "en")


def _flatten(prefix: str, node: Any) -> dict[str, str]:
    if not isinstance(node, dict):
        return {prefix: str(node)}
    flat: dict[str, str] = {}
    for key, child in node.items():
        flat |= _flatten(prefix if key == "_" else f"{prefix}.{key}", child)
    return flat


@ours.remembered
def part(language: str, name: str) -> dict[str, str]:
    """The texts of one part by full key; none where there is no such part. ``_`` is the text of the
    key that holds it."""
    file = ours.File(f"helpers/words/messages/{language}/{name}.yaml")
    if not file.path.is_file():
        ours.use(file.path)  # that it is not there is noted too
        return {}
    return _flatten(name, strict_yaml.mapping(file.path))


def texts(language: str) -> dict[str, str]:
    """All texts of one language by full key."""
    parts = ours.Folder(f"helpers/words/messages/{language}/*.yaml").files()
    return {key: template for file in parts for key, template in part(language, file.stem).items()}


def text(key: str, language: str = "sv", *, default: str | None = None, **values: Any) -> str:
    """The text of ``key``; numbers and dates among ``values`` are written by locale. ``KeyError``
    if there is none.

    Where ``count`` is 1 the text of ``<key>.one`` is meant, if there is one.
    """
    known = part(language, key.partition(".")[0])
    template = known.get(f"{key}.one") if values.get("count") == 1 else None
    template = template or known.get(key, default)
    if template is None:
        raise KeyError(f"no text for {key!r} in {language!r}")
    return template.format(**{name: local(value, language) for name, value in values.items()})


def both(key: str, **values: Any) -> dict[str, str]:
    """``{"sv": ..., "en": ...}``: what results and findings carry."""
    return {language: text(key, language, **values) for language in LANGUAGES}


def listed(words: Sequence[str], language: str, most: int | None = None) -> str:
    """'a, b och c'; of more than ``most`` words the first ones and how many more there are. Where a
    word has an 'och' of its own: 'a och b, c samt d'."""
    if most is not None and len(words) > most:
        more = text("listing.more", language, count=len(words) - most)
        return f"{', '.join(words[:most])} {more}"
    if len(words) < 2:
        return "".join(words)
    last = text("listing.and", language, first="", last="")
    key = "listing.and_between" if any(last in word for word in words) else "listing.and"
    return text(key, language, first=", ".join(words[:-1]), last=words[-1])


HUGE = 1e21  # a figure of more digits is read by their count, and Babel keeps only 28 of them


def locale(language: str) -> str:
    """Babel's name of the locale of a language."""
    return {"sv": "sv_SE", "en": "en_GB"}[language]


MINUS = "−"  # Babel writes a hyphen, whatever sign the locale has


def _signed(written: str) -> str:
    return MINUS + written[1:] if written.startswith("-") else written


def number(value: float, language: str = "sv", decimals: int | None = None) -> str:
    """12345.6 -> '12 345,6' (sv, with no-break space) or '12,345.6' (en), -2 -> '−2' with a minus
    sign; beyond what any file counts 1e300 -> '1×10^300' or '1E300'."""
    if HUGE <= abs(value) < math.inf:
        return _signed(numbers.format_scientific(value, locale=locale(language)))
    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return _signed(numbers.format_decimal(value, format=pattern, locale=locale(language)))


def exact(value: float, language: str = "sv") -> str:
    """A cell's number as it stands, to at most six decimals: 15.58694 -> '15,58694' (sv); whole
    ones ungrouped, as many of them are ids: 12345 -> '12345'."""
    if not math.isfinite(value):
        return "∞" if value > 0 else f"{MINUS}∞" if value < 0 else ""
    if isinstance(value, Integral):
        return _signed(str(int(value)))
    if abs(value) >= HUGE:
        return number(value, language)
    return _signed(numbers.format_decimal(value, format="#,##0.######", locale=locale(language)))


def measure(value: Any, language: str = "sv") -> str:
    """A column's least or greatest value by locale; a year is no quantity and is not grouped."""
    return (
        _signed(str(value))
        if isinstance(value, int) and abs(value) < 10_000
        else str(local(value, language))
    )


def span(low: float, high: float, language: str = "sv", decimals: int = 0) -> str:
    """Points as a range, or as one number where both ends read the same: '82–90', '5'."""
    ends = [number(low, language, decimals), number(high, language, decimals)]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def percent(share: float, language: str = "sv", decimals: int = 0) -> str:
    """0.123 -> '12 %' (sv) or '12%' (en)."""
    pattern = (
        "#,##0"
        + ("." + "0" * decimals if decimals else "")
        + ("\u00a0%" if language == "sv" else "%")
    )
    return _signed(numbers.format_percent(share, format=pattern, locale=locale(language)))


def date(value: dt.date, language: str = "sv") -> str:
    """A date in full by locale: '31 januari 2024' (sv) or '31 January 2024' (en)."""
    return dates.format_date(value, format="long", locale=locale(language))


def local(value: Any, language: str) -> Any:
    """A number or a date as text by locale; anything else as it is."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return number(value, language)
    if isinstance(value, dt.date):
        return date(value, language)
    return value


voice.lend(text)
