"""What each stage said, kept under its key with what it rested on: taken again only where all of
that is as it was.

A kept result is a file of two lines: what it is and rests on, with the checksum of the second line;
and the result itself. One that is damaged is as good as none, and told. Results hold no raw value
of a marked column; the snapshots beside them hold personal data, lie in a private folder, and stay
only while somebody holds them (see ``leases``).
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any

from helpers.running.leases import Lease
from helpers.words import paths
from helpers.words.files import ours, writing

FORM = "datakollen/kept/1"
UNUSED_S = 14 * 86_400.0
TOUCHED_S = 86_400.0  # a result that is used is marked so, at most once a day


def file_digest(file: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _size(file: Path) -> int:
    """Of a file in bytes; 0 where there is none."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


@dataclass(frozen=True)
class Kept:
    """``result`` as JSON has it; ``noted``: what of ours it rested on, and how that was;
    ``checksum``: of the result alone, the same whenever and by whatever it was computed; ``key``:
    under which it is kept, and what lies beside it: that of whoever computed it."""

    result: Any
    noted: ours.Noted
    checksum: str = ""
    key: str = ""


class Store:
    """``results/<key>.json`` (and ``.parquet``), ``tables/<key>/``, ``history/<name>.json`` in one
    folder. ``damaged``: what was no longer whole. One that is not ``lasting`` goes with the command
    that made it: nothing in it was made by other code."""

    def __init__(self, folder: Path | None = None, *, lasting: bool = True) -> None:
        self.folder = (folder or paths.snapshots()).absolute()
        self.lease = Lease(self.folder)
        self.damaged: list[str] = []
        self.lasting = lasting

    def private(self, *parts: str) -> Path:
        """A folder of the store, for its owner alone."""
        target = self.folder.joinpath(*parts)
        target.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        return target

    def _result(self, key: str) -> Path:
        return self.folder / "results" / f"{key}.json"

    def beside(self, key: str) -> Path:
        """Where the file lies that belongs to the result under this key, if one does."""
        return self.folder / "results" / f"{key}.parquet"

    def kept(self, key: str) -> Kept | None:
        """The result under this key; None where there is none, where it is damaged, or where what
        it rested on changed."""
        file = self._result(key)
        try:
            head, _, body = file.read_bytes().partition(b"\n")
        except OSError:
            return None
        try:
            about = json.loads(head)
            checksum = hashlib.sha256(body).hexdigest()
            if (about["form"], about["key"], about["checksum"]) != (FORM, key, checksum):
                raise ValueError
            if about.get("beside", 0) != _size(self.beside(key)):
                raise ValueError
            kept = Kept(json.loads(body), dict(about["noted"]), checksum, key)
        except (ValueError, TypeError, KeyError, RecursionError):
            self.damaged.append(key)
            with suppress(OSError):
                file.unlink()
            return None
        if not ours.unchanged(kept.noted):
            return None
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > TOUCHED_S:
                os.utime(file)
        return kept

    def keep(
        self,
        key: str,
        stage: str,
        result: Any,
        noted: Mapping[str, str],
        beside: Path | None = None,
    ) -> Kept:
        """Keep what a stage said, and the file ``beside`` it, which is moved; returns it as it will
        be read. ``ConfigurationError`` where it cannot be written."""
        body = json.dumps(result, ensure_ascii=False).encode("utf-8", "surrogatepass")
        checksum = hashlib.sha256(body).hexdigest()
        about = {
            "form": FORM,
            "stage": stage,
            "key": key,
            "checksum": checksum,
            "noted": dict(sorted(noted.items())),
            **({"beside": _size(beside)} if beside else {}),
        }
        self.private("results")
        if beside:
            beside.replace(self.beside(key))
        writing.write_bytes(
            self._result(key), json.dumps(about).encode() + b"\n" + body, private=True
        )
        return Kept(json.loads(body), dict(noted), checksum, key)

    def forget(self, key: str) -> None:
        """What is kept under this key is computed anew when it is next asked for."""
        with suppress(OSError):
            self._result(key).unlink(missing_ok=True)

    def forget_unused(self) -> None:
        """Results that nobody has asked for in ``UNUSED_S``: what was found on a day that has
        passed is never asked for again, and would fill the disk in some years."""
        last = time.time() - UNUSED_S
        for file in (self.folder / "results").glob("*.json"):
            with suppress(OSError):
                if file.stat().st_mtime < last:
                    file.unlink()
                    file.with_suffix(".parquet").unlink(missing_ok=True)

    def remembered(self, name: str) -> Any | None:
        """What ``remember`` kept under this name, whatever code and suites said since."""
        file = self.folder / "history" / f"{name}.json"
        try:
            return json.loads(file.read_text("utf-8"))
        except OSError:
            return None
        except ValueError:
            self.damaged.append(f"history/{name}")
            return None

    def remember(self, name: str, plain: Any) -> None:
        """Keep under a name of its own what is to outlive new code and suites."""
        folder = self.private("history")
        writing.write_text(
            folder / f"{name}.json", json.dumps(plain, ensure_ascii=False), private=True
        )

    def tables(self, key: str) -> Path:
        """Where the tables read under this key lie. Hold them first (``lease.hold``): others may be
        removing."""
        return self.folder / "tables" / key

    @contextmanager
    def work(self) -> Iterator[Path]:
        """A private folder for work, gone afterwards, also where the process is killed: then by the
        next start."""
        place = self.lease.work()
        try:
            yield place
        finally:
            rmtree(place, ignore_errors=True)

    def keep_tables(self) -> None:
        """The tables that this store's lease holds stay after it, until the next run that is not
        asked to keep any."""
        self.lease.keep()

    def forget_tables(self) -> None:
        """End this store's lease: its tables are removed, but for those that somebody else
        holds."""
        self.lease.release()
