"""Suites: rules in Great Expectations' vocabulary, loaded strictly; every error at once, with file
and line.

The rules of a type stand in ``<type>.yaml`` and in ``<type>.<part>.yaml``. A file may say at its
top for which ``variants`` of the specification it is (versions, subtypes, ``gtfs``); without that
it is for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from helpers.checking import renamed
from helpers.checking.expectations import EXPECTATIONS, Example
from helpers.checking.findings import CONFORMITY, DIMENSIONS, SEVERITIES
from helpers.declared import files, own, specifications
from helpers.declared.files import Declared, Filled, Listed, Said, Tell, among
from helpers.declared.organisations import Organisation
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.faults import Fault, Faults
from helpers.words.files import ours, writing
from helpers.words.files.validated import wrong

SUITES = ours.Folder("quality_suites/*.yaml")
COMMON = "_common"
Place = tuple[str, ...]
Values = dict[str, str]
REFERENCES = {"$today.year", "$entry.update_frequency", "$organisation.area"} | {
    f"$organisation.{name}" for name in Organisation.model_fields
}


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
    not_for: tuple[str, ...] = ()  # types or variants that ask it in their own way, or not at all
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


class Examples(Declared):
    """What the rule is kept by, and what breaks it."""

    right: Listed[Any] = ()
    wrong: Listed[Any] = ()


class Meta(Declared):
    """What we say of a rule beside Great Expectations' own words."""

    id: Filled
    dimension: Annotated[str, among((*DIMENSIONS, CONFORMITY))]
    because: Said
    fix: Said
    special: bool = False
    table: Filled | None = None
    not_for: Listed[Filled] = ()
    examples: Examples = Examples()
    version: int = Field(1, ge=1)


def _known(type: str) -> str:
    if type not in EXPECTATIONS:
        raise wrong("expectation", name=type)
    return type


class WrittenRule(Declared):
    """A rule as a suite has it."""

    type: Annotated[str, AfterValidator(_known)]
    kwargs: dict[str, Any] = Field(default_factory=dict)
    severity: Annotated[str, among(SEVERITIES)]
    meta: Meta


class SuiteFile(Declared):
    """The whole file. ``variants``: those of the specification that it is for; () for all."""

    variants: Listed[Filled] = ()
    expectations: Listed[WrittenRule]


def suites_of(name: str, folder: Path | None = None) -> list[Path]:
    """The suite files of a dataset type (or ``_common``), the type's own rules first; none where it
    has no suite."""
    there = ours.listed(folder or paths.suites(), "*.yaml")
    if folder is None and name != COMMON:
        there += own.suites()
    suites = [file for file in there if file.name.split(".")[0] == name]
    return sorted(suites, key=lambda file: file.name != f"{name}.yaml")


def types() -> list[str]:
    """Dataset types of ours that have a suite."""
    return sorted(
        {file.name.split(".")[0] for file in ours.listed(paths.suites(), "*.yaml")}
        - {COMMON, "scoring"}
    )


def _examples(meta: Meta, type: str) -> dict[str, tuple[Example, ...]]:
    """The rule's own examples, or its expectation's."""
    given = meta.examples
    if not (given.right or given.wrong):
        return {"right": EXPECTATIONS[type].right, "wrong": EXPECTATIONS[type].wrong}
    return {"right": given.right, "wrong": given.wrong}


def _references(value: Any) -> list[str]:
    """The references in a kwarg that stand for nothing."""
    listed = value if isinstance(value, list) else [value]
    return [
        reference
        for reference in listed
        if isinstance(reference, str) and reference.startswith("$") and reference not in REFERENCES
    ]


