"""One candidate's package, made in a private folder: the data as the gate lets them through, and
what is to be said of them. Nothing is written elsewhere here."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.checking.findings import DIMENSIONS, Finding
from helpers.declared import organisations
from helpers.declared.organisations import UNKNOWN
from helpers.filling_in.packaging import schemas
from helpers.filling_in.packaging.table import DRAFT, Tabled, TableRequest
from helpers.metadata import completeness, described, identity, vocabularies
from helpers.metadata.building.quality import Measured
from helpers.metadata.described import Dataset, PackageFile, Standing
from helpers.running import single
from helpers.running.opening import Opened
from helpers.running.packages import earlier
from helpers.screening.marks import Gate, Screening
from helpers.screening.masking import forms
from helpers.words.errors import ConfigurationError, Stopped
from helpers.words.files import writing
from helpers.words.messages import listed, text

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry
    from helpers.metadata.validating import Violation

SCHEMA = "tableschema.json"
CSVW = "-metadata.json"  # after the name of the table that it is about (W3C)
TOLD = ("critical", "warning")
SHOWN = 6  # reasons in a refusal


@dataclass(frozen=True)
class Package:
    """What was made of one candidate. ``files``: name -> where it lies for now; ``masked``: kinds
    of personal data that a draft has masked; ``left``: what the published file still breaks;
    ``figures``: what is measured of it. ``reading_lost``: an earlier package could not be read."""

    entry: Entry
    dataset: Dataset
    standing: Standing
    files: dict[str, Path]
    tabled: Tabled | None
    masked: tuple[str, ...] = ()
    left: tuple[Finding, ...] = ()
    figures: tuple[Measured, ...] = ()
    reading_lost: bool = False
    replaced: int = 0
    left_out: int = 0  # tables of a feed that the standard does not know
    gate: Gate | None = None
    final: Dataset | None = None  # as it is to be said once nothing makes it a draft
    source_format: str = ""
    violations: tuple[Violation, ...] = ()

    @property
    def prefix(self) -> str:
        """What the names of its files begin with."""
        return DRAFT if self.standing.draft else ""


@dataclass
class _Making:
    """What is known while a package is made."""

    opened: Opened
    work: Path
    language: str
    reasons: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    files: dict[str, Path] = field(default_factory=dict)

    @property
    def entry(self) -> Entry:
        return self.opened.entry

    @property
    def draft(self) -> bool:
        return bool(self.reasons)


def refuse(id: str, gate: Gate, language: str) -> None:
    """``Stopped`` with the reasons, where the gate stops the dataset."""
    if gate.verdict != "stopp":
        return
    reasons = [one.message[language].rstrip(".") for one in gate.reasons if one.level == "stopp"]
    why = listed(reasons[:SHOWN], language)
    raise Stopped("package.stopped", {"id": id, "why": why, "count": len(reasons)})


def draft_reasons(entry: Entry, gate: Gate) -> tuple[str, ...]:
    """Why the package is a draft, as the texts ``package.draft.<reason>``; none where nothing
    stands in the way."""
    owner = organisations.organisation(entry.organisation)
    lacks = {lack.field for lack in completeness.lacking(entry, owner)}
    asked = {
        "synthetic": entry.synthetic,
        "organisation": owner is None or owner.id == UNKNOWN or entry.is_guessed("organisation"),
        "review": gate.verdict == "granska",
        "no_decision": gate.decision != "valid",
        **{name: name in lacks for name in ("base", "address", "description", "licence")},
    }
    return tuple(reason for reason, holds in asked.items() if holds)


def _hidden(screening: Screening, gate: Gate) -> tuple[str, ...]:
    """Kinds of personal data, and of small groups, that no valid decision has let through."""
    if gate.decision == "valid":
        return ()
    marks = [mark.kind for mark in screening.marks if mark.hidden and mark.level != "told"]
    risks = [risk.kind for risk in screening.risks if risk.level != "told"]
    return tuple(dict.fromkeys([*marks, *risks]))


def made(opened: Opened, work: Path, target: Path, today: dt.date, language: str) -> Package:
    """The package of an opened candidate, its files in ``work``. ``target``: where it is going to
    lie, for what an earlier one there says.

    Raises ``Stopped`` where the gate stops it, ``ConfigurationError`` for an idea, and as reading
    does.
    """
    entry, gate, screening = opened.entry, opened.gate, opened.screening
    if opened.file is None or gate is None or screening is None:
        raise ConfigurationError("package.idea", {"id": entry.id})
    refuse(entry.id, gate, language)
    making = _Making(opened, work, language, draft_reasons(entry, gate), _hidden(screening, gate))
    if opened.snapshot is not None and opened.snapshot.format == "gtfs":
        package = _of_feed(making, target, today)
    else:
        package = _of_table(making, target, today)
    format = opened.snapshot.format if opened.snapshot else ""
    return replace(package, gate=gate, source_format=format)


def _of_table(making: _Making, target: Path, today: dt.date) -> Package:
    """A table in the form of its specification, with what stands beside it."""
    tabled, findings = _tabled(making)
    making.files = {file.name: file for file in tabled.files.values()}
    told = _schemas(making, tabled)
    making.files |= {file.name: file for file in told}
    names = tuple(file.name for file in told)
    forms = [
        replace(
            _file(file, form, names[:1] if form == "csv" else ()),
            rows=tabled.rows,
            columns=len(tabled.columns),
        )
        for form, file in tabled.files.items()
    ]
    left = tuple(one for one in findings if one.outcome == "failed" and one.severity in TOLD)
    figures = _figures(findings, tabled)
    package = _described(making, forms, tabled, target, today)
    return replace(package, left=left, figures=figures)


def _of_feed(making: _Making, target: Path, today: dt.date) -> Package:
    """A timetable, which has a form of its own and cannot be masked."""
    if making.masked:
        raise ConfigurationError("package.masked_feed", {"id": making.entry.id})
    name = f"{DRAFT if making.draft else ''}{making.entry.id}.zip"
    file = making.work / name
    left_out = making.opened.feed(file)
    making.files = {name: file}
    package = _described(making, [_file(file, "zip", ())], None, target, today)
    findings = making.opened.findings
    left = tuple(one for one in findings if one.outcome == "failed" and one.severity in TOLD)
    figures = _figures(findings, None)
    return replace(package, left=left, figures=figures, left_out=len(left_out))


def _tabled(making: _Making) -> tuple[Tabled, list[Finding]]:
    """The table as it is written, and what ``check`` says of the written file."""
    opened, entry = making.opened, making.entry
    source, version = opened, _version(making)
    if version is not None and making.masked:
        source = Opened(version, type=opened.type, store=opened.store, worker=opened.worker)
    request = TableRequest(
        making.work,
        entry.id,
        str(entry.title),
        opened.type,
        opened.variant,
        making.draft,
        making.language,
        version if version is not None and version.suffix == forms.GEOJSON else None,
    )
    tabled = source.tabled(request)
    if version is not None:
        version.unlink()
    with single.opened(tabled.files["csv"], type=opened.type, worker=opened.worker) as again:
        if again.screening is not None and again.screening.content == "stopp" and again.gate:
            refuse(entry.id, again.gate, making.language)  # what nobody saw in another form
        return tabled, again.findings


def _version(making: _Making) -> Path | None:
    """The masked version, where something is to be masked; the shapes of a map of lines or areas,
    which no table holds. None where neither is needed."""
    snapshot = making.opened.snapshot
    assert snapshot is not None
    drawn = forms.usual(snapshot) == forms.GEOJSON
    if not (making.masked or drawn):
        return None
    version = making.work / f"version{forms.GEOJSON if drawn else forms.CSV}"
    if making.masked:
        making.opened.mask(version)
    else:
        making.opened.drawn(version)
    return version


def _schemas(making: _Making, tabled: Tabled) -> list[Path]:
    """The Table Schema and the CSVW file beside the table."""
    entry, table = making.entry, tabled.files["csv"]
    prefix, title = DRAFT if making.draft else "", str(entry.title)
    plain = schemas.table_schema(tabled.columns, title, draft=making.draft)
    licence = vocabularies.licence(str(entry.licence) if entry.licence else None)
    beside = schemas.csvw(
        tabled.columns,
        table.name,
        title,
        licence=licence,
        conforms_to=tabled.specification.conforms_to,
        draft=making.draft,
    )
    files = [making.work / f"{prefix}{SCHEMA}", making.work / f"{table.name}{CSVW}"]
    for file, said in zip(files, (plain, beside), strict=True):
        writing.write_text(file, said)
    return files


def _file(file: Path, form: str, beside: tuple[str, ...]) -> PackageFile:
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, lambda: hashlib.sha1(usedforsecurity=False))
    media = vocabularies.MEDIA_TYPES[file.suffix]
    return PackageFile(file.name, form, media, file.stat().st_size, digest.hexdigest(), beside)


def _described(
    making: _Making,
    files: list[PackageFile],
    tabled: Tabled | None,
    target: Path,
    today: dt.date,
) -> Package:
    """The package with all that is said of it: the same files as last time are one
    delivery."""
    entry = making.entry
    owner = organisations.organisation(entry.organisation)
    base = identity.base_of(owner, synthetic=entry.synthetic)
    last = earlier.of(target, identity.dataset(base, entry.id))
    same = bool(files) and files[0].checksum in last.checksums
    issued = entry.published.issued or last.issued
    standing = Standing(
        making.reasons,
        issued if making.draft else issued or today,
        last.modified if same and last.modified else today,
    )
    specification = tabled.specification if tabled else making.opened.specification
    dataset = described.dataset(entry, owner, specification, files, standing)
    return Package(
        entry,
        dataset,
        standing,
        making.files,
        tabled,
        making.masked,
        reading_lost=last.unread,
        final=described.dataset(
            entry, owner, specification, files, replace(standing, reasons=(), issued=issued)
        ),
    )


def _figures(findings: Iterable[Finding], tabled: Tabled | None) -> tuple[Measured, ...]:
    """Counts and shares of what rules tried; of a dimension that none tried, nothing."""
    found = list(findings)
    figures = [Measured("rows", tabled.rows, of="csv")] if tabled else []
    for dimension in DIMENSIONS:
        of = [one for one in found if one.dimension == dimension and one.share is not None]
        checked = sum(one.checked for one in of)
        if checked:
            share = 1 - sum(one.failed for one in of) / checked
            figures.append(Measured(dimension, share, share=True))
    for severity in TOLD:
        failed = {one.id for one in found if one.severity == severity and one.outcome == "failed"}
        figures.append(Measured(severity, len(failed)))
    return tuple(figures)


def summary(package: Package, language: str) -> str:
    """One line about the package: what it is and why it is a draft."""
    if not package.standing.draft:
        return text("package.ready", language, id=package.entry.id)
    why = " ".join(text(f"package.draft.{reason}", language) for reason in package.standing.reasons)
    return text("package.drafted", language, id=package.entry.id, why=why)
