"""What stands in the way of publishing, by kind: how many datasets, and who usually opens it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.advising import leading, procurement
from helpers.advising.results import Candidate
from helpers.declared.roles import Role, roles

# kind -> the steps that say so (advising.publishing_steps)
BY_STEP = {
    "personal_data": ("personal", "personal_outside", "groups"),
    "law": ("questions",),
    "licence": ("licence",),
    "owner": ("owner",),
    "file": ("file",),
    "faults": ("critical", "critical_file", "columns"),
}
LOCKED = ("supplier_owns_data", "no_export", "closed_format")
# the role that is asked: data/reference/roles.yaml
ASKED = {
    "personal_data": "information_owner",
    "law": "lawyer",
    "licence": "information_owner",
    "lock_in": "procurement_officer",
    "lock_in_unknown": "system_administrator",
    "owner": "board",
    "file": "system_administrator",
    "faults": "system_administrator",
    "lapsed": "registrar",
}
MADE_OF = 3  # holders named of one kind


@dataclass(frozen=True)
class Obstacle:
    """One kind: ids of the datasets that it stops, in the region's order; ``organisations``: how
    many have one; ``who``: the role that is asked, and its usual holders, the commonest first."""

    kind: str
    ids: tuple[str, ...]
    organisations: int
    role: Role
    holders: tuple[dict[str, str], ...] = ()


def kinds(candidate: Candidate) -> list[str]:
    """The kinds that stop one dataset; none of one that a national source has, that failed, or that
    is out already."""
    if candidate.failures or leading.to_link(candidate):
        return []
    ids = {step.id for step in candidate.steps}
    found = [kind for kind, steps in BY_STEP.items() if ids.intersection(steps)]
    locks = procurement.locks(candidate)
    if set(locks).intersection(LOCKED):
        found.append("lock_in")
    elif "export" in ids:
        found.append("lock_in_unknown")
    if candidate.gate is not None and candidate.gate.decision == "lapsed":
        found.append("lapsed")
    return found


def obstacles(candidates: Iterable[Candidate]) -> list[Obstacle]:
    """By kind, in the order of ``ASKED``; kinds that stop nothing are left out."""
    by_kind: dict[str, list[Candidate]] = {kind: [] for kind in ASKED}
    for candidate in candidates:
        for kind in kinds(candidate):
            by_kind[kind].append(candidate)
    return [_obstacle(kind, stopped) for kind, stopped in by_kind.items() if stopped]


def _obstacle(kind: str, stopped: list[Candidate]) -> Obstacle:
    name = ASKED[kind]
    asked = [roles(candidate.entry)[name] for candidate in stopped]
    counted = Counter(role.usual["sv"] for role in asked)
    by_holder = {role.usual["sv"]: role.usual for role in asked}
    return Obstacle(
        kind,
        tuple(candidate.entry.id for candidate in stopped),
        len({candidate.entry.organisation for candidate in stopped}),
        asked[0],
        tuple(by_holder[said] for said, _ in counted.most_common(MADE_OF)),
    )
