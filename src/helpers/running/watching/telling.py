"""What was seen of one candidate, in words of both languages: what is wrong, since when, what to do
and who to ask. Names and addresses as they may be shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

from helpers.declared import organisations, roles
from helpers.declared.catalogue import Entry
from helpers.metadata import completeness
from helpers.running.watching import fetching, freshness, looking
from helpers.running.watching.freshness import Freshness
from helpers.running.watching.looking import Fault, Look
from helpers.words.messages import LANGUAGES, date, listed, text
from helpers.words.source_text import SourceText

COLUMNS = 6  # names in a sentence
# who is asked; what is not here is for the information owner
WHO = {
    **dict.fromkeys(fetching.FAULTS, "web_editor"),
    **dict.fromkeys(("login", "page", "not_the_package", "draft", "no_address"), "web_editor"),
    **dict.fromkeys(("columns", "rows_gone", "empty", "unread"), "system_administrator"),
}
OWNER = "information_owner"
FINE, IS_WRONG, IS_UNKNOWN = "fine", "wrong", "unknown"


def _both(key: str, values: dict[str, Any]) -> dict[str, str]:
    return {
        language: text(key, language, **{name: _local(v, language) for name, v in values.items()})
        for language in LANGUAGES
    }


def _local(value: Any, language: str) -> Any:
    """A value as it fills a sentence: a mapping by language, names one after the other, a day."""
    if isinstance(value, dict):
        return value[language]
    if isinstance(value, list | tuple):
        return listed(
            [text("watch.quoted", language, name=name) for name in value], language, COLUMNS
        )
    if isinstance(value, dt.date):
        return date(value, language)
    return value


def _frequency(entry: Entry, language: str) -> str:
    code = freshness.code(str(entry.update_frequency) if entry.update_frequency else None)
    return text(f"inventory.frequency.{code}", language, default=code)


def fresh(said: Freshness, entry: Entry, today: dt.date) -> dict[str, str]:
    """The verdict on freshness, and what it rests on."""
    key = f"watch.fresh.{said.verdict}.{said.rests_on}"
    day = said.day or today
    values = {
        "day": day,
        "frequency": {language: _frequency(entry, language) for language in LANGUAGES},
    }
    return _both(key, values)


def _role(said: SourceText | None) -> str:
    """A role or a function's mailbox; "" for what looks like a person's own."""
    return "" if said is None or said.personal else str(said)


def asked(kind: str, entry: Entry) -> dict[str, str]:
    """Who is asked about a fault: the role that usually knows, with the mailbox that the entry or
    its organisation names."""
    id = WHO.get(kind, OWNER)
    role = roles.roles(entry)[id]
    owner, own, box = organisations.organisation(entry.organisation), "", ""
    if id == OWNER:  # the mailbox of an entry is its owner's
        own = _role(entry.owner.role)
        box = _role(entry.owner.mailbox) or completeness.mailbox(entry, owner) or ""
    said = {}
    for language in LANGUAGES:
        name = own or role.usual[language]
        key = "watch.who.mailbox" if box else "watch.who.role"
        said[language] = text(key, language, name=name, mailbox=box)
    return said


def _fault(fault: Fault, look: Look, today: dt.date) -> dict[str, Any]:
    entry, values = look.published.entry, dict(fault.values)
    if fault.kind == "stale":
        assert look.freshness is not None
        values["why"] = fresh(look.freshness, entry, today)
    if fault.kind == "columns":
        return _told(fault, _columns(values), look, today)
    if "day" in values:
        values["day"] = dt.date.fromisoformat(values["day"])
    return _told(fault, _both(f"watch.fault.{fault.kind}.what", values), look, today)


def _columns(values: dict[str, Any]) -> dict[str, str]:
    """Which columns are gone and which are new, in one sentence."""
    gone, new, than = values["gone"], values["new"], values["than"]
    kind = "both" if gone and new else "gone" if gone else "new"
    whom = {language: text(f"watch.than.{than}", language) for language in LANGUAGES}
    return _both(
        f"watch.fault.columns.{kind}",
        {"names": gone or new, "gone": gone, "new": new, "than": whom},
    )


def _told(fault: Fault, what: dict[str, str], look: Look, today: dt.date) -> dict[str, Any]:
    first = looking.wrong(look, today)[fault.kind]
    # the first time that it is looked nobody knows since when
    known = bool(look.before.where)
    return {
        "fault": fault.kind,
        "since": first if known else None,
        "what": what,
        "who": asked(fault.kind, look.published.entry),
        "fix": _both(f"watch.fault.{fault.kind}.fix", {}),
    }


def _since(look: Look) -> str | None:
    return look.seen.since if look.seen and look.before.file else None


def told(look: Look, today: dt.date, offline: bool) -> dict[str, Any]:
    """One candidate of the object. Where all was ``offline`` nothing is called wrong."""
    one, answer, entry = look.published, look.answer, look.published.entry
    faults = () if offline and look.unreached else look.faults
    owner = organisations.organisation(entry.organisation)
    return {
        "id": entry.id,
        "title": str(entry.title),
        "organisation": owner.name if owner else entry.organisation,
        "address": str(SourceText(fetching.shown(one.address))) if one.address else None,
        "rests_on": one.rests_on or None,
        "state": IS_WRONG if faults else _unless_known(look),
        "answers": None if answer is None or (offline and look.unreached) else not answer.fault,
        "status": answer.status if answer else None,
        "path": [str(SourceText(place)) for place in answer.path] if answer else [],
        "bytes": answer.size if answer else 0,
        "modified": answer.modified.isoformat() if answer and answer.modified else None,
        "content": look.content,
        "content_since": _since(look),
        "last_look": look.before.file.day if look.before.file else None,
        "rows": look.seen.rows if look.seen else None,
        "rows_before": look.before.file.rows if look.before.file and look.seen else None,
        "columns": len(look.seen.columns) if look.seen else None,
        "package": _package(look),
        "freshness": _freshness(look, today),
        "findings": _findings(look),
        "faults": [_fault(fault, look, today) for fault in faults],
        "notes": [
            {"note": note.kind, "what": _both(f"watch.note.{note.kind}", note.values)}
            for note in look.notes
        ],
    }


def _unless_known(look: Look) -> str:
    """Fine is only what was looked into and is known to be new enough."""
    new = look.freshness is not None and look.freshness.verdict == freshness.FRESH
    return FINE if new and look.seen is not None else IS_UNKNOWN


def _package(look: Look) -> str | None:
    """Whether the file is the package's: same, other; None where no package says what it is."""
    if not look.published.checksum or look.seen is None:
        return None
    other = any(fault.kind == "not_the_package" for fault in look.faults)
    return "other" if other else "same"


def _freshness(look: Look, today: dt.date) -> dict[str, Any]:
    said = look.freshness
    if said is None:
        return {"verdict": freshness.UNKNOWN, "rests_on": "not_looked", "day": None, "what": None}
    return {
        "verdict": said.verdict,
        "rests_on": said.rests_on,
        "day": said.day.isoformat() if said.day else None,
        "what": fresh(said, look.published.entry, today),
    }


def _findings(look: Look) -> dict[str, int] | None:
    """How many rules fail, and what became of them since the last look; None where no file was
    checked."""
    if look.seen is None:
        return None
    open, moves = look.seen.state.open, look.moves
    return {
        "failed": len(open),
        "critical": sum(rule.severity == 0 for rule in open.values()),
        "new": len(moves.new),
        "fixed": len(moves.fixed),
        "same": len(moves.persisting),
        "other_rules": len(moves.other),
    }
