"""Whose weights the criteria are weighed by: the project's own, or an organisation's
``weights.yaml``, strictly read.

An organisation's file lies in its catalogue's folder and says who set the weights, when and why.
Criteria that it does not name keep the project's weight; all are then scaled to 100.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from helpers.declared import files
from helpers.declared.files import Declared, Filled
from helpers.scoring import criteria
from helpers.words.errors import ConfigurationError
from helpers.words.files import writing, yaml_text
from helpers.words.files.validated import wrong
from helpers.words.messages import both, text

FILE = "weights.yaml"
MOST = 1000.0
Weight = Annotated[float, Field(ge=0, le=MOST)]


@dataclass(frozen=True)
class Weights:
    """``values``: weight of every criterion by full id, summing to 100. The rest says whose they
    are, and why.

    ``organisation`` is None for the project's own weights. ``without``: criteria that were left out
    this time.
    """

    values: dict[str, float]
    organisation: str | None = None
    by: str = ""
    date: str = ""
    because: str = ""
    without: tuple[str, ...] = ()

    @property
    def whose(self) -> dict[str, str]:
        """Whose weights they are, in a sentence: sv, en."""
        details = {
            "organisation": self.organisation or "",
            "by": self.by,
            "date": self.date,
            "because": self.because,
        }
        sentences = both("weights.own" if self.organisation else "weights.common", **details)
        if not self.without:
            return sentences
        model = criteria.load()
        for language, sentence in sentences.items():
            names = ", ".join(_name(model, name)[language].lower() for name in self.without)
            sentences[language] = f"{sentence} {text('weights.without', language, names=names)}"
        return sentences

    def to_json(self) -> dict[str, Any]:
        """All fields, and ``whose``, as JSON has them."""
        return {
            "values": self.values,
            "organisation": self.organisation,
            "by": self.by,
            "date": self.date,
            "because": self.because,
            "without": list(self.without),
            "whose": self.whose,
        }


def _name(model: criteria.Model, id: str) -> dict[str, str]:
    group, name = id.split("_", 1)
    return model.groups[group][name].name


def scaled(values: Mapping[str, float]) -> dict[str, float]:
    """The same proportions with the sum 100. ``ValueError`` where nothing weighs anything."""
    whole = sum(values.values())
    if whole <= 0:
        raise ValueError("no criterion weighs anything")
    return {name: value / whole * 100 for name, value in values.items()}


def common() -> Weights:
    """The project's own weights, of scoring.yaml."""
    return Weights(criteria.load().weights)


def _day(given: Any) -> Any:
    """A day as YAML knows it, or as text."""
    try:
        return dt.date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        raise wrong("day") from None


def _criterion(name: str) -> str:
    known = criteria.load().weights
    if name not in known:
        raise wrong("among", known=", ".join(known))
    return name


class WeightsFile(Declared):
    """The whole file."""

    organisation: Filled
    by: Filled
    date: Annotated[dt.date, BeforeValidator(_day)]
    because: Filled
    weights: Annotated[
        dict[Annotated[str, AfterValidator(_criterion)], Weight], Field(min_length=1)
    ]


def _fitting(written: WeightsFile, fault: files.Tell) -> None:
    """Something weighs."""
    if sum((criteria.load().weights | written.weights).values()) <= 0:
        fault("no_weight", "weights")


def _weights(written: WeightsFile) -> Weights:
    values = scaled(criteria.load().weights | written.weights)
    by, because = written.by, written.because
    return Weights(values, written.organisation, by, str(written.date), because)


def parse(source: str, file: str) -> Weights:
    """The weights in the text ``source``. ``ConfigurationError`` names every fault with its line,
    all at once."""
    return _weights(files.parsed(source, file, WeightsFile, _fitting))


def load(file: Path) -> Weights:
    """The weights of ``file``. ``ConfigurationError`` where it is missing or not right."""
    if not file.is_file():
        raise ConfigurationError("weights.missing", {"file": file.name})
    return _weights(files.read(file, WeightsFile, _fitting))


def weights_of(folder: Path) -> Weights:
    """The weights of the catalogue in ``folder``: its own ``weights.yaml`` where there is one, else
    the project's. ``ConfigurationError`` where the file is not right."""
    return load(folder / FILE) if (folder / FILE).is_file() else common()


def save(
    folder: Path, values: Mapping[str, float], *, organisation: str, by: str, because: str
) -> Path:
    """Write ``weights.yaml`` into the catalogue's folder, of today, in place of what stood there;
    returns the file. ``ConfigurationError`` where the weights are not right: then nothing is
    written."""
    plain = {
        "organisation": organisation,
        "by": by,
        "date": dt.date.today().isoformat(),
        "because": because,
        "weights": {name: round(value, 4) for name, value in values.items()},
    }
    source = yaml_text.dumped(plain, 200)
    parse(source, FILE)
    return writing.amend_text(folder / FILE, source)


def without(weights: Weights, names: Iterable[str]) -> Weights:
    """The weights with these criteria at zero, and the others in the same proportions.

    ``ConfigurationError`` names every id that is no criterion, and those that there are.
    """
    gone = list(dict.fromkeys(names))
    unknown = [name for name in gone if name not in weights.values]
    if unknown:
        raise ConfigurationError(
            "weights.no_criterion",
            {"names": ", ".join(unknown), "known": ", ".join(weights.values)},
        )
    left = {name: 0.0 if name in gone else value for name, value in weights.values.items()}
    if sum(left.values()) <= 0:
        raise ConfigurationError("weights.nothing_left")
    return replace(weights, values=scaled(left), without=tuple(gone))


def shares(weights: Mapping[str, float], present: Collection[str]) -> dict[str, dict[str, float]]:
    """Who takes over the weight of a criterion that a dataset has nothing of: id -> {id that is
    present: share, sum 1}.

    The others of its group in proportion to their weights; where they weigh nothing, all that are
    present.
    """
    taken: dict[str, dict[str, float]] = {}
    for gone in (name for name in weights if name not in present):
        group = gone.split("_", 1)[0]
        peers = {name: weights[name] for name in present if name.startswith(f"{group}_")}
        if sum(peers.values()) <= 0:
            peers = {name: weights[name] for name in present}
        if sum(peers.values()) <= 0:
            peers = dict.fromkeys(present, 1.0)
        whole = sum(peers.values())
        taken[gone] = {name: value / whole for name, value in peers.items()}
    return taken


def effective(weights: Mapping[str, float], present: Collection[str]) -> dict[str, float]:
    """Weight of each criterion that is present, the weight of the others shared; in the order of
    ``present``."""
    result = {name: weights[name] for name in present}
    for gone, receivers in shares(weights, present).items():
        for name, share in receivers.items():
            result[name] += weights[gone] * share
    return result
