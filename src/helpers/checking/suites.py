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

from helpers.checking import renamed
from helpers.checking.expectations import EXPECTATIONS, Example
from helpers.checking.findings import CONFORMITY, DIMENSIONS, SEVERITIES
from helpers.declared import specifications
from helpers.declared.organisations import Organisation
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.faults import Fault, Faults
from helpers.words.files import ours, strict_yaml, writing
from helpers.words.messages import LANGUAGES

SUITES = ours.Folder("quality_suites/*.yaml")
COMMON = "_common"
REFERENCES = {"$today.year", "$entry.update_frequency", "$organisation.area"} | {
    f"$organisation.{name}" for name in Organisation.model_fields
}
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
    version: int = 1  # of what it means: raised where counts before can no longer be compared

    @property
    def column(self) -> str | None:
        return self.kwargs.get("column")

    @property
    def truth(self) -> str:
        """The expectation's truth with this rule's own numbers in it."""
        return EXPECTATIONS[self.type].says(self.kwargs)


@dataclass(frozen=True)
class Suite:
    name: str
    rules: tuple[Rule, ...]


META = {attribute.name for attribute in fields(Rule)} - {"type", "kwargs", "severity", "variants"}


def files(name: str, folder: Path | None = None) -> list[Path]:
    """The suite files of a dataset type (or ``_common``), the type's own rules first; none where it
    has no suite."""
    folder = folder or paths.suites()
    suites = [file for file in ours.listed(folder, "*.yaml") if file.name.split(".")[0] == name]
    return sorted(suites, key=lambda file: file.name != f"{name}.yaml")


def types() -> list[str]:
    """Dataset types that have a suite of their own."""
    return sorted(
        {file.name.split(".")[0] for file in ours.listed(paths.suites(), "*.yaml")}
        - {COMMON, "scoring"}
    )


def _examples(meta: Mapping[str, Any], type: str) -> dict[str, tuple[Example, ...]]:
    """The rule's own examples, or its expectation's."""
    examples = meta.get("examples") or {}
    if examples or type not in EXPECTATIONS:
        return {kind: tuple(examples.get(kind) or ()) for kind in ("right", "wrong")}
    return {"right": EXPECTATIONS[type].right, "wrong": EXPECTATIONS[type].wrong}


def _references(value: Any) -> list[str]:
    """The references in a kwarg that stand for nothing."""
    listed = value if isinstance(value, list) else [value]
    return [
        reference
        for reference in listed
        if isinstance(reference, str) and reference.startswith("$") and reference not in REFERENCES
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
        wrong += [
            f"kwargs: {reference}" for value in kwargs.values() for reference in _references(value)
        ]
        roles = EXPECTATIONS[type].roles(kwargs).values()
        wrong += [
            f"column: {role}"
            for role in roles
            if known is not None and not meta.get("table") and role not in known
        ]
        wrong += [f"examples: {kind}" for kind, given in _examples(meta, type).items() if not given]
    if plain.get("severity") not in SEVERITIES:
        wrong.append(f"severity: {plain.get('severity')}")
    return wrong + _wrong_meta(meta, seen)


def _wrong_meta(meta: Mapping[str, Any], seen: set[str]) -> list[str]:
    """What is wrong with what a rule says of itself. ``seen``: the ids before it, and then its
    own."""
    wrong, version = [], meta.get("version", 1)
    if meta.get("dimension") not in (*DIMENSIONS, CONFORMITY):
        wrong.append(f"dimension: {meta.get('dimension')}")
    for part in ("because", "fix"):
        texts = meta.get(part)
        if (
            not isinstance(texts, dict)
            or set(texts) != set(LANGUAGES)
            or not all(str(text or "").strip() for text in texts.values())
        ):
            wrong.append(f"{part}: sv, en")
    if not meta.get("id") or meta.get("id") in {*seen, *renamed.RENAMED}:
        wrong.append(f"id: {meta.get('id')}")
    if type(version) is not int or version < 1:
        wrong.append(f"version: {version}")
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
        meta.get("version", 1),
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
    if not isinstance(variants, list) or not all(isinstance(variant, str) for variant in variants):
        errors, variants = [*errors, f"{file.name}:{document.line('variants')}: variants"], []
    for i, entry in enumerate(listed):
        wrong = _wrong(entry, known, seen) if _is_rule(entry) else ["type"]
        errors += [
            f"{file.name}:{document.line('expectations', i)}: {problem}" for problem in wrong
        ]
        if not wrong:
            rules.append(_rule(entry, tuple(variants)))
    return rules, errors


def _is_rule(entry: Any) -> bool:
    """A mapping whose parts are of the kinds that a rule's are."""
    if not isinstance(entry, dict):
        return False
    kwargs, meta = entry.get("kwargs") or {}, entry.get("meta") or {}
    if not all(
        isinstance(part, dict) and all(isinstance(key, str) for key in part)
        for part in (kwargs, meta)
    ):
        return False
    examples = meta.get("examples") or {}
    words = [*map(entry.get, ("type", "severity")), *map(meta.get, ("id", "dimension", "table"))]
    lists = [
        meta.get("not_for"),
        *(examples.values() if isinstance(examples, dict) else [examples]),
    ]
    return all(isinstance(word, str | None) for word in words) and all(
        isinstance(values, list | None) for values in lists
    )


def load(name: str, folder: Path | None = None) -> Suite:
    """The suite of a dataset type, or ``_common``. Raises ``ConfigurationError`` where a rule is
    wrong: it lists every such rule with file and line."""
    typed = name in specifications.types()
    known = {column.name for column in specifications.load(name).fields} if typed else None
    suite_files = files(name, folder)
    errors: list[Said] = [] if suite_files else [f"{name}.yaml:1: expectations"]
    if suite_files and not typed and name != COMMON:
        errors.append(f"{suite_files[0].name}:1: type: {name}")
    seen: set[str] = set() if name == COMMON else {rule.id for rule in load(COMMON).rules}
    rules: list[Rule] = []
    for file in suite_files:
        read, wrong = _read(file, known, seen)
        rules, errors = rules + read, errors + wrong
    if errors:
        raise ConfigurationError(
            "checking.wrong_suite", {"count": len(errors), "errors": Faults(errors)}
        )
    return Suite(name, tuple(rules))


def of(type: str, variant: str | None) -> list[Rule]:
    """The type's rules that are for this variant; none for a type without a suite. Raises as
    ``load`` does."""
    rules = load(type).rules if files(type) and type != COMMON else ()
    return [rule for rule in rules if not rule.variants or variant in rule.variants]


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
            where = "/".join(part for part in (rule.table, rule.column) if part)
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
            lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    writing.write_text(paths.suites() / "README.md", readme())
