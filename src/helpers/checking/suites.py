"""Suites: rules in Great Expectations' vocabulary, loaded strictly; every error at once, with file and line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from helpers import paths, specifications
from helpers.checking.expectations import EXPECTATIONS
from helpers.checking.findings import DIMENSIONS, SEVERITIES
from helpers.errors import ConfigurationError

COMMON = "_common"


@dataclass(frozen=True)
class Rule:
    id: str
    type: str
    kwargs: dict[str, Any]
    severity: str
    dimension: str
    because: dict[str, str]
    fix: dict[str, str]
    special: bool = False

    @property
    def column(self) -> str | None:
        return self.kwargs.get("column")


@dataclass(frozen=True)
class Suite:
    name: str
    rules: tuple[Rule, ...]


def types() -> list[str]:
    """Dataset types that have a suite of their own."""
    return sorted(one.stem for one in paths.suites().glob("*.yaml") if one.stem not in (COMMON, "scoring"))


def _wrong(plain: dict[str, Any], name: str, seen: set[str]) -> list[str]:
    meta = plain.get("meta") or {}
    wrong = []
    if plain.get("type") not in EXPECTATIONS:
        wrong.append(f"type: {plain.get('type')}")
    if plain.get("severity") not in SEVERITIES:
        wrong.append(f"severity: {plain.get('severity')}")
    if meta.get("dimension") not in DIMENSIONS:
        wrong.append(f"dimension: {meta.get('dimension')}")
    for part in ("because", "fix"):
        if set(meta.get(part) or {}) != {"sv", "en"}:
            wrong.append(f"{part}: sv, en")
    if not meta.get("id") or meta.get("id") in seen:
        wrong.append(f"id: {meta.get('id')}")
    seen.add(str(meta.get("id")))
    roles = [value for key, value in (plain.get("kwargs") or {}).items() if key in ("column", "name")]
    if name in specifications.types():
        known = {field.name for field in specifications.load(name).fields}
        wrong += [f"column: {role}" for role in roles if role not in known]
    return wrong


def load(name: str, folder: Path | None = None) -> Suite:
    """The suite of a dataset type, or ``_common``. ``ConfigurationError`` lists every wrong rule with file and line."""
    file = (folder or paths.suites()) / f"{name}.yaml"
    text = file.read_text("utf-8")
    tree: Any = yaml.compose(text)
    nodes = next(value for key, value in tree.value if key.value == "expectations").value
    errors: list[str] = []
    seen: set[str] = set()
    rules = []
    for plain, node in zip(yaml.safe_load(text)["expectations"], nodes, strict=True):
        wrong = _wrong(plain, name, seen)
        errors += [f"{file.name}:{node.start_mark.line + 1}: {one}" for one in wrong]
        if not wrong:
            meta = plain["meta"]
            rules.append(
                Rule(meta["id"], plain["type"], plain.get("kwargs") or {}, plain["severity"], meta["dimension"],
                     meta["because"], meta["fix"], bool(meta.get("special")))
            )  # fmt: skip
    if errors:
        raise ConfigurationError("checking.wrong_suite", {"count": len(errors), "errors": "\n".join(errors)})
    return Suite(name, tuple(rules))


def readme() -> str:
    """The table of all rules, for ``quality_suites/README.md``."""
    lines = [
        "# The rules",
        "",
        "Generated from the suites by `python -m helpers.checking.suites`; a test holds it fresh.",
        "",
    ]
    for name in [COMMON, *types()]:
        lines += [f"## {name}", "", "| id | severity | dimension | truth |", "| --- | --- | --- | --- |"]
        for rule in load(name).rules:
            truth = EXPECTATIONS[rule.type].truth
            column = f" (`{rule.column}`)" if rule.column else ""
            lines.append(f"| {rule.id} | {rule.severity} | {rule.dimension} | {truth}{column} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    (paths.suites() / "README.md").write_text(readme(), "utf-8")
