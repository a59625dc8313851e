"""From a file to the catalogue entry that begins its candidacy: what the file itself tells, and
what a person must fill in."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from helpers.declared import catalogue
from helpers.declared.organisations import UNKNOWN, Organisation, identity
from helpers.words import guarding
from helpers.words.errors import DatakollenError
from helpers.words.files import names, writing
from helpers.words.personal import hiding


@dataclass
class Added:
    """``written``: the new entries; ``known``: files that an entry had before; ``refused``: why a
    file could not be read; ``guessed``: whose the data of an entry are, where that is a guess."""

    written: list[Path] = field(default_factory=list)
    known: list[Path] = field(default_factory=list)
    refused: list[DatakollenError] = field(default_factory=list)
    guessed: dict[Path, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Looked:
    """What a file tells of itself: its type, whom all its rows name, and whose it is by guess."""

    type: str
    publisher: Organisation | None = None
    guess: Organisation | None = None


Look = Callable[[Path], Looked]


def add(files: list[Path], folder: Path, look: Look) -> Added:
    """Write an entry for each file (or each file of a folder) that can be read; never overwrites
    one.

    ``look`` tells what a file says of itself, or raises what stands against it: that is among
    ``refused``, and the other files are added.
    """
    added = Added()
    sources = {_source(entry) for entry in folder.glob("*.yaml")} - {None}
    for file in catalogue.sources(files):
        try:
            catalogue.nameable(file)
            if str(file.resolve()) in sources:
                added.known.append(file)
                continue
            looked = look(file)
            added.written.append(_written(folder, file, looked))
            if looked.guess and not looked.publisher:
                added.guessed[added.written[-1]] = looked.guess.name
        except Exception as error:  # this file's own trouble: the others are added
            added.refused.append(guarding.of_file(error, file))
    return added


def _source(entry: Path) -> str | None:
    """The whole path of the file that an entry is of; None where it has none or is no entry."""
    path = catalogue.source_of(entry)
    try:
        return None if path is None else str((entry.parent / path).resolve())
    except (OSError, RuntimeError, ValueError):  # no path that a system takes
        return None


ENTRY = """\
id: {id}
title: {title}
type: {type}
organisation: {organisation}
stage: inventoried
source:
  path: {path}
{guessed}licence: null  # fyll i, till exempel CC0-1.0
update_frequency: null
description: null
owner: {{role: null, mailbox: null}}
"""


def _free(folder: Path, name: str) -> Path:
    """``name.yaml``, or with a number where another file has that name."""
    numbered = (folder / f"{name}{f'-{i}' if i > 1 else ''}.yaml" for i in range(1, 10_000))
    return next(path for path in numbered if not os.path.lexists(path))


def _written(folder: Path, file: Path, looked: Looked) -> Path:
    """A new entry; where another process takes its name meanwhile, under the next one."""
    name = names.free(identity(hiding.without(_called(file))))
    target = _free(folder, name)
    while not writing.write_new(target, _entry(file, target.stem, looked).encode("utf-8")):
        target = _free(folder, name)
    return target


def _called(file: Path) -> str:
    """What a source is called: a folder by its whole name."""
    return file.name if file.is_dir() else file.stem


def _kept(file: Path, id: str) -> str:
    """The file's name without what looks personal in it, which stands in the path alone."""
    called = _called(file)
    rest = " ".join(re.split(r"[\s_]+", hiding.without(called))).strip(" -_.,;:")
    return (rest or id) if hiding.kinds(called) else called


def _entry(file: Path, id: str, looked: Looked) -> str:
    """The entry's YAML; what comes from the file's name is quoted, whatever letters are in it. A
    guess is written as one: no rule takes it for a fact."""
    guessed = ""
    if looked.publisher:
        organisation = f"{looked.publisher.id}  # enligt alla rader i filen"
    elif looked.guess:
        organisation = f"{looked.guess.id}  # gissat: rätta, eller ta bort raden guessed"
        guessed = f"guessed: {{organisation: {looked.guess.id}}}\n"
    else:
        organisation = f"{UNKNOWN}  # fyll i: till exempel umea"
    given = (id, _kept(file, id), str(file.resolve()))
    name, title, path = (json.dumps(text, ensure_ascii=False) for text in given)
    return ENTRY.format(
        id=name,
        title=title,
        type=looked.type,
        organisation=organisation,
        path=path,
        guessed=guessed,
    )
