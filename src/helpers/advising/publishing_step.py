"""One step that remains before a dataset is published."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PublishingStep:
    """``who`` names the roles that usually take it, as is usual for the dataset's type."""

    id: str
    text: dict[str, str]
    short: dict[str, str]
    who: dict[str, str]
