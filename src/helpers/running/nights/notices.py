"""What has changed since the run before, told to people by apprise (mail, Teams, Slack, webhook):
counts only, and nothing where nothing has changed.

Where to send is a secret of the environment (``DATAKOLLEN_NOTIFY``: addresses as apprise has them).
What could not be sent waits in the store and goes with the next; a run never fails by it.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from helpers.advising import nights
from helpers.advising.nights import Night
from helpers.words.files import writing
from helpers.words.messages import text

SETTING = "DATAKOLLEN_NOTIFY"
WAITING = "waiting.json"
WAIT_S = 30.0  # for all services together
MOST = 50  # notices that wait


def sentences(before: Night | None, after: Night, language: str) -> list[str]:
    """One sentence for each kind of change; nothing the first time."""
    if before is None:
        return []
    counts = dict.fromkeys(("closed", "critical", "failed"), 0)
    for id in after.seen:
        state, earlier = after.states[id], before.states.get(id)
        counts["closed"] += nights.closed(earlier, state)
        new = nights.moves(earlier, state)
        counts["critical"] += nights.critical(new.new, state)
        was = earlier.status if earlier else None
        counts["failed"] += state.status == nights.FAILED and was != nights.FAILED
    said = [
        text(f"nights.notice.{kind}", language, count=count)
        for kind, count in counts.items()
        if count
    ]
    if before.first != after.first:
        said.append(text("nights.notice.first", language))
    return said


def notice(before: Night | None, after: Night, language: str) -> str | None:
    """The whole text; None where nothing has changed that people are told of."""
    said = sentences(before, after, language)
    if not said:
        return None
    head = text("nights.notice.head", language, started=minute(after.started))
    return "\n".join([head, *(f"- {one}" for one in said), text("nights.notice.foot", language)])


def minute(moment: str) -> str:
    """An ISO moment as people read it: day and minute."""
    return moment[:16].replace("T", " ")


@dataclass
class Outbox:
    """Notices in the private ``folder``, the oldest first."""

    folder: Path
    waiting: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        with suppress(OSError, ValueError, TypeError):
            plain = json.loads((self.folder / WAITING).read_text("utf-8"))
            self.waiting = [one for one in plain if isinstance(one, str)]

    def send(self, new: str | None, language: str) -> bool:
        """Send what waits and what is ``new``; False where it could not be and waits. Without
        addresses nothing is sent, and nothing waits."""
        addresses = os.environ.get(SETTING, "").strip()
        if not addresses:
            return True
        self.waiting = [*self.waiting, *([new] if new else [])][-MOST:]
        if not self.waiting:
            return True
        title = text("nights.notice.title", language)
        sent = _within(addresses, title, "\n\n".join(self.waiting))
        if sent:
            self.waiting = []
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = json.dumps(self.waiting, ensure_ascii=False)
        writing.write_text(self.folder / WAITING, kept, private=True)
        return sent


def _within(addresses: str, title: str, body: str) -> bool:
    """Whether all services took it within ``WAIT_S`` seconds; one that is slow is left alone."""
    answers: list[bool] = []

    def work() -> None:
        with suppress(Exception):  # whatever a service or its library does
            answers.append(_sent(addresses, title, body))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(WAIT_S)
    return answers == [True]


def _sent(addresses: str, title: str, body: str) -> bool:
    import apprise  # 0.3 s, for those who are told

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # it would name addresses
    services = apprise.Apprise()
    return bool(services.add(addresses)) and bool(services.notify(body=body, title=title))
