"""Which parts of a schema can be tried: formats, patterns and bounds are put to the engine that
will try them. What cannot be meant is a fault of the schema; what is not tried is told."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from helpers.checking.expectations.expectation import literal
from helpers.checking.expectations.schemas import values
from helpers.declared.schemas.model import Bound, Field, Limits, NotTried, TableSchema, WrittenType
from helpers.words.errors import ConfigurationError
from helpers.words.faults import Fault, Faults

if TYPE_CHECKING:
    import duckdb

KNOWN_FORMATS = {
    "string": ("default", *values.TEXTS),
    "geopoint": ("default", "array", "object"),
    "geojson": ("default", "topojson"),
}
BOUNDS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "above": "exclusiveMinimum",
    "below": "exclusiveMaximum",
}


class Proof:
    """Of one schema: ``not_tried`` and ``faults``, as its fields are proved."""

    def __init__(self, schema: TableSchema, connection: duckdb.DuckDBPyConnection) -> None:
        self.schema, self.connection = schema, connection
        self.not_tried = list(schema.not_tried)
        self.faults: list[Fault] = []

    def sound(self) -> None:
        """Raises ``ConfigurationError`` with every fault, if there is one."""
        if self.faults:
            file, faults = self.schema.files[0].name, Faults(self.faults)
            raise ConfigurationError(
                "schemas.wrong", {"file": file, "count": len(faults), "errors": faults}
            )

    def _gives(self, sql: str) -> Any:
        """What an expression gives; an error of DuckDB's is None."""
        import duckdb  # 0.1 s

        try:
            row = self.connection.execute(f"select {sql}").fetchone()
        except duckdb.Error:
            return None
        return row[0] if row else None

    def _fault(self, kind: str, *at: Any) -> None:
        place = ".".join(map(str, at))
        self.faults.append(Fault(self.schema.said_in, 0, kind, place))

    def _skip(self, why: str, *at: Any) -> None:
        self.not_tried.append(NotTried(at, why))

    def _dated(self, written: WrittenType, at: tuple[Any, ...]) -> WrittenType:
        """With a format that can be read; else any value will do."""
        if written.format == "any":
            self._skip("any_format", *at, "format")
            return replace(written, type="any")
        told = {part[1] for part in re.findall(r"%.", written.format)}
        empty = "try_strptime('', " + literal(written.format) + ")"
        whole = "%" not in re.sub(r"%[A-Za-z%]", "", written.format)
        if written.format != "default" and (
            not told or not told <= values.DIRECTIVES or not whole or self._breaks(empty)
        ):
            self._skip("format", *at, "format")
            return replace(written, type="any")
        return written

    def _breaks(self, sql: str) -> bool:
        return self._gives(f"({sql}) is null") is None

    def _written(self, written: WrittenType, at: tuple[Any, ...]) -> WrittenType:
        if written.type in values.CASTS:
            return self._dated(written, at)
        known = KNOWN_FORMATS.get(written.type, ("default",))
        if written.format not in known:
            self._skip("format", *at, "format")
            return replace(written, format="default")
        return written

    def _pattern(self, pattern: str | None, at: tuple[Any, ...]) -> str | None:
        if pattern is None or not self._breaks(f"regexp_full_match('', {literal(pattern)})"):
            return pattern
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError):
            self._fault("regex", *at, "constraints", "pattern")
        else:
            self._skip("pattern", *at, "constraints", "pattern")
        return None

    def _limits(self, field: Field) -> Limits:
        """The limits that can be meant, of a field whose format can be read."""
        limits, at, written = field.limits, field.at, field.written
        limits = replace(limits, pattern=self._pattern(limits.pattern, at))
        kept = {
            name: getattr(limits, name)
            if self._bound(getattr(limits, name), called, field)
            else None
            for name, called in BOUNDS.items()
        }
        limits = Limits(**{**vars(limits), **kept})
        if written.type not in ("any", "string") or written.format != "default":
            self._members(written, limits.enum, at)
        return limits

    def _bound(self, bound: Bound | None, called: str, field: Field) -> bool:
        """True for a bound that can be tried; of another it is told why not."""
        if bound is None:
            return False
        kind, place = field.written.type, (*field.at, "constraints", called)
        if kind == "any":
            self._skip("not_ordered", *place)
            return False
        dated = kind in (*values.CASTS, "yearmonth")
        if isinstance(bound, str):
            meant = self._reads(field.written, bound)
        else:
            meant = not dated and math.isfinite(bound)
        if not meant:
            self._fault("schema_bound", *place)
        return meant

    def _members(self, written: WrittenType, members: Sequence[Any], at: tuple[Any, ...]) -> None:
        """A fault for each member of a list that the field's type does not have."""
        texts = [literal(values.spelt(member)) for member in members]
        each = values.reads(written, "one")
        right = self._gives(f"list_transform([{', '.join(texts)}], lambda one: {each})") or []
        for n, reads in enumerate(right):
            if not reads and isinstance(members[n], str):
                self._fault("schema_member", *at, "constraints", "enum", n)

    def _reads(self, written: WrittenType, text: str) -> bool:
        return bool(self._gives(values.reads(written, literal(text))))

    def field(self, one: Field) -> Field:
        """The field as it can be tried."""
        ready = replace(one, written=self._written(one.written, one.at))
        return replace(ready, limits=self._limits(ready))
