"""One type from several organisations opened for a notebook: merged by what has been decided, in a
private folder that is gone when nobody looks at it any longer."""

from __future__ import annotations

import weakref
from contextlib import ExitStack, closing
from pathlib import Path

from helpers.filling_in.merging import entry, writing
from helpers.filling_in.merging.table import Merged
from helpers.filling_in.merging.together import Together
from helpers.filling_in.merging.writing import MergeAccount, MergeFiles
from helpers.running import merging, merging_files, merging_same, own_types
from helpers.running.store import Store
from helpers.running.watched import Worker
from helpers.words import paths
from helpers.words.errors import Stopped
from helpers.words.files import ours
from helpers.words.messages import LANGUAGES


def _account(merged: Merged, asked: MergeFiles) -> MergeAccount:
    """In a worker's process."""
    return writing.write(merged, asked)


def open_together(
    dataset_type: str, catalogue_folder: str | Path | None = None, store: Store | None = None
) -> Together:
    """The merged dataset of a type or a kind of one, of the catalogue's candidates. Raises
    ``ConfigurationError`` for a type that there is not, for one of several kinds, and where fewer
    than two have it."""
    ours.look_again()
    folder = Path(catalogue_folder) if catalogue_folder else paths.catalogue()
    own_types.beside(folder)
    decided = merging_same.deciding(folder, folder).decided
    stack, own = ExitStack(), store or Store()
    with stack:
        if store is None:
            stack.callback(own.forget_tables)
        work = stack.enter_context(own.work())
        with closing(Worker()) as worker:
            told = merging.gather(dataset_type, folder, own, work)
            joined = merging_same.join(told, work, worker, decided)
            apart = {one: list(merging_files.apart(told, one)) for one in LANGUAGES}
            id = entry.id_of(dataset_type)
            files = MergeFiles(work / "rows.csv", work / "origins.csv", id, LANGUAGES[0])
            account, stopped = None, None
            try:
                account = worker.ask(_account, joined.merged, files)
            except Stopped as error:
                stopped = {one: error.text(one) for one in LANGUAGES}
        together = Together(joined.merged, account, joined.reviewed, joined.whole, apart, stopped)
        weakref.finalize(together, stack.pop_all().close)
    return together
