"""Names shown everywhere hold nothing personal: of the file, its tables and columns the shape
stands in the place of a number, an address or a person's name. The names as they stood are
surroundings, which screening looks at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from helpers.reading.snapshot import Repair, Table
from helpers.reading.source import Read
from helpers.reading.surroundings import Part, Surroundings
from helpers.words.personal import hiding
from helpers.words.source_text import SourceText


def _code(name: str) -> str:
    """The repair of a name, by how sure it is that what it held is personal."""
    return "masked_name" if hiding.certain(name) else "perhaps_masked_name"


def _shown(names: list[str]) -> dict[str, str]:
    """Each name to show, different still."""
    shown: dict[str, str] = {}
    for number, name in enumerate(names, 1):
        hidden = hiding.hide(name)
        shown[name] = (
            f"{hidden}_{number}" if hidden != name and hidden in shown.values() else hidden
        )
    return shown


def _of_table(table: Table, title: str, result: Read) -> Table:
    names = _shown([column.name for column in table.columns])
    masked = {name: shown for name, shown in names.items() if name != shown}
    if masked:
        result.repairs = [
            replace(repair, column=names.get(repair.column or "", repair.column))
            for repair in result.repairs
        ]
        result.repairs += [Repair(_code(name), 1, [], shown) for name, shown in masked.items()]
    if title != table.name:
        result.repairs.append(Repair(_code(table.name), 1, [], title))
    geometry = table.geometry and replace(
        table.geometry, columns=[names.get(name, name) for name in table.geometry.columns]
    )
    columns = [replace(column, name=names[column.name]) for column in table.columns]
    return replace(table, name=title, columns=columns, geometry=geometry)


def mask(file: SourceText, result: Read, surroundings: Surroundings) -> str:
    """The file's name to show. Names of ``result``'s tables and columns are replaced in place; each
    is a repair.

    Names of one shape get a number, of tables and of columns alike: people must tell them apart,
    and so must findings.
    """
    titles = _shown([table.name for table in result.tables])
    surroundings.add(Part("file_name", Path(file.raw).stem, label=str(file)))
    for table in result.tables:
        surroundings.add(Part("table_name", table.name, label=titles[table.name]))
        shown_names = _shown([column.name for column in table.columns])
        surroundings.add(
            *(
                Part("column_name", name, titles[table.name], shown)
                for name, shown in shown_names.items()
            )
        )
    result.tables = [_of_table(table, titles[table.name], result) for table in result.tables]
    result.repairs = [_titled(repair, titles) for repair in result.repairs]
    # several columns of one repair, and columns that became no table's
    result.repairs = [
        replace(repair, column=hiding.hide(repair.column)) if repair.column else repair
        for repair in result.repairs
    ]
    if file.personal:
        result.repairs.append(Repair(_code(file.raw), 1))
    return str(file)


def _titled(repair: Repair, titles: dict[str, str]) -> Repair:
    """A repair of a table beside the main one, under the table's name to show."""
    name, parted, column = (repair.column or "").partition(": ")
    if name not in titles or titles[name] == name:
        return repair
    return replace(repair, column=f"{titles[name]}{parted}{column}")
