"""One guard for whatever goes wrong in a command: two sentences and an exit code; a traceback only
when it is asked for.

Exit codes: 0 done, 1 only for ``--fail-on``, 2 wrong usage or configuration, 3 input that cannot be
read, 4 not computed, 5 another run has the place, 130 interrupted, 143 ended by the system. What
was not foreseen is named by its class and by our module and line: its text may hold a raw cell.
With ``DATAKOLLEN_DEBUG=1`` the traceback is printed besides; it may hold cells.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any, TextIO

from helpers.words import printing
from helpers.words.errors import ConfigurationError, DatakollenError, InputRefused
from helpers.words.personal import hiding

PACKAGE = Path(__file__).resolve().parents[1]
DEBUG = "DATAKOLLEN_DEBUG"
INTERRUPTED, TERMINATED = 130, 143
USAGE, INPUT, BROKEN = 2, 3, 4
# What the system says: a key under ``guarding``, and whether another path would help (2) or another
# machine (4).
SYSTEM = {
    errno.ENOSPC: ("full", BROKEN),
    errno.EDQUOT: ("full", BROKEN),
    errno.EFBIG: ("full", BROKEN),
    errno.ENOENT: ("absent", USAGE),
    errno.ENOTDIR: ("absent", USAGE),
    errno.EISDIR: ("folder", USAGE),
    errno.EEXIST: ("exists", USAGE),
    errno.ENOTEMPTY: ("exists", USAGE),
    errno.EACCES: ("refused", USAGE),
    errno.EPERM: ("refused", USAGE),
    errno.EROFS: ("refused", USAGE),
    errno.ENAMETOOLONG: ("name", USAGE),
    errno.EINVAL: ("name", USAGE),
    errno.ELOOP: ("name", USAGE),
    errno.EMFILE: ("busy", BROKEN),
    errno.ENFILE: ("busy", BROKEN),
    errno.EAGAIN: ("busy", BROKEN),
    errno.ENOMEM: ("memory", BROKEN),
}


class Terminated(KeyboardInterrupt):
    """The system told the process to end: it does as when a person interrupts it."""


def where(error: BaseException) -> str:
    """Our module and line where it arose, never what stands there: ``reading/scanning.py:120``."""
    steps = [
        (Path(frame.f_code.co_filename), line)
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    ours = [
        (file, line)
        for file, line in steps
        if file.is_relative_to(PACKAGE) and file != Path(__file__)
    ]
    return f"{ours[-1][0].relative_to(PACKAGE).as_posix()}:{ours[-1][1]}" if ours else "-"


def kind(error: BaseException) -> str:
    """Its class, with the library that it is of: ``duckdb.IOException``."""
    library = type(error).__module__.partition(".")[0].lstrip("_")
    name = type(error).__name__
    return name if library in ("builtins", "helpers", "") else f"{library}.{name}"


def placed(error: BaseException) -> str:
    """Its class, and where it arose: ``KeyError, words/light.py:33``."""
    return f"{kind(error)}, {where(error)}"


def _of_system(error: OSError) -> tuple[str, int, dict[str, Any]]:
    name = error.filename if isinstance(error.filename, str | bytes) else None
    file = hiding.hide(Path(os.fsdecode(name)).name)[:100] if name else "-"
    key, code = SYSTEM.get(error.errno or 0, ("system", BROKEN))
    kind_of_error = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return key, code, {"file": file, "kind": kind_of_error}


def known(error: BaseException) -> tuple[str, int, dict[str, Any]]:
    """The key under ``guarding``, the exit code and what fills the text, for an error that is none
    of ours."""
    place = {"kind": kind(error), "where": where(error)}
    if isinstance(error, KeyboardInterrupt):
        code = TERMINATED if isinstance(error, Terminated) else INTERRUPTED
        return "interrupted", code, {}
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException":
        return "memory", BROKEN, place
    if isinstance(error, RecursionError):
        return "nested", BROKEN, place
    if isinstance(error, UnicodeError):
        return "letters", BROKEN, place
    if isinstance(error, OSError):
        return _of_system(error)
    if isinstance(error, ImportError):
        return "library", BROKEN, place | {"name": str(error.name or "-")[:60]}
    if "No space left" in str(error):  # a library's own class for what the system said
        return "full", BROKEN, {"file": "-"}
    return "broke", BROKEN, place


def foreseen(error: BaseException) -> DatakollenError:
    """The error as one of ours, that says what and where in two languages and knows its exit
    code."""
    if isinstance(error, DatakollenError):
        return error
    key, code, values = known(error)
    made = DatakollenError(f"guarding.{key}", values)
    made.exit_code = code
    return made


def of_file(error: Exception, file: Path) -> DatakollenError:
    """What stopped one file, as an error of ours; a file that the system does not open is an input
    that was not read."""
    name = (
        error.filename if isinstance(error, OSError) and isinstance(error.filename, str) else None
    )
    if name is not None and Path(name).absolute() == file.absolute():
        return InputRefused("guarding.unopened", {"file": file.name, "kind": type(error).__name__})
    return foreseen(error)


def trace(error: BaseException) -> None:
    """Its traceback to standard error, where it is asked for."""
    if os.environ.get(DEBUG) == "1":
        printing.plain("".join(traceback.format_exception(error)).rstrip(), sys.stderr)


def say(error: BaseException, language: str = "sv") -> int:
    """Say it to standard error. The exit code. Without a word where nobody reads on."""
    if isinstance(error, BrokenPipeError):
        silence(sys.stdout)
        return 0
    failure = foreseen(error)
    with suppress(OSError, ValueError):  # nobody to say it to
        trace(error)
        printing.plain(f"{_prefix(language)} {failure.text(language)}", sys.stderr)
        sys.stderr.flush()
    return failure.exit_code


def _prefix(language: str) -> str:
    from helpers.words.messages import text  # only where it is said

    try:
        return text("cli.error", language)
    except ConfigurationError:  # that file is the one with faults
        return "!"


def silence(stream: TextIO | None) -> None:
    """What is left in the stream goes nowhere: Python's own flush at its end has nothing to
    complain of."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[union-attr]
        os.close(nowhere)


def flushed(code: int, language: str = "sv") -> int:
    """The exit code, once all that was said is out: a full disk behind standard output is an error
    too."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError) as error:
            silence(stream)
            code = max(code, say(error, language))
    return code


def spoken(arguments: list[str]) -> str:
    """The language that a command line asks for, before it is parsed."""
    joined = [part for argument in arguments for part in argument.split("=", 1)]
    return "en" if ("--language", "en") in pairwise(joined) else "sv"


def _terminate(_signal: int, _frame: Any) -> None:
    raise Terminated


def _heed_the_system() -> None:
    """A signal that ends the process interrupts it instead, unless somebody chose otherwise."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            with suppress(ValueError):  # not in the main thread
                signal.signal(number, _terminate)


def run(command: Callable[[], Any]) -> int:
    """Run a command line to its end. The exit code; whatever was raised has been said."""
    language = spoken(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        if sys.flags.optimize > 1:
            raise ConfigurationError("guarding.optimized")
        _heed_the_system()
        command()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else USAGE
    except BaseException as error:
        code = say(error, language)
    return flushed(code, language)
