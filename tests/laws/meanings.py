"""What each rule means, by its version: ``meanings.json``, which ``python -m tests.laws.meanings``
writes anew.

A meaning is a checksum of expectation, arguments, severity and table: what decides which rows fail
and how grave that is. A rule whose meaning is another at the same version is refused, as counts of
two runs would be compared that cannot be.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from helpers.checking import suites
from helpers.checking.suites import Rule

KEPT = Path(__file__).with_name("meanings.json")
Meanings = dict[str, str]  # type/id -> version and checksum


def meaning(rule: Rule) -> str:
    """The rule's version and the checksum of what it means."""
    declared = json.dumps([rule.type, rule.kwargs, rule.severity, rule.table], sort_keys=True)
    return f"{rule.version} {hashlib.sha256(declared.encode()).hexdigest()[:12]}"


def meanings() -> Meanings:
    """Those of all rules as they stand in the suites."""
    return {
        f"{name}/{rule.id}": meaning(rule)
        for name in (suites.COMMON, *suites.types())
        for rule in suites.load(name).rules
    }


def changed(kept: Meanings, now: Meanings) -> list[str]:
    """The rules that mean something else and whose version was not raised."""
    return [
        id
        for id, said in now.items()
        if said != kept.get(id, said) and int(said.split()[0]) <= int(kept[id].split()[0])
    ]


def kept() -> Meanings:
    """Those of the rules as they were when the file was written."""
    meanings: Meanings = json.loads(KEPT.read_text("utf-8"))
    return meanings


if __name__ == "__main__":
    if unraised := changed(kept(), meanings()):
        raise SystemExit(f"meaning changed: raise version, say so in CHANGELOG.md: {unraised}")
    KEPT.write_text(json.dumps(meanings(), indent=1) + "\n", "utf-8")
    print(KEPT)
