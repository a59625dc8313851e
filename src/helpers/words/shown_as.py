"""Lists and mappings that are what they are, and show themselves in a notebook as a person reads
them. A copy, a pickle and JSON have the plain ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, SupportsIndex, TypeVar, overload

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")
Show = Callable[[Any], Any]


class Listed(list[T], Generic[T]):
    """A list with what shows it, and each part of it; ``show`` is asked when it is displayed."""

    def __init__(self, items: Iterable[T], show: Show) -> None:
        super().__init__(items)
        self._show = show

    @overload
    def __getitem__(self, at: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> T | list[T]:
        if isinstance(at, slice):
            return Listed(super().__getitem__(at), self._show)
        return super().__getitem__(at)

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return _bundle(self._show(self))


class Keyed(dict[K, V], Generic[K, V]):
    """A mapping with what shows it."""

    def __init__(self, items: Mapping[K, V], show: Show) -> None:
        super().__init__(items)
        self._show = show

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return _bundle(self._show(self))


def _bundle(made: Any) -> dict[str, str]:
    return {"text/html": made._repr_html_(), "text/plain": repr(made)}
