"""How a run is told while it goes on, on standard error: a line that stays with what remains on a
terminal, plain lines for a log that people read, JSON lines for one that programs read."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from helpers.running.commands.app import err
from helpers.words.messages import listed, text
from helpers.words.personal import hiding

NAMED = 4  # candidates that the line on a terminal names
BEGINS = {"examines": "examined", "executes": "notebooks"}  # event -> what begins
ENDS = {"computed": "examined", "failed": "examined", "notebooks": "notebooks"}

ELSEWHERE = {"personal": "cli.list.personal"}  # event -> its message, where another command says it


class Form(StrEnum):
    auto = "auto"
    plain = "plain"
    json = "json"


class Plain:
    """One line for each thing that happens."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, key: str, values: dict[str, Any], style: str = "") -> None:
        """The message ``cli.run.<key>``, or the one of ``ELSEWHERE``."""
        if key == "notice_shown":  # several lines, all of them ours
            err.lines(text(f"cli.run.{key}", self.language, **values))
        else:
            named = {name: value for name, value in values.items() if name != "ids"}
            message = ELSEWHERE.get(key, f"cli.run.{key}")
            err.say(message, self.language, style, **named)


class Json(Plain):
    """One object a line: ``event``, ``at`` (ISO 8601), and what fills the message."""

    def say(self, key: str, values: dict[str, Any], style: str = "") -> None:
        """The same without words of ours; texts of others without what looks personal."""
        ours = key == "notice_shown"
        shown = {name: value if ours else _plain(value) for name, value in values.items()}
        at = dt.datetime.now().astimezone().isoformat(timespec="seconds")
        err.json({"event": key, "at": at, **shown})


def _plain(value: Any) -> Any:
    """What fills a message as JSON holds it: a title of a catalogue, a path, a list of ids too."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return hiding.shown(str(value))


class Remaining(Plain):
    """A line at the bottom of a terminal: how much is done, which candidates remain. What ends well
    is counted there and told nowhere else."""

    def __init__(self, language: str, show: Callable[[str], None]) -> None:
        super().__init__(language)
        self._show, self._alone = show, threading.Lock()
        self._phase, self._left, self._count = "", list[str](), 0

    def say(self, key: str, values: dict[str, Any], style: str = "") -> None:
        """The line as it is after this; what is no progress is a line of its own."""
        with self._alone:  # several candidates at a time
            if key in BEGINS:
                self._phase, self._left = BEGINS[key], list(values["ids"])
                self._count = len(self._left)
            elif ENDS.get(key) == self._phase:
                self._left = [id for id in self._left if id != values["id"]]
            if key not in (*BEGINS, "computed", "notebooks"):
                super().say(key, values, style)
            self._show(self.line)

    @property
    def line(self) -> str:
        """The line as it is now; empty before anything begins."""
        if not self._phase:
            return ""
        if not self._left:
            return text(f"cli.run.line.{self._phase}_all", self.language, count=self._count)
        left = listed(self._left, self.language, NAMED)
        done = self._count - len(self._left)
        key = f"cli.run.line.{self._phase}"
        return text(key, self.language, count=self._count, done=done, left=left)


@contextmanager
def telling(form: Form, language: str) -> Iterator[Plain]:
    """Who tells of a run: as asked for, else by where standard error goes."""
    if form is Form.json:
        yield Json(language)
    elif form is Form.auto and err.is_seen:
        with err.line_that_stays() as show:
            yield Remaining(language, show)
    else:
        yield Plain(language)
