"""A text of a source or of a person that was given to us is shown without what looks personal in
it: only who asks for ``raw`` gets it as it stands.

It is no ``str``, so that what wants one must say which of the two is meant.
"""

from __future__ import annotations

from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from helpers.words import escaping
from helpers.words.personal import hiding


class SourceText:
    """A name or a sentence as it was given. ``raw`` is for looking up and for what goes back to
    where it came from; ``str``, formatting and HTML give what may be shown. No dataclass either:
    ``asdict`` would take it apart.

    >>> str(SourceText("Elever 121212-1212")), SourceText("Anna Andersson").personal
    ('Elever ÅÅMMDD-XXXX', True)
    >>> bool(SourceText(" ")), SourceText("a") == "a"
    (False, False)
    """

    __slots__ = ("raw",)

    def __init__(self, raw: str) -> None:
        self.raw = raw

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SourceText) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __str__(self) -> str:
        return hiding.hide(self.raw)

    __repr__ = __str__

    def __format__(self, form: str) -> str:
        return format(str(self), form)

    def __html__(self) -> str:
        return escaping.html(str(self))

    def __bool__(self) -> bool:
        return bool(self.raw.strip())

    def __truediv__(self, within: str) -> SourceText:
        """The name of what lies in it."""
        return SourceText(f"{self.raw}/{within}")

    @property
    def personal(self) -> bool:
        """True where the text cannot be shown as it stands."""
        return bool(hiding.kinds(self.raw))

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """In a model it is given, checked and dumped as the text that it is."""
        return core_schema.no_info_before_validator_function(
            lambda given: given.raw if isinstance(given, SourceText) else given,
            core_schema.no_info_after_validator_function(cls, handler.generate_schema(str)),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda text: text.raw, return_schema=core_schema.str_schema()
            ),
        )
