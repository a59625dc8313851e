"""Rules by looking: what a dataset's profile gives reason to ask of the next delivery, with what
it rests on and how many rows it would fail. Nothing is added by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from helpers.checking import proposing, suites
from helpers.checking.findings import Finding
from helpers.checking.proposing import Proposal
from helpers.checking.suites import Rule
from helpers.words.display import Display
from helpers.words.errors import ConfigurationError
from helpers.words.escaping import shown
from helpers.words.files import yaml_text
from helpers.words.messages import number, text

if TYPE_CHECKING:
    import pandas as pd

    from helpers.running.opening import Opened


@dataclass(frozen=True)
class Suggestion:
    """``rule`` as a suite would hold it; ``field``: the specification's for its column, '' where it
    has none; ``checked`` and ``failed`` rows of this dataset."""

    proposal: Proposal
    rule: Rule
    field: str
    checked: int
    failed: int


class Suggestions:
    """What ``suggest_rules`` proposes: as a table, as YAML for ``quality_suites`` and as Great
    Expectations' objects."""

    def __init__(self, dataset: Opened, suggestions: list[Suggestion]) -> None:
        self._dataset, self.suggestions = dataset, suggestions

    def __len__(self) -> int:
        return len(self.suggestions)

    def frame(self, language: str = "sv") -> pd.DataFrame:
        """One row for each proposal. Columns: ``column`` (the source's header), ``field`` (of the
        specification, '' where there is none), ``type`` and ``kwargs`` of the expectation,
        ``evidence``, ``checked, failed`` (rows of this dataset)."""
        import pandas as pd  # 0.5 s

        names = ("column", "field", "type", "kwargs", "evidence", "checked", "failed")
        rows = [
            (
                suggestion.proposal.column,
                suggestion.field,
                suggestion.rule.type,
                suggestion.rule.kwargs,
                suggestion.proposal.evidence(language),
                suggestion.checked,
                suggestion.failed,
            )
            for suggestion in self.suggestions
        ]
        return pd.DataFrame(rows, columns=list(names))

    def yaml(self) -> str:
        """The proposals as a suite file (``quality_suites/<type>.<part>.yaml``) has them. Columns
        that are no field of the specification are named in a comment: a suite cannot name them.
        Say in ``because`` why it shall hold, not only that it does."""
        fields = [suggestion for suggestion in self.suggestions if suggestion.field]
        beside = sorted(
            {suggestion.proposal.column for suggestion in self.suggestions if not suggestion.field}
        )
        comment = text("suggesting.no_field", "sv", columns=", ".join(beside)) if beside else ""
        written = yaml_text.dumped({"expectations": [_written(field.rule) for field in fields]})
        return f"# {shown(comment)}\n{written}" if comment else written

    def expectations(self) -> Any:
        """The proposals as an ``ExpectationSuite`` of Great Expectations, asked of the same tables
        as ``dataset.expectations()``."""
        return self._dataset.expectations_of([suggestion.rule for suggestion in self.suggestions])

    def _display(self, language: str = "sv") -> Display:
        head = [
            text(f"suggesting.head.{name}", language)
            for name in ("column", "rule", "evidence", "failed")
        ]
        rows = [
            (
                shown(suggestion.proposal.column),
                shown(suggestion.proposal.asked(language)),
                shown(suggestion.proposal.evidence(language)),
                f"{number(suggestion.failed, language)} / {number(suggestion.checked, language)}",
            )
            for suggestion in self.suggestions
        ]
        return Display(head, rows, text(f"suggesting.{'note' if rows else 'none'}", language))

    def _repr_html_(self) -> str:
        return self._display()._repr_html_()

    def __repr__(self) -> str:
        return repr(self._display())


def _written(rule: Rule) -> dict[str, Any]:
    examples = {kind: list(cells) for kind, cells in rule.examples.items()}
    return {
        "type": rule.type,
        "kwargs": rule.kwargs,
        "severity": rule.severity,
        "meta": {
            "id": rule.id,
            **({"examples": examples} if examples else {}),
            "dimension": rule.dimension,
            "because": rule.because,
            "fix": rule.fix,
        },
    }


def _named(rules: list[Rule], headers: dict[str, str]) -> list[Rule]:
    """The rules with the source's headers in the place of fields."""
    return [
        replace(rule, kwargs={**rule.kwargs, "column": headers.get(rule.column, rule.column)})
        for rule in rules
        if rule.column
    ]


def suggest_rules(dataset: Opened) -> Suggestions:
    """Rules that the dataset keeps already, or nearly, and that no suite asks yet: filled, unique,
    one of few values, within bounds, of one shape or length, not in the future.

    Of the main table; a marked column is only asked whether it is filled, unique, and of one shape.
    A proposal that more than a twentieth of the rows would break is left out.
    ``ConfigurationError`` for an idea without a file, ``InputRefused`` where it cannot be read.
    """
    if dataset.profile is None or dataset.snapshot is None:
        raise ConfigurationError("analysing.idea", {"id": dataset.entry.id})
    main, type, variant = dataset.snapshot.main, dataset.type, dataset.variant
    known = _named(
        [*suites.of_common(type, variant), *suites.rules_for(type, variant)], dataset.fields
    )
    field_of = {header: name for name, header in dataset.fields.items()}
    placing = main.geometry.columns if main.geometry else []
    made = proposing.proposals(
        dataset.profile["tables"][0], placing, known, dataset.today.isoformat()
    )
    rules = [one.rule(field_of.get(one.column, one.column)) for one in made]
    found: dict[str, Finding] = {one.id: one for one in dataset.tried(rules)}
    kept = []
    for one, rule in zip(made, rules, strict=True):
        finding = found[rule.id]
        if finding.checked and finding.failed <= proposing.MOST_FAILED * finding.checked:
            field = field_of.get(one.column, "")
            kept.append(Suggestion(one, rule, field, finding.checked, finding.failed))
    return Suggestions(dataset, kept)
