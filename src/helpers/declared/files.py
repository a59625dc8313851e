"""The one way in for what is declared in YAML: a file is what its model says, or it is refused with
every fault at its line and column.

A model stands beside the code that uses it, and is ``Declared``. It tells a wrong shape itself;
what it cannot see (an id used twice, a name that another file must know) ``also`` tells, of a value
whose shape is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    Strict,
    ValidationError,
)
from pydantic_core import CoreSchema, core_schema

from helpers.words.faults import Fault
from helpers.words.files import strict_yaml
from helpers.words.files.strict_yaml import Document
from helpers.words.files.validated import tell, wrong
from helpers.words.messages import LANGUAGES

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
Tell = Callable[..., None]  # (kind of fault, *path, **values), as ``Document.fault``
Also = Callable[[M, Tell], None]


class Declared(BaseModel):
    """What a part of a file holds: these fields and no other, each of just its type. The model is
    built when a file is first read."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


def _filled(text: str) -> str:
    if not text.strip():
        raise wrong("blank")
    return text


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error:
        raise wrong("regex") from None
    return text


@dataclass(frozen=True)
class Exactly:
    """Of a mapping: it has each of ``names``, may have ``others``, and no key besides."""

    names: tuple[str, ...]
    others: tuple[str, ...] = ()

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """What pydantic asks of an annotation: the values are as the mapping's own type says."""
        value = handler.generate_schema(get_args(source)[1])
        fields = {
            name: core_schema.typed_dict_field(value, required=name in self.names)
            for name in (*self.names, *self.others)
        }
        return core_schema.typed_dict_schema(fields, extra_behavior="forbid")


def among(names: Iterable[str]) -> AfterValidator:
    """Of a text: it is one of ``names``, else a fault (``ValueError`` to pydantic)."""
    known = tuple(names)

    def check(text: str) -> str:
        if text not in known:
            raise wrong("among", known=", ".join(known))
        return text

    return AfterValidator(check)


Filled = Annotated[str, AfterValidator(_filled)]  # not blank
Pattern = Annotated[str, AfterValidator(_pattern)]  # a regular expression
Said = Annotated[dict[str, Filled], Exactly(LANGUAGES)]  # a text in each language
Listed = Annotated[tuple[T, ...], Strict(False)]  # YAML knows lists alone
Known = Literal["verified", "memory"]  # how well a fact is known
Maturity = Literal["verified", "reconstructed", "draft"]  # how far a draft of ours has come


def once(key: str) -> Also[Any]:
    """Each id of the list ``key`` stands there once."""

    def also(declared: Any, fault: Tell) -> None:
        seen: set[str] = set()
        for i, item in enumerate(getattr(declared, key)):
            if item.id in seen:
                fault("same_id", key, i)
            seen.add(item.id)

    return also


def _taken(document: Document, model: type[M], also: Also[M] | None) -> M | None:
    """What the document declares; None where it is no ``model``: its faults say why."""
    if not document.faults and not isinstance(document.value, dict):
        document.fault("empty" if document.value is None else "no_mapping")
    if any(fault.fatal for fault in document.faults) or not isinstance(document.value, dict):
        return None
    try:
        declared = model.model_validate(document.value)
    except ValidationError as error:
        tell(document, error)
        return None
    if also is not None:
        also(declared, document.fault)
    return declared


def _sound(document: Document, model: type[M], also: Also[M] | None) -> M:
    declared = _taken(document, model, also)
    document.sound()
    assert declared is not None  # without a fault there is a value
    return declared


def declared_with_faults(
    path: Path, model: type[M], also: Also[M] | None = None, apart: str = ""
) -> tuple[M | None, list[Fault]]:
    """What a file declares, and every fault in it; None where it is no ``model``. For whoever tells
    the faults of several files at once. ``apart``: a list whose items stand for themselves; beside
    one of a wrong shape the others are held against ``also`` all the same."""
    document = strict_yaml.opened(path)
    declared = _taken(document, model, also)
    if declared is None and also is not None and apart:
        _others(document, model, also, apart)
    return declared, document.faults


def _others(document: Document, model: type[M], also: Also[M], key: str) -> None:
    items = document.value.get(key) if isinstance(document.value, dict) else None
    if not isinstance(items, list):
        return
    wrong = {tuple(fault.place.split(".")[:2]) for fault in document.faults}
    right = [i for i in range(len(items)) if (key, str(i)) not in wrong]
    try:
        others = model.model_validate({key: [items[i] for i in right]})
    except ValidationError:
        return

    def fault(kind: str, list_name: str, i: int, *at: Any, **values: Any) -> None:
        document.fault(kind, list_name, right[i], *at, **values)

    also(others, fault)


def read(path: Path, model: type[M], also: Also[M] | None = None) -> M:
    """What a file declares. ``ConfigurationError`` with every fault of the file, by line and
    column."""
    return _sound(strict_yaml.opened(path), model, also)


def parsed(text: str, file: str, model: type[M], also: Also[M] | None = None) -> M:
    """What a text declares that is, or will be, the file of that name. Raises as ``read`` does."""
    return _sound(strict_yaml.parsed(text, file), model, also)


def glimpsed(path: Path) -> Any:
    """The plain content of a file that may not be right, as far as it can be made out; else
    None."""
    return strict_yaml.opened(path).value
