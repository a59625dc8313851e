"""A canary: personal data put into one place beside the table of a file that is otherwise harmless.
Screening must name that place, and nothing of the file where the canary is taken out.

Each place is read and screened, and no more; what a whole ``check`` says is looked at for some of
them, as its rules take longer than all else and see cells alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.sampling import every

from helpers.running import single
from helpers.words import messages

NUMBER = "19121212-1212"  # an official test number of Skatteverket
NAME, ADDRESS = "Fatima Eriksson", "anna.exempel@gmail.com"
WHOLE = f"{NAME} {NUMBER} {ADDRESS}"
HARMLESS = "Parker i kommunen"
PARTS = ("121212-1212", "1212121212", "Fatima", "anna.exempel")
KINDS = {"found_personnummer": NUMBER, "found_person_name": NAME, "found_email": ADDRESS}

Builder = Callable[[Path, str], Path]  # puts a text into a file in a folder, and gives the file


@dataclass(frozen=True)
class Place:
    """Where a canary can sit: the code of the place, and how to put it there. ``canary``: what
    there is room for."""

    code: str
    put: Builder
    canary: str = WHOLE

    @property
    def harmless(self) -> str:
        return HARMLESS[: len(self.canary)]

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, part in KINDS.items() if part in self.canary]


def sampled(names: Iterable[str]) -> list[Any]:
    """Of many places every tenth is tried each time."""
    return every(10, names)


def harmless(names: Iterable[str]) -> list[Any]:
    """Of the same places without a canary every tenth is tried each time, a third is ``slow`` and
    the others ``long``: the files differ in that place alone."""
    return [
        pytest.param(
            name,
            marks=[pytest.mark.long if number % 3 else pytest.mark.slow] if number % 10 else [],
        )
        for number, name in enumerate(names)
    ]


def whole(names: Iterable[str]) -> list[Any]:
    """Parameters of which the first is tried each time, every tenth is ``slow``, and no other is
    tried."""
    return [
        pytest.param(name, marks=[pytest.mark.slow] if number else [])
        for number, name in enumerate(list(names)[::10])
    ]


def checked(file: Path) -> dict[str, Any]:
    """What ``check`` says of a file; none of the canary is in it."""
    found, _ = single.check_file(file)
    assert "gate" in _without_canary(found), found
    return found


def screened(file: Path) -> dict[str, Any]:
    """How a file was read, its marks and its gate; none of the canary is in them."""
    with single.opened(file) as source:
        snapshot, screening, gate = source.snapshot, source.screening, source.gate
        assert snapshot is not None and screening is not None and gate is not None
        return _without_canary(
            {
                "rows": snapshot.main.rows,
                "repairs": [asdict(one) for one in snapshot.repairs],
                "marks": screening.to_json(),
                "gate": asdict(gate),
            }
        )


def _without_canary(said: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(said, ensure_ascii=False)
    assert not any(part in text for part in PARTS), text
    return said


def sentences(found: dict[str, Any]) -> dict[str, str]:
    """What is said of the content: code -> the Swedish sentences."""
    said: dict[str, str] = {}
    for reason in found["gate"]["reasons"]:
        if reason["code"].startswith("found_"):
            code, text = reason["code"], reason["message"]["sv"]
            said[code] = f"{said.get(code, '')} {text}".strip()
    return said


def is_found(place: Place, folder: Path) -> dict[str, Any]:
    """The canary is found, and the place that is said to hold it is the right one."""
    found = screened(place.put(folder, place.canary))
    said, words = sentences(found), messages.text(f"surroundings.place.{place.code}", "sv")
    for kind in place.kinds:
        assert words in said.get(kind, ""), (kind, words, said)
    assert found["gate"]["content"] == ("stopp" if NUMBER in place.canary else "granska")
    return found


def is_clean(place: Place, folder: Path) -> None:
    """The same file without the canary is free."""
    found = screened(place.put(folder, place.harmless))
    assert found["gate"]["content"] == "fri", sentences(found)


def is_unread(code: str, file: Path) -> None:
    """A place that cannot be looked into asks for review, by name."""
    found = screened(file)
    words = messages.text(f"surroundings.place.{code}", "sv")
    assert words in sentences(found).get("found_unread", ""), sentences(found)
    assert found["gate"]["content"] in ("granska", "stopp")
