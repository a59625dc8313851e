"""The one way to write a file: aside in the same folder, then moved into place; nothing
half-written is seen.

A link is followed to the file that it names, which keeps its permissions. Whatever the system says
against it becomes a ``ConfigurationError`` that names the file and says why in words.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from helpers.words import escaping
from helpers.words.errors import ConfigurationError
from helpers.words.files import names

PART = ".part"
LEFT = re.compile(r"\.[0-9a-f]{16}\.part(\.[^.]*)?")  # what a killed process may leave
ABANDONED_S = 86_400
LONGEST_ON_WINDOWS = 259  # characters of a whole path, where long paths are not allowed

REASONS = {
    errno.ENOSPC: "no_room",
    errno.EDQUOT: "no_room",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EISDIR: "folder_there",
    errno.ENOTDIR: "file_in_the_way",
    errno.EEXIST: "file_in_the_way",
    errno.ENAMETOOLONG: "name_too_long",
    errno.EINVAL: "bad_name",
    errno.EILSEQ: "bad_name",
    errno.ELOOP: "bad_name",
    errno.EBUSY: "in_use",
}
ON_WINDOWS = {
    5: "read_only",
    32: "in_use",
    33: "in_use",
    112: "no_room",
    123: "bad_name",
    206: "name_too_long",
}


def refusal(target: Path, error: Exception) -> ConfigurationError:
    """Why ``target`` cannot be written, for a person. ``error`` is what the system said."""
    file = escaping.shown(target.name or str(target))
    code = getattr(error, "errno", None)
    return ConfigurationError(
        f"files.{_reason(target, error)}",
        {"file": file, "code": errno.errorcode.get(code or 0, type(error).__name__)},
    )


def _reason(target: Path, error: Exception) -> str:
    if not isinstance(error, OSError):
        return "bad_name"  # a NUL, or letters that names cannot hold here
    reason = ON_WINDOWS.get(getattr(error, "winerror", None) or 0) or REASONS.get(
        error.errno or 0, "other"
    )
    # Windows says no more of a folder, of a file that is open, of a path too long
    if reason in ("read_only", "other"):
        if _mode(target) is not None and stat.S_ISDIR(_mode(target) or 0):
            return "folder_there"
        if any(stat.S_ISREG(_mode(parent) or 0) for parent in target.parents):
            return "file_in_the_way"
        if os.name == "nt" and len(str(target)) > LONGEST_ON_WINDOWS:
            return "name_too_long"
        if os.name == "nt" and reason == "read_only" and os.access(target, os.W_OK):
            return "in_use"
    return reason


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return None


@contextmanager
def refusals_told(target: Path) -> Iterator[None]:
    """What the system says inside is said of ``target``, as a ``ConfigurationError``."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise refusal(target, error) from None


def checked(target: Path) -> Path:
    """The file that ``target`` names, links followed; ``ConfigurationError`` where it plainly
    cannot be written."""
    if os.name == "nt" and names.reserved(target.name):
        raise refusal(target, ValueError("a device's name"))
    with refusals_told(target):
        real = Path(os.path.realpath(target))
        try:
            mode = real.stat().st_mode
        except FileNotFoundError:
            above = next(
                (parent for parent in real.parents if _mode(parent) is not None), real.parent
            )
            if not stat.S_ISDIR(_mode(above) or 0):
                raise NotADirectoryError(errno.ENOTDIR, "") from None
            if not os.access(above, os.W_OK):
                raise PermissionError(errno.EACCES, "") from None
            return real
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "")
        if not stat.S_ISREG(mode):
            raise ConfigurationError("files.not_ordinary", {"file": escaping.shown(target.name)})
        if not os.access(real, os.W_OK):
            raise PermissionError(errno.EACCES, "")
        return real


@contextmanager
def _part(target: Path, suffix: str, *, private: bool) -> Iterator[tuple[Path, Path]]:
    """A new file's path beside the one that ``target`` names, and that one; the first is gone
    afterwards."""
    real = checked(target)
    part = real.with_name(f".{secrets.token_hex(8)}{PART}{suffix}")
    try:
        with refusals_told(target):
            real.parent.mkdir(parents=True, exist_ok=True)
            os.close(
                os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666)
            )
            if not private:
                part.unlink()  # some libraries write a new file only
        yield part, real
    except OSError as error:
        # said of this file, not of one that was read meanwhile
        if error.filename in (None, str(part), part):
            raise refusal(target, error) from None
        raise
    finally:
        with suppress(OSError):  # still held open by a library that failed: swept later
            part.unlink(missing_ok=True)


def _kept(part: Path) -> None:
    """On disk before what it replaces is gone."""
    with part.open("r+b") as stream:
        os.fsync(stream.fileno())


@contextmanager
def aside(target: Path, *, private: bool = False, suffix: str | None = None) -> Iterator[Path]:
    """A path for a library that writes a file itself; moved to ``target`` where the block ends
    well, else removed.

    It ends like ``target`` (or in ``suffix``), so that the format is recognised. ``private``: for
    its owner alone.
    """
    ending = target.suffix if suffix is None else suffix
    with _part(target, ending if len(ending) <= 16 else "", private=private) as (part, real):
        yield part
        with refusals_told(target):
            if private:
                part.chmod(0o600)
            if real.exists():
                if not private:
                    shutil.copymode(real, part)
                _kept(part)
            part.replace(real)


def write_bytes(target: Path, data: bytes, *, private: bool = False) -> Path:
    """``target`` holds ``data``, whole, or what it held before. ``ConfigurationError`` where it
    cannot be written, as of all that writes here."""
    with aside(target, private=private, suffix="") as part:
        part.write_bytes(data)
    return target


def write_text(target: Path, text: str, *, private: bool = False) -> Path:
    """``target`` holds ``text`` in UTF-8, lines ended as they are in ``text``."""
    return write_bytes(target, text.encode("utf-8"), private=private)


def write_texts(target: Path, texts: Iterable[str]) -> Path:
    """``target`` holds the ``texts`` one after the other, of which one at a time is held."""
    with aside(target, suffix="") as part, part.open("x", encoding="utf-8", newline="") as stream:
        stream.writelines(texts)
    return target


def amend_text(target: Path, text: str) -> Path:
    """``text`` in the place of a person's text, whose kind of line ends is kept."""
    with refusals_told(target):
        windows = target.is_file() and b"\r\n" in target.read_bytes()
    return write_text(target, text.replace("\n", "\r\n") if windows else text)


def write_new(target: Path, data: bytes, *, private: bool = False) -> bool:
    """Write ``target`` where nothing stands; False where something does. Of two at once one is
    written, whole."""
    if os.path.lexists(target):
        return False
    with _part(target, "", private=private) as (part, real):
        part.write_bytes(data)
        try:
            real.hardlink_to(part)
        except FileExistsError:
            return False
        except OSError:  # a file system without hard links
            if real.exists():
                return False
            with refusals_told(target):
                part.replace(real)
    return True


def sweep(folder: Path) -> None:
    """Remove what processes that were killed over a day ago left half-written in ``folder``."""
    with suppress(OSError):  # a folder that cannot be listed is told when it is written to
        old = time.time() - ABANDONED_S
        for file in folder.iterdir():
            if LEFT.fullmatch(file.name) and file.is_file() and file.stat().st_mtime < old:
                file.unlink(missing_ok=True)
