"""Results as another organisation would hand them over, made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Plain = dict[str, Any]


def step(id: str, said: str = "x") -> Plain:
    return {"id": id, "short": {"sv": said, "en": said}}


def finding(id: str, version: int = 1) -> Plain:
    return {
        "id": id,
        "outcome": "failed",
        "severity": "critical",
        "message": {"sv": "Hemlig mening", "en": "Secret sentence"},
        "version": version,
    }


def demand(id: str, *shown: tuple[str, str]) -> Plain:
    evidence = [{"kind": kind, "id": one, "version": 1} for kind, one in shown]
    return {"id": id, "evidence": evidence}


def result(
    owner: str, type: str = "offentlig_konst", *, agreed: bool = False, **values: Any
) -> Plain:
    """One candidate of ``datakollen/results/2``."""
    whole: Plain = {
        "id": f"{owner}-1",
        "title": f"Hemlig titel {owner}",
        "type": type,
        "subtype": None,
        "organisation": {
            "id": owner,
            "name": f"{owner.title()} kommun",
            "kind": "kommun",
            "named_in_public": agreed,
        },
        "synthetic": False,
        "published": "no",
        "system": None,
        "supplier": None,
        "gate": {"verdict": "granska"},
        "advice": None,
        "steps": [step("licence")],
        "findings": [],
        "demands": [],
    }
    return whole | values


def handed(
    file: Path, *results: Plain, finished: str = "2026-11-30T12:00:00+01:00", **values: Any
) -> Path:
    """A file of results."""
    whole = {
        "schema": "datakollen/results/2",
        "finished": finished,
        "version": "0.2.0",
        "candidates": list(results),
    }
    file.write_text(json.dumps(whole | values, ensure_ascii=False), "utf-8")
    return file
