"""What pydantic says of a file's content, as faults in plain words with the line and path of each
field."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from helpers.words.files import strict_yaml
from helpers.words.files.strict_yaml import Document

M = TypeVar("M", bound=BaseModel)
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
    "greater_than_equal": "least",
    "less_than_equal": "most",
    "string_pattern_mismatch": "form",
    "string_too_long": "long",
}


def _kind(detail: Any) -> tuple[str, dict[str, Any]]:
    """The key under ``files.fault`` for one of pydantic's errors, and what fills it. Never the
    value itself."""
    given, context = detail["input"], detail.get("ctx") or {}
    kind = KINDS.get(detail["type"], "own" if detail["type"] == "own" else "invalid")
    if kind == "own":
        return str(context["kind"]), {}
    if kind in ("text", "among") and isinstance(given, bool):
        return "quoted_truth", {}
    if kind in ("text", "among") and isinstance(given, int | float | dt.date):
        return "quoted", {}
    if kind == "among":
        return kind, {"known": ", ".join(re.findall(r"'([^']*)'", str(context.get("expected"))))}
    if kind in ("least", "most"):
        return kind, {"bound": context.get("ge", context.get("le"))}
    return kind, (
        {"pattern": context["pattern"]} if kind == "form" else {"most": context.get("max_length")}
    )


def tell(document: Document, error: ValidationError, *prefix: Any) -> None:
    """Add what pydantic found to the document's faults."""
    for detail in error.errors(include_url=False):
        kind, values = _kind(detail)
        document.fault(kind, *prefix, *detail["loc"], **values)


def by_id(path: Path, key: str, model: type[M]) -> dict[str, M]:
    """The items of the list ``key`` in a file, each a ``model``, by their ids.
    ``ConfigurationError`` with every fault."""
    document = strict_yaml.opened(path)
    plain = document.value if isinstance(document.value, dict) else {}
    listed = plain.get(key)
    if not isinstance(listed, list) and not document.faults:
        document.fault("list", key)
    items: dict[str, M] = {}
    for i, item in enumerate(listed if isinstance(listed, list) else []):
        try:
            made = model.model_validate(item)
        except ValidationError as error:
            tell(document, error, key, i)
            continue
        id = str(getattr(made, "id", i))
        if id in items:
            document.fault("same_id", key, i)
        items[id] = made
    document.sound()
    return items
