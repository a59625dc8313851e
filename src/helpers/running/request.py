"""A request: what is to be opened: all that another process needs to open the same source in the
same way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from helpers.declared.catalogue import Entry


@dataclass(frozen=True)
class Request:
    """``type``: as declared beside the entry; ``before``: the file of the delivery before;
    ``store``: its folder; ``schema``: the file of a schema that is named beside the entry."""

    file: Path | None
    entry: Entry | None
    type: str | None
    today: dt.date
    before: Path | None
    store: Path
    schema: Path | None = None
