"""What became of the columns since the delivery before, in words: that they were compared, too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.words.display import MAX_SHOWN
from helpers.words.escaping import shown
from helpers.words.messages import number, text


def _listed(names: list[str], language: str) -> str:
    more = len(names) - MAX_SHOWN
    listed = ", ".join(shown(name) for name in names[:MAX_SHOWN])
    return (
        f"{listed} {text('show.more', language, count=number(more, language))}"
        if more > 0
        else listed
    )


def sentences(drift: Mapping[str, Any] | None, language: str) -> list[str]:
    """One sentence saying what was compared, and one for each change; nothing where there was
    nothing to compare with. ``drift`` as it stands in results."""
    if drift is None:
        return []
    kinds = {
        "renamed": [f"{pair['before']} → {pair['after']}" for pair in drift["renamed"]],
        **{kind: drift[kind] for kind in ("lost", "new", "moved")},
    }
    since = shown(drift["before"] or drift["since"])
    key = "compared" if any(kinds.values()) else "same"
    return [
        text(f"reporting.drift.{key}", language, since=since),
        *(
            text(
                f"reporting.drift.{kind}",
                language,
                count=number(len(names), language),
                names=_listed(names, language),
            )
            for kind, names in kinds.items()
            if names
        ),
    ]
