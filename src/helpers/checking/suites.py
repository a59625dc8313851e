"""Suites: rules in Great Expectations' vocabulary, loaded strictly; every error at once, with file
and line.

The rules of a type stand in ``<type>.yaml`` and in ``<type>.<part>.yaml``. A file may say at its
top for which ``variants`` of the specification it is (versions, subtypes, ``gtfs``); without that
it is for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from helpers.checking.expectations import EXPECTATIONS, Example
from helpers.checking.findings import DIMENSIONS, SEVERITIES
from helpers.declared import specifications
from helpers.declared.organisations import Organisation
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files import ours, strict_yaml, writing
from helpers.words.files.faults import Fault, Faults

SUITES = ours.Folder("quality_suites/*.yaml")
COMMON = "_common"
REFERENCES = {"$today.year", "$entry.update_frequency", "$organisation.area"} | {
    f"$organisation.{name}" for name in Organisation.model_fields
}
LANGUAGES = {"sv", "en"}
Said = Fault | str  # what is wrong in a file


@dataclass(frozen=True)
class Rule:
    """One rule. ``table``: the table of the snapshot that it is about, ``*`` for each; None: the
    main one."""

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
    there = [one for one in ours.listed(folder, "*.yaml") if one.name.split(".")[0] == name]
    return sorted(there, key=lambda one: one.name != f"{name}.yaml")  # the type's own rules first


def types() -> list[str]:
    """Dataset types that have a suite of their own."""
    return sorted(
        {one.name.split(".")[0] for one in ours.listed(paths.suites(), "*.yaml")}
        - {COMMON, "scoring"}
    )


def _examples(meta: Mapping[str, Any], type: str) -> dict[str, tuple[Example, ...]]:
    """The rule's own examples, or its expectation's."""
    own = meta.get("examples") or {}
    if own or type not in EXPECTATIONS:
        return {kind: tuple(own.get(kind) or ()) for kind in ("right", "wrong")}
    return {"right": EXPECTATIONS[type].right, "wrong": EXPECTATIONS[type].wrong}


def _references(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [
        one
        for one in listed
        if isinstance(one, str) and one.startswith("$") and one not in REFERENCES
    ]


def _wrong(plain: dict[str, Any], known: set[str] | None, seen: set[str]) -> list[str]:
    """What is wrong with one rule. ``known``: the fields that it may name; None: any."""
    meta, kwargs, type = plain.get("meta") or {}, plain.get("kwargs") or {}, str(plain.get("type"))
    wrong = [
        f"{key}?"
        for key in sorted(
            {*(set(plain) - {"type", "kwargs", "severity", "meta"}), *(set(meta) - META)}
        )
    ]
    if type not in EXPECTATIONS:
        wrong.append(f"type: {type}")
    else:
        wrong += [f"kwargs: {key}" for key in EXPECTATIONS[type].wrong_kwargs(kwargs)]
        wrong += [f"kwargs: {one}" for value in kwargs.values() for one in _references(value)]
        roles = EXPECTATIONS[type].roles(kwargs).values()
        wrong += [
            f"column: {role}"
            for role in roles
            if known is not None and not meta.get("table") and role not in known
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
    return Rule(
        meta["id"],
        plain["type"],
        plain.get("kwargs") or {},
        plain["severity"],
        meta["dimension"],
        meta["because"],
        meta["fix"],
        bool(meta.get("special")),
        meta.get("table"),
        variants,
        tuple(meta.get("not_for") or ()),
        _examples(meta, plain["type"]),
    )


@ours.remembered
def _opened(file: Path) -> strict_yaml.Document:
    """A suite's document: parsed once, as each dataset asks for it."""
    return strict_yaml.opened(file)


def _read(file: Path, known: set[str] | None, seen: set[str]) -> tuple[list[Rule], list[Said]]:
    """The rules of one file and what is wrong in it, with line."""
    document, rules = _opened(file), []
    errors: list[Said] = list(document.faults)
    plain = document.value if isinstance(document.value, dict) else {}
    listed, variants = plain.get("expectations"), plain.get("variants") or []
    if not isinstance(listed, list):
        return [], errors or [f"{file.name}:1: expectations"]
    errors += [
        f"{file.name}:1: {key}?"
        for key in sorted(map(str, set(plain) - {"variants", "expectations"}))
    ]
    if not isinstance(variants, list) or not all(isinstance(one, str) for one in variants):
        errors, variants = [*errors, f"{file.name}:{document.line('variants')}: variants"], []
    for i, one in enumerate(listed):
        wrong = _wrong(one, known, seen) if _is_rule(one) else ["type"]
        errors += [
            f"{file.name}:{document.line('expectations', i)}: {problem}" for problem in wrong
        ]
        if not wrong:
            rules.append(_rule(one, tuple(variants)))
    return rules, errors


def _is_rule(one: Any) -> bool:
    """A mapping whose parts are of the kinds that a rule's are."""
    if not isinstance(one, dict):
        return False
    kwargs, meta = one.get("kwargs") or {}, one.get("meta") or {}
    if not all(
        isinstance(part, dict) and all(isinstance(key, str) for key in part)
        for part in (kwargs, meta)
    ):
        return False
    examples = meta.get("examples") or {}
    words = [*map(one.get, ("type", "severity")), *map(meta.get, ("id", "dimension", "table"))]
    lists = [
        meta.get("not_for"),
        *(examples.values() if isinstance(examples, dict) else [examples]),
    ]
    return all(isinstance(word, str | None) for word in words) and all(
        isinstance(each, list | None) for each in lists
    )


def load(name: str, folder: Path | None = None) -> Suite:
    """The suite of a dataset type, or ``_common``. ``ConfigurationError`` lists every wrong rule
    with file and line."""
    typed = name in specifications.types()
    known = {one.name for one in specifications.load(name).fields} if typed else None
    there = files(name, folder)
    errors: list[Said] = [] if there else [f"{name}.yaml:1: expectations"]
    errors += [f"{there[0].name}:1: type: {name}"] if there and not typed and name != COMMON else []
    seen: set[str] = set() if name == COMMON else {one.id for one in load(COMMON).rules}
    rules: list[Rule] = []
    for file in there:
        found, wrong = _read(file, known, seen)
        rules, errors = rules + found, errors + wrong
    if errors:
        raise ConfigurationError(
            "checking.wrong_suite", {"count": len(errors), "errors": Faults(errors)}
        )
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
            cells = (
                rule.id,
                rule.severity,
                rule.dimension,
                f"{rule.truth}{about}{only}",
                rule.because["en"],
            )
            lines.append(f"| {' | '.join(one.replace('|', chr(92) + '|') for one in cells)} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    writing.write_text(paths.suites() / "README.md", readme())
