"""Suites: rules in Great Expectations' vocabulary, loaded strictly; every error at once, with file and line.

The rules of a type stand in ``<type>.yaml`` and in ``<type>.<part>.yaml``. A file may say at its top for which ``variants``
of the specification it is (versions, subtypes, ``gtfs``); without that it is for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from helpers import paths, specifications
from helpers.checking.expectations import EXPECTATIONS, Example
from helpers.checking.findings import DIMENSIONS, SEVERITIES
from helpers.errors import ConfigurationError
from helpers.files import ours, writing
from helpers.messages import LOADER
from helpers.organisations import Organisation

SUITES = ours.Folder("quality_suites/*.yaml")
COMMON = "_common"
REFERENCES = {"$today.year", "$entry.update_frequency", "$organisation.area"} | {
    f"$organisation.{name}" for name in Organisation.model_fields
}
LANGUAGES = {"sv", "en"}


@dataclass(frozen=True)
class Rule:
    """One rule. ``table``: the table of the snapshot that it is about, ``*`` for each; None: the main one."""

    id: str
    type: str
    kwargs: dict[str, Any]
    severity: str
    dimension: str
    because: dict[str, str]
    fix: dict[str, str]
    special: bool = False
    table: str | None = None
    variants: tuple[str, ...] = ()  # () for all
    not_for: tuple[str, ...] = ()  # variants that ask it in their own way
    examples: Mapping[str, tuple[Example, ...]] = field(default_factory=dict)  # right, wrong

    @property
    def column(self) -> str | None:
        return self.kwargs.get("column")

    @property
    def truth(self) -> str:
        return EXPECTATIONS[self.type].says(self.kwargs)


@dataclass(frozen=True)
class Suite:
    name: str
    rules: tuple[Rule, ...]


META = {one.name for one in fields(Rule)} - {"type", "kwargs", "severity", "variants"}


def files(name: str, folder: Path | None = None) -> list[Path]:
    folder = folder or paths.suites()
    return [one for one in ours.listed(folder, "*.yaml") if one.name.split(".")[0] == name]


def types() -> list[str]:
    """Dataset types that have a suite of their own."""
    return sorted({one.name.split(".")[0] for one in ours.listed(paths.suites(), "*.yaml")} - {COMMON, "scoring"})


def _examples(meta: Mapping[str, Any], type: str) -> dict[str, tuple[Example, ...]]:
    """The rule's own examples, or its expectation's."""
    own = meta.get("examples") or {}
    if own or type not in EXPECTATIONS:
        return {kind: tuple(own.get(kind) or ()) for kind in ("right", "wrong")}
    return {"right": EXPECTATIONS[type].right, "wrong": EXPECTATIONS[type].wrong}


def _references(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str) and one.startswith("$") and one not in REFERENCES]


def _wrong(plain: dict[str, Any], known: set[str] | None, seen: set[str]) -> list[str]:
    """What is wrong with one rule. ``known``: the fields that it may name; None: any."""
    meta, kwargs, type = plain.get("meta") or {}, plain.get("kwargs") or {}, str(plain.get("type"))
    wrong = [f"{key}?" for key in sorted({*(set(plain) - {"type", "kwargs", "severity", "meta"}), *(set(meta) - META)})]
    if type not in EXPECTATIONS:
        wrong.append(f"type: {type}")
    else:
        wrong += [f"kwargs: {key}" for key in EXPECTATIONS[type].wrong_kwargs(kwargs)]
        wrong += [f"kwargs: {one}" for value in kwargs.values() for one in _references(value)]
        roles = EXPECTATIONS[type].roles(kwargs).values()
        wrong += [
            f"column: {role}" for role in roles if known is not None and not meta.get("table") and role not in known
        ]
        wrong += [f"examples: {kind}" for kind, given in _examples(meta, type).items() if not given]
    if plain.get("severity") not in SEVERITIES:
        wrong.append(f"severity: {plain.get('severity')}")
    if meta.get("dimension") not in DIMENSIONS:
        wrong.append(f"dimension: {meta.get('dimension')}")
    for part in ("because", "fix"):
        said = meta.get(part)
        if (
            not isinstance(said, dict)
            or set(said) != LANGUAGES
            or not all(str(one or "").strip() for one in said.values())
        ):
            wrong.append(f"{part}: sv, en")
    if not meta.get("id") or meta.get("id") in seen:
        wrong.append(f"id: {meta.get('id')}")
    seen.add(str(meta.get("id")))
    return wrong


def _rule(plain: dict[str, Any], variants: tuple[str, ...]) -> Rule:
    meta = plain["meta"]
    return Rule(meta["id"], plain["type"], plain.get("kwargs") or {}, plain["severity"], meta["dimension"], meta["because"],
                meta["fix"], bool(meta.get("special")), meta.get("table"), variants, tuple(meta.get("not_for") or ()),
                _examples(meta, plain["type"]))  # fmt: skip


@lru_cache(maxsize=64)
def _parsed(text: str) -> tuple[dict[str, Any], list[tuple[Any, int]]]:
    """A suite's text and its rules with their lines: the same text is parsed once, as each dataset asks for it."""
    plain = yaml.load(text, LOADER)  # noqa: S506  a safe one
    node: Any = yaml.compose(text, LOADER)
    nodes = next(value for key, value in node.value if key.value == "expectations").value
    lines = [one.start_mark.line + 1 for one in nodes]
    return plain, list(zip(plain["expectations"], lines, strict=True))


