"""CSV and TSV: pass 1 counts, pass 2 reads with Arrow or DuckDB what is regular, and an exact slow
path reads the rest."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from helpers.reading import (
    blocks,
    bounds,
    databases,
    dialects,
    encoding,
    fixed_width,
    plain_lines,
    scanning,
    wrapped,
    writing,
)
from helpers.reading.exact import FEW_LINES, Records, exact
from helpers.reading.layout import NOTHING, Heading, Layout, recognise
from helpers.reading.records import headers
from helpers.reading.scanning import Scan
from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair, Table
from helpers.reading.source import Read, Source
from helpers.reading.surroundings import Part
from helpers.words.errors import InputRefused
from helpers.words.source_text import SourceText

HEAD = 1 << 18
SAMPLE_FILE = 8 << 20
LEAST_BLOCK = 4 << 20  # bytes: of a longer line the slow path takes care
OF_ROWS = 0.9  # the share of the rows with a cell more than the header that a comma cut


def head_of(scan: Scan) -> str:
    """The first whole lines of a scanned file, at most 256 KiB of them."""
    with scan.text.open("rb") as stream:
        data = stream.read(HEAD)
    if len(data) == HEAD:
        data = data[: data.rfind(b"\n") + 1] or data
    return data.decode("utf-8", "ignore")


def _csv_sql(path: Path, layout: Layout, skip: int, quote: bool) -> str:
    columns = "{" + ", ".join(f"'t{i}': 'VARCHAR'" for i in range(layout.width)) + "}"
    delimiter = "\\t" if layout.delimiter == "\t" else layout.delimiter
    quoting = "quote='\"', escape='\"'" if quote else "quote='', escape=''"
    return (
        f"read_csv({databases.quoted(path)}, columns={columns}, auto_detect=false,"
        f" delim=E'{delimiter}', {quoting}, header=false, skip={skip}, nullstr='\\x01none',"
        " strict_mode=true, null_padding=false, new_line='\\n')"
    )


def regular(
    connection: duckdb.DuckDBPyConnection, scan: Scan, layout: Layout, folder: Path
) -> Records | None:
    """DuckDB's reading (of a text without quotes also Arrow's, which costs half as much and finds a
    row with a cell too many), if pass 1 found nothing that it would hide; else None."""
    if (
        scan.blank
        or scan.quotes % 2
        or layout.width < 2
        or layout.parted
        or layout.spaced
        or layout.delimiter not in dialects.DELIMITERS
    ):
        return None
    if scan.longest > FEW_LINES:
        return None
    skip = layout.header + 1
    source = _csv_sql(scan.text, layout, skip, bool(scan.quotes))
    relation = f"(select row_number() over () + {skip} as source_row, * from {source})"
    if scan.quotes:
        return Records(relation, None)
    sample = None
    if scan.text.stat().st_size > SAMPLE_FILE:
        spread = _csv_sql(_spread(scan.text, folder), layout, 0, False)
        sample = f"(select 0 as source_row, * from {spread})"

    def plain(rows: int, row_bytes: int) -> Iterator[pa.RecordBatch]:
        block = max(LEAST_BLOCK, rows * (row_bytes + layout.width))
        return plain_lines.groups(scan.text, layout.delimiter, layout.width, skip, block)

    return Records(relation, sample, plain if scan.records > skip else None)


def _spread(text: Path, folder: Path) -> Path:
    """Whole lines from twenty places of a file without quotes, so that a type is not guessed from
    its first lines."""
    size, target = text.stat().st_size, folder / "sample.csv"
    with text.open("rb") as stream, target.open("wb") as out:
        stream.readline()
        for part in range(20):
            stream.seek(part * size // 20)
            stream.readline()
            block = stream.read(1 << 16)
            out.write(block[: block.rfind(b"\n") + 1])
    return target


def layout_of(scan: Scan, name: SourceText, hints: dict[str, Any]) -> Layout:
    """The layout of a scanned file. Raises ``InputRefused`` where it is empty, or has no record
    where its header is declared."""
    head = head_of(scan)
    if not head.strip(NOTHING) or scan.blank >= scan.records:
        raise InputRefused("reading.empty", {"file": name})
    return recognise(head, hints.get("delimiter"), hints.get("header_row"))


def _form_repairs(scanned: Scan, shape: Layout) -> list[Repair]:
    ends, heading = scanned.line_ends, shape.heading
    conditions = {
        "bom": scanned.encoding.bom > 0 and scanned.encoding.name == "utf-8",
        "encoding": scanned.encoding.name != "utf-8",
        "line_endings": ends["cr"] > 0 or (ends["crlf"] > 0 and ends["lf"] > 0),
        "no_header": heading.last < 0,
    }
    repairs = [Repair(code, 1) for code, is_so in conditions.items() if is_so]
    if scanned.mixed:
        repairs.append(Repair("mixed_encoding", scanned.mixed, scanned.mixed_rows))
    if scanned.marks:
        repairs.append(Repair("bom_inside", scanned.marks))
    if scanned.nulls:
        repairs.append(Repair("null_characters", scanned.nulls))
    if scanned.end_marks:
        repairs.append(Repair("end_mark", scanned.end_marks))
    return repairs + heading.repairs()


def _scanned(source: Source, name: str, work: Path) -> tuple[Scan, Layout, list[Repair]]:
    """The file within bounds, its layout, and what was done to read it as CSV at all."""
    chosen = encoding.recognise(source.path, source.hints.get("encoding"), source.name)
    scanned = scanning.scan(source.path, chosen, work / "text.csv", source.name)
    told: list[Repair] = []
    requoted = wrapped.without_single_quotes(scanned, head_of(scanned), work, source.name)
    if requoted is not None:
        scanned, told = requoted, [Repair("single_quotes", requoted.records)]
    if source.hints.get("delimiter") is None:
        scanned, ruled = _unruled(source, scanned, work)
        told += ruled
    shape = layout_of(scanned, source.name, source.hints)
    bounds.rows(scanned.records - shape.header - 1, source.name)
    bounds.require_max_columns(shape.width, name)
    if shape.width > 1:
        return scanned, shape, told
    plain = wrapped.unwrapped(scanned, work, source.name)
    if plain is None:
        if source.hints.get("delimiter") is None:
            fixed_width.refuse_packed(head_of(scanned), source.name)
            doubted = dialects.perhaps_columns(head_of(scanned))
            told += [Repair("perhaps_columns", 1)] if doubted else []
        return scanned, shape, told
    shape = layout_of(plain, source.name, source.hints)
    bounds.require_max_columns(shape.width, name)
    return plain, shape, [Repair("quoted_lines", plain.records)]


def _unruled(source: Source, scanned: Scan, work: Path) -> tuple[Scan, list[Repair]]:
    """The scan of a text whose columns stand at the same places, as CSV; else as it is."""
    form = fixed_width.recognise(head_of(scanned)) if not scanned.quotes else None
    if form is None:
        return scanned, []
    target = work / "columns.csv"
    drawn = fixed_width.write(scanned.text, form, target)
    if drawn is None:
        return scanned, []
    plain = wrapped.rescanned(target, scanned, source.name)
    return plain, [Repair(form.code, plain.records - plain.blank, drawn)]


def _but_drawn(repairs: list[Repair]) -> list[Repair]:
    """The repairs without empty rows where a ruler stood, which is listed with its form."""
    drawn = {row for repair in repairs if repair.code in ("ruled", "grid") for row in repair.rows}
    if not drawn:
        return repairs
    kept: list[Repair] = []
    for repair in repairs:
        rows = repair.rows
        if repair.code in ("ruled", "grid"):
            rows = []
        elif repair.code == "empty_rows":
            rows = [row for row in rows if row not in drawn]
            repair = replace(repair, count=repair.count - len(repair.rows) + len(rows))
        kept += [replace(repair, rows=rows)] if repair.count else []
    return kept


def _shifted(source: Source, relation: str, shape: Layout) -> list[Repair]:
    """What tells that rows have filled cells beyond the header's names: values may stand under the
    wrong names, as where decimal commas cut numbers in a file with commas. Where the header ends in
    delimiters, only rows in which a comma of prose cut a text."""
    names = [bool(cell.strip()) for cell in shape.heading.cells]
    header = len(names) - names[::-1].index(True) if True in names else 0
    if not 0 < header < shape.width or not all(names[:header]):
        return []
    first = f"coalesce(trim(t{header}), '') <> ''"
    if header < len(names):
        prose = " or ".join(
            rf"(regexp_matches(t{i}, '\S') and regexp_matches(t{i + 1}, '^ [a-zåäö]'))"
            for i in range(shape.width - 1)
        )
        first = f"{first} and ({prose if shape.delimiter == ',' else 'false'})"
    cut = " or ".join(
        rf"(regexp_full_match(trim(t{i}), '-?\d+') and regexp_full_match(trim(t{i + 1}), '\d+'))"
        for i in range(shape.width - 1)
    )
    counted = source.connection.execute(
        f"select count(*) filter ({first}), count(*) filter ({first} and ({cut})) from {relation}"
    ).fetchone()
    longer, numbers = counted or (0, 0)
    if not longer:
        return []
    rows = source.connection.execute(
        f"select source_row from {relation} where {first} order by 1 limit {MAX_ROWS_LISTED}"
    ).fetchall()
    listed = [int(row[0]) for row in rows]
    told = [Repair("shifted_columns", longer, listed)]
    if shape.delimiter == "," and numbers >= OF_ROWS * longer:
        told.append(Repair("decimal_comma_cut", numbers, listed))
    return told


def _without_cut_positions(table: Table, shifted: list[Repair]) -> Table:
    """The table, without positions where a comma cut its numbers: 56,16 is no whole degree."""
    cut = any(repair.code == "decimal_comma_cut" for repair in shifted)
    return replace(table, geometry=None) if cut else table


def _headings(heading: Heading, name: str) -> Iterator[Part]:
    """The rows of a header that is not the table's as it stands: of two made one neither need be
    whole in the names, and of a block that was not taken none is."""
    for row, text in enumerate(heading.own, heading.before + 1):
        yield Part("header", text, name, row=row)


def _as_counted(
    write: Callable[[], writing.WrittenTable], expected: int
) -> writing.WrittenTable | None:
    """What the quick reading wrote; None where it failed or did not find what pass 1 counted."""
    try:
        written = write()
    # the latter where DuckDB's own message cuts a letter in two
    except (duckdb.Error, pa.ArrowInvalid, UnicodeDecodeError):
        return None
    return written if written.read == expected else None


def _written(
    source: Source,
    scanned: Scan,
    shape: Layout,
    work: Path,
    *,
    name: str,
    target: str,
    spelled: bool,
) -> tuple[Records, writing.WrittenTable, blocks.Cut | None, list[Repair]]:
    """The records, the table made of them, the block that was cut out, and what was done to the
    names of the columns: by DuckDB where it finds what pass 1 counted, else by the slow path."""
    names, repairs = headers(shape.heading.cells, shape.width)
    header_row = shape.header + 1 or None

    def write(given: Records) -> writing.WrittenTable:
        return source.write(
            given.relation,
            names,
            table=name,
            target=target,
            header_row=header_row,
            sample=given.sample,
            damaged=scanned.damaged,
            spelled=spelled,
            empty=scanned.blank > 0,
            plain=given.plain,
        )

    records = regular(source.connection, scanned, shape, work)
    if records is not None:
        written = _as_counted(partial(write, records), scanned.records - shape.header - 1)
        if written is not None:
            return records, written, None, repairs
    aside = source.aside(name)
    records = exact(source.connection, scanned, shape, work, aside)
    cut = blocks.cut(source.connection, records.relation, names, header_row, aside)
    if cut is not None:
        repairs = repairs if cut.header_row == header_row else []  # those of its own names
        names, header_row, records.relation = cut.names, cut.header_row, cut.relation
        records.plain = None
    return records, write(records), cut, repairs


def table(source: Source, *, name: str, target: str = "table", format: str = "csv") -> Read:
    """One delimited file to one table, ``<target>.parquet`` in the source's folder.

    Raises ``InputRefused`` for a file that is empty, goes beyond bounds or does not decode.
    """
    bounds.lines(source.path, source.name)
    work = source.folder / f"{target}.work"
    work.mkdir()
    try:
        scanned, shape, made = _scanned(source, name, work)
        records, written, cut, repairs = _written(
            source,
            scanned,
            shape,
            work,
            name=name,
            target=target,
            spelled=format != "gtfs",  # whose decimals have a point
        )
        letters, decimal = scanned.encoding.name, written.decimal
        result = Read(format, encoding=letters, delimiter=shape.delimiter, decimal=decimal)
        shifted = [] if cut else _shifted(source, records.relation, shape)
        parts = [
            made,
            _form_repairs(scanned, shape),
            repairs,
            shifted,
            records.repairs,
            cut.repairs if cut else [],
            written.repairs,
        ]
        told = _but_drawn([repair for part in parts for repair in part])
        result.add(_without_cut_positions(written.table, shifted), told)
        source.surroundings.add_rows(name, enumerate(shape.heading.outside, 1))
        if shape.heading.rows > 1 or cut is not None:
            source.surroundings.add(*_headings(shape.heading, name))
        source.surroundings.add_rows(name, written.outside)
        for given in (records, cut):
            if given is not None:
                result.reject(given.rejected, given.rejected_total)
        return result
    finally:
        shutil.rmtree(work, ignore_errors=True)
