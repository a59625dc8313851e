"""One type from several organisations as an analyst looks at it: the merged table with marked cells
as shapes, what each source brought, which rows may be one object, and what to ask of the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers.declared.organisations import organisation
from helpers.filling_in.merging.identity import Reviewed
from helpers.filling_in.merging.table import Merged
from helpers.filling_in.merging.whole import Whole
from helpers.filling_in.merging.writing import MergeAccount
from helpers.words import escaping, personal_numbers

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Together:
    """``apart``: by language, who is not included and why, a sentence or two each. ``account`` is
    None, and ``stopped`` says why, where screening stops what was merged: then no row is shown."""

    merged: Merged
    account: MergeAccount | None
    reviewed: Reviewed
    whole: Whole
    apart: Mapping[str, Sequence[str]]
    stopped: Mapping[str, str] | None = None

    @property
    def names(self) -> dict[str, str]:
        """Candidate -> its organisation's name, with the candidate where it has several."""
        owners = [part.owned.organisation for part in self.merged.parts]
        found = {}
        for part in self.merged.parts:
            known = organisation(part.owned.organisation)
            name = known.name if known else part.owned.organisation
            several = owners.count(part.owned.organisation) > 1
            found[part.owned.candidate] = f"{name} ({part.owned.candidate})" if several else name
        return found

    def frame(self) -> pd.DataFrame:
        """The merged rows, columns that nobody fills in left out, with their origin last
        (``_organisation``, ``_candidate``, ``_file``, ``_file_row``): texts. Cells of a marked
        column are shapes, and numbers of persons elsewhere too; no row where the merged dataset is
        stopped."""
        frame = self.merged.frame()
        if self.account is None:
            return frame.head(0)
        after = self.account.after.marks
        marked = {mark.column for mark in after if mark.hidden}
        marked |= {header for part in self.merged.parts for header in part.marked}
        for name in self.merged.headers:
            cells = frame[name]
            if not cells.notna().any():
                frame = frame.drop(columns=[name])
                continue
            show = escaping.shape if name in marked else personal_numbers.hide
            frame[name] = _shown(cells, show)
        return frame.drop(columns=["_part"])


def _shown(cells: Any, show: Any) -> Any:
    """Each different cell is looked at once."""
    known = {cell: show(cell) for cell in cells.dropna().unique()}
    return cells.map(known)
