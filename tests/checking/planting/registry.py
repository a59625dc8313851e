"""Kinds of defect by name: each plants itself in known records of a clean twin and says which rules
must name them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.checking.twins import Made

AMOUNTS: dict[str, float] = {"one": 0.0, "1 %": 0.01, "10 %": 0.1}


@dataclass(frozen=True)
class Planted:
    """``found``: rule -> records it must name (of ``table``). ``explains``: further rules that the
    defect makes fail.

    A rule ``reading:<code>`` is a repair that reading tells; ``a|b`` are two rules that name them
    together. ``any``: records that at least one rule must name, whichever it is.
    """

    found: dict[str, set[int]]
    explains: frozenset[str] = frozenset()
    any: frozenset[int] = frozenset()
    table: str | None = None


class Pick:
    """Takes records at random: as many as the amount says, and at least ``least``."""

    def __init__(self, rng: random.Random, share: float) -> None:
        self.rng, self.share = rng, share

    def __call__(self, among: Iterable[int], *, least: int = 1, most: float = 1.0) -> list[int]:
        """``most``: the greatest share of ``among`` at which the defect still is one (half of all
        years wrong is none)."""
        there = sorted(among)
        count = max(least, round(self.share * len(there)))
        return sorted(self.rng.sample(there, max(least, min(count, int(most * len(there))))))


@dataclass(frozen=True)
class Defect:
    kind: str
    twins: tuple[str, ...]
    plant: Callable[[Made, Pick], Planted]
    base: Callable[[Made], None] | None = (
        None  # makes another clean dataset, where the twin has nothing to spoil
    )
    amounts: tuple[str, ...] = tuple(AMOUNTS)
    delivered: bool = False  # the clean twin was the delivery before


DEFECTS: list[Defect] = []


def defect(
    *twins: str,
    base: Callable[[Made], None] | None = None,
    amounts: tuple[str, ...] = tuple(AMOUNTS),
    kind: str | None = None,
    delivered: bool = False,
) -> Callable[[Callable[[Made, Pick], Planted]], Callable[[Made, Pick], Planted]]:
    """Enter a function in the registry, under its own name."""

    def enter(plant: Callable[[Made, Pick], Planted]) -> Callable[[Made, Pick], Planted]:
        DEFECTS.append(Defect(kind or plant.__name__, twins, plant, base, amounts, delivered))
        return plant

    return enter


def said(rule: str, records: Iterable[int], *explains: str, table: str | None = None) -> Planted:
    return Planted({rule: set(records)}, frozenset(explains), table=table)


def spoilt(
    kind: str,
    column: str,
    values: tuple[object, ...],
    rule: str,
    *twins: str,
    explains: tuple[str, ...] = (),
    most: float = 1.0,
    base: Callable[[Made], None] | None = None,
    amounts: tuple[str, ...] = tuple(AMOUNTS),
) -> None:
    """Enter a defect that puts other values, in turn, where a column has some; ``rule`` must name
    those records."""

    @defect(*twins, kind=kind, base=base, amounts=amounts)
    def spoil(made: Made, pick: Pick) -> Planted:
        at = pick(
            (i for i, value in enumerate(made.main.values(column)) if value not in ("", None, "*")),
            most=most,
        )
        for n, i in enumerate(at):
            made.main.put(i, column, values[n % len(values)])
        return said(rule, at, *explains)


@dataclass
class Score:
    """How many planted records a kind of defect had, and how many of them were named, by twin."""

    planted: int = 0
    named: int = 0
    rules: set[str] = field(default_factory=set)

    @property
    def recall(self) -> float:
        return self.named / self.planted if self.planted else 1.0