def _asked(rule: WrittenRule, fields: set[str] | None) -> Iterator[tuple[str, Place, Values]]:
    """What the expectation does not take of what the rule gives it: kind of fault, place in the
    rule, values. ``fields``: those that it may name; None: any."""
    expectation, kwargs = EXPECTATIONS[rule.type], rule.kwargs
    for key in expectation.wrong_kwargs(kwargs):
        yield "unknown" if key in kwargs else "missing", ("kwargs", key), {}
    for key, value in kwargs.items():
        for name in _references(value):
            known = ", ".join(sorted(REFERENCES))
            yield "reference", ("kwargs", key), {"name": name, "known": known}
    if fields is not None and not rule.meta.table:
        for key, name in expectation.roles(kwargs).items():
            if name not in fields:
                yield "no_field", ("kwargs", *key.split(".")), {"name": name}
    for kind, examples in _examples(rule.meta, rule.type).items():
        if not examples:
            yield "missing", ("meta", "examples", kind), {}


def _fitting(fields: set[str] | None, seen: set[str]) -> files.Also[SuiteFile]:
    """What a suite must agree with: the expectations, the fields, the ids of the suites before
    it."""

    def also(written: SuiteFile, fault: Tell) -> None:
        for i, rule in enumerate(written.expectations):
            for kind, place, values in _asked(rule, fields):
                fault(kind, "expectations", i, *place, **values)
            if rule.meta.id in seen:
                fault("same_rule", "expectations", i, "meta", "id")
            if rule.meta.id in renamed.RENAMED:
                now = renamed.RENAMED[rule.meta.id]
                fault("old_rule", "expectations", i, "meta", "id", now=now)
            seen.add(rule.meta.id)

    return also


def _rule(written: WrittenRule, variants: tuple[str, ...]) -> Rule:
    meta = written.meta
    return Rule(
        meta.id,
        written.type,
        written.kwargs,
        written.severity,
        meta.dimension,
        meta.because,
        meta.fix,
        meta.special,
        meta.table,
        variants,
        meta.not_for,
        _examples(meta, written.type),
        meta.version,
    )


@ours.remembered
def _load(name: str, folder: Path | None) -> Suite:
    typed = name in specifications.types()
    known = {column.name for column in specifications.load(name).fields} if typed else None
    suite_files = suites_of(name, folder)
    faults = [] if suite_files else [Fault(f"{name}.yaml", 1, "absent")]
    if suite_files and not typed and name != COMMON:
        faults.append(Fault(suite_files[0].name, 1, "dataset_type", values={"type": name}))
    seen: set[str] = set() if name == COMMON else {rule.id for rule in load(COMMON).rules}
    rules: list[Rule] = []
    for file in suite_files:
        written, told = files.declared_with_faults(
            file, SuiteFile, _fitting(known, seen), "expectations"
        )
        faults += told
        if written is not None and not faults:
            rules += [_rule(rule, written.variants) for rule in written.expectations]
    if faults:
        raise ConfigurationError(
            "checking.wrong_suite", {"count": len(faults), "errors": Faults(faults)}
        )
    return Suite(name, tuple(rules))


def load(name: str, folder: Path | None = None) -> Suite:
    """The suite of a dataset type, or ``_common``. Raises ``ConfigurationError`` where a rule is
    wrong: it lists all that is wrong with line and column."""
    return _load(name, folder)


def rules_of(type: str) -> tuple[Rule, ...]:
    """All the type's rules, of each variant; none for a type without a suite. Raises as ``load``
    does."""
    return load(type).rules if type != COMMON and suites_of(type) else ()


def rules_for(type: str, variant: str | None) -> list[Rule]:
    """The type's rules that are for this variant; none for a type without a suite. Raises as
    ``load`` does."""
    return [
        rule
        for rule in rules_of(type)
        if (not rule.variants or variant in rule.variants) and variant not in rule.not_for
    ]


def of_common(type: str, variant: str | None) -> list[Rule]:
    """The common rules that are asked of this type and variant. Raises as ``load`` does."""
    return [rule for rule in load(COMMON).rules if not {type, variant} & {*rule.not_for}]


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
