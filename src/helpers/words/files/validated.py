"""What pydantic says of a file's content, as faults in plain words with the line and path of each
field."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from helpers.words.files.strict_yaml import Document

KEY = "[key]"  # how pydantic says that the key itself is wrong
KINDS = {
    "extra_forbidden": "unknown",
    "invalid_key": "unknown",
    "missing": "missing",
    "literal_error": "among",
    "string_type": "text",
    "list_type": "list",
    "tuple_type": "list",
    "dict_type": "map",
    "model_type": "map",
    "bool_type": "truth",
    "bool_parsing": "truth",
    "int_type": "whole",
    "int_parsing": "whole",
    "int_from_float": "whole",
    "int_parsing_size": "whole",
    "date_type": "day",
    "date_from_datetime_inexact": "day",
    "float_type": "number",
    "float_parsing": "number",
    "greater_than": "above",
    "greater_than_equal": "least",
    "less_than_equal": "most",
    "string_pattern_mismatch": "form",
    "string_too_long": "long",
    "too_short": "fewest",
    "too_long": "fullest",
}


def _kind(detail: Any) -> tuple[str, dict[str, Any]]:
    """The key under ``files.fault`` for one of pydantic's errors, and what fills it. Never the
    value itself."""
    given, context = detail["input"], detail.get("ctx") or {}
    kind = KINDS.get(detail["type"], "own" if detail["type"] == "own" else "invalid")
    if kind == "own":
        return str(context["kind"]), {name: context[name] for name in context if name != "kind"}
    if kind in ("text", "among") and isinstance(given, bool):
        return "quoted_truth", {}
    if kind in ("text", "among") and isinstance(given, int | float | dt.date):
        return "quoted", {}
    if kind == "among":
        return kind, {"known": ", ".join(re.findall(r"'([^']*)'", str(context.get("expected"))))}
    if kind in ("above", "least", "most"):
        return kind, {
            "bound": next(context[name] for name in ("gt", "ge", "le") if name in context)
        }
    if kind == "fewest":
        return kind, {"least": context.get("min_length")}
    return kind, (
        {"pattern": context["pattern"]} if kind == "form" else {"most": context.get("max_length")}
    )


def wrong(kind: str, **values: Any) -> PydanticCustomError:
    """A fault of our own, for a validator to raise: ``kind`` is its key under ``files.fault``,
    ``values`` fill it."""
    return PydanticCustomError("own", "{kind}", {"kind": kind, **values})


def tell(document: Document, error: ValidationError) -> None:
    """Add what pydantic found to the document's faults; of a value that YAML itself could make
    nothing of, no more is said."""
    told = {fault.place for fault in document.faults if fault.kind != "duplicate"}
    for detail in error.errors(include_url=False):
        kind, values = _kind(detail)
        place = [part for part in detail["loc"] if part != KEY]
        if ".".join(map(str, place)) not in told:
            document.fault(kind, *place, **values)
