"""Deliveries are compared by keyed hashes: what is kept of one is no id and no name, only what
tells them apart.

A kept delivery is a Parquet file with a row for each object: ``id_hash`` and ``name_hash`` (the
first 32 hexadecimal digits of SHA-256 over a secret of this installation and the text) and its
position in degrees to four decimals (11 m) if it has one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from helpers.checking.changes import Objects
from helpers.declared.specifications import Specification
from helpers.reading.snapshot import Snapshot
from helpers.words.files import writing

KEPT = 2  # deliveries of a candidate: this one and the one before


@dataclass(frozen=True)
class Previous:
    """The delivery before: its file, and the secret that its hashes are keyed with."""

    file: Path
    secret: str


def hashed(sql: str, secret: str) -> str:
    """SQL: the keyed hash of a text expression; null for null. ``secret`` is hexadecimal."""
    return f"substr(sha256('{secret}' || {sql}), 1, 32)"


def keep(
    snapshot: Snapshot,
    fields: dict[str, str],
    specification: Specification | None,
    secret: str,
    target: Path,
) -> bool:
    """Write what is kept of this delivery to ``target``; False where it has no column of ids."""
    from helpers.reading import databases  # DuckDB, which ranking kept results does without

    key = (
        next((field.name for field in specification.fields if field.role == "key"), None)
        if specification
        else None
    )
    if key is None or key not in fields:
        return False
    query = _kept(snapshot, fields, key, secret)
    # those who list what is kept do not see it yet
    place = writing.aside(target, private=True, suffix="")
    with place as unfinished, databases.connect(spill=snapshot.folder / "spill") as connection:
        file = databases.quoted(unfinished)
        connection.execute(f"copy ({query}) to {file} (format parquet, use_tmp_file false)")
    return True


def _kept(snapshot: Snapshot, fields: dict[str, str], key: str, secret: str) -> str:
    """SELECT of what is kept of this delivery: ``id_hash, name_hash, lon, lat``, by id."""
    from helpers.reading import databases, missing  # DuckDB: 0.1 s

    table = snapshot.main
    identity = hashed(missing.present(table.column(fields[key]).text), secret)
    header = next((fields[name] for name in ("name", "stop_name") if name in fields), None)
    named = "null::varchar"
    if header:
        named = hashed(missing.present(table.column(header).text), secret)
    spot = (
        "round(lon, 4) as lon, round(lat, 4) as lat"
        if table.geometry
        else "null::double as lon, null::double as lat"
    )
    return f"""
        select id_hash, name_hash, lon, lat
        from (
            select {identity} as id_hash, {named} as name_hash, {spot}
            from {databases.quoted(snapshot.parquet())}
        )
        where id_hash is not null
        order by id_hash
    """


def moved(before: Path, now: Path) -> Objects:
    """How many objects are in the one kept delivery and not in the other, by ids."""
    from helpers.reading import databases  # DuckDB: 0.1 s

    with databases.connect() as connection:
        counted = [
            connection.execute(
                f"select count(*) from (select distinct id_hash from {databases.quoted(these)})"
                f" where id_hash not in (select id_hash from {databases.quoted(others)})"
            ).fetchall()[0][0]
            for these, others in ((now, before), (before, now))
        ]
    return Objects(*map(int, counted))


def secret_of(folder: Path) -> str:
    """The installation's secret, made when first asked for; readable by its owner alone."""
    file = folder / "secret"
    if not file.is_file():
        writing.write_new(file, secrets.token_hex(32).encode("ascii"), private=True)
    return file.read_text("ascii")


def before(folder: Path, checksum: str) -> Path | None:
    """The newest kept delivery of a candidate that is not the one with this checksum."""
    kept = sorted(folder.glob("*.parquet"), key=lambda file: (file.stat().st_mtime_ns, file.name))
    return next((file for file in reversed(kept) if file.stem != checksum[:32]), None)


def forget_old(folder: Path) -> None:
    """Keep the newest deliveries only."""
    kept = sorted(folder.glob("*.parquet"), key=lambda file: (file.stat().st_mtime_ns, file.name))
    for file in kept[:-KEPT]:
        file.unlink(missing_ok=True)