def _read(file: Path, known: set[str] | None, seen: set[str]) -> tuple[list[Rule], list[str]]:
    """The rules of one file and what is wrong in it, with line."""
    try:
        plain, listed = _parsed(ours.read_text(file))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return [], [f"{file.name}:{mark.line + 1 if mark else 1}: YAML"]
    except (StopIteration, TypeError, AttributeError, KeyError):
        return [], [f"{file.name}:1: expectations"]
    rules, errors = [], [f"{file.name}:1: {key}?" for key in sorted(set(plain) - {"variants", "expectations"})]
    for one, line in listed:
        wrong = _wrong(one, known, seen) if isinstance(one, dict) else ["type"]
        errors += [f"{file.name}:{line}: {problem}" for problem in wrong]
        if not wrong:
            rules.append(_rule(one, tuple(plain.get("variants") or ())))
    return rules, errors


def load(name: str, folder: Path | None = None) -> Suite:
    """The suite of a dataset type, or ``_common``. ``ConfigurationError`` lists every wrong rule with file and line."""
    typed = name in specifications.types()
    known = {one.name for one in specifications.load(name).fields} if typed else None
    there = files(name, folder)
    errors = [] if there else [f"{name}.yaml:1: expectations"]
    errors += [f"{there[0].name}:1: type: {name}"] if there and not typed and name != COMMON else []
    seen: set[str] = set() if name == COMMON else {one.id for one in load(COMMON).rules}
    rules: list[Rule] = []
    for file in there:
        found, wrong = _read(file, known, seen)
        rules, errors = rules + found, errors + wrong
    if errors:
        raise ConfigurationError("checking.wrong_suite", {"count": len(errors), "errors": "\n".join(errors)})
    return Suite(name, tuple(rules))


def of(type: str, variant: str | None) -> list[Rule]:
    """The type's rules that are for this variant; none for a type without a suite."""
    rules = load(type).rules if files(type) and type != COMMON else ()
    return [one for one in rules if not one.variants or variant in one.variants]


def readme() -> str:
    """The table of all rules, for ``quality_suites/README.md``."""
    lines = [
        "# The rules",
        "",
        "Generated from the suites by `python -m helpers.checking.suites`; a test holds it fresh.",
        "",
    ]
    for name in [COMMON, *types()]:
        lines += [
            f"## {name}",
            "",
            "| id | severity | dimension | truth | because |",
            "| --- | --- | --- | --- | --- |",
        ]
        for rule in load(name).rules:
            where = "/".join(one for one in (rule.table, rule.column) if one)
            about = f" (`{where}`)" if where else ""
            only = f" Only {', '.join(rule.variants)}." if rule.variants else ""
            only += f" Not {', '.join(rule.not_for)}." if rule.not_for else ""
            cells = (rule.id, rule.severity, rule.dimension, f"{rule.truth}{about}{only}", rule.because["en"])
            lines.append(f"| {' | '.join(one.replace('|', chr(92) + '|') for one in cells)} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    writing.write_text(paths.suites() / "README.md", readme())
