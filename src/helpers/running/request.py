"""A request: what is to be opened: all that another process needs to open the same source in the
same way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from helpers.declared.catalogue import Entry
from helpers.declared.own import Chosen, chosen


@dataclass(frozen=True)
class Request:
    """``type``: as declared beside the entry; ``before``: the file of the delivery before;
    ``store``: its folder, ``lasting`` or not; ``schema``: the file of a schema that is named beside
    the entry; ``twice``: whether Great Expectations counts too; ``own``: where the organisation's
    own types lie."""

    file: Path | None
    entry: Entry | None
    type: str | None
    today: dt.date
    before: Path | None
    store: Path
    schema: Path | None = None
    twice: bool = True
    lasting: bool = True
    own: Chosen = field(default_factory=chosen)
