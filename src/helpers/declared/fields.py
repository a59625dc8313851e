"""What is known of a specification once its files are read: its fields, its variants, and the
layouts that files follow."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpers.declared.variants import ASPECTS, Form


@dataclass(frozen=True)
class Field:
    """One field. ``type`` is the snapshot's: text | integer | decimal | date | datetime | boolean;
    codes are text."""

    name: str
    title: dict[str, str]
    type: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    personal: str | None = None  # public_role: persons who are meant to be public
    # organisation_number, municipality_code, key, amount, date, url, latitude ...
    role: str | None = None
    choices: tuple[str, ...] = ()  # the values that it may have; () for any
    example: str | None = None
    beside: dict[str, tuple[str, ...]] = field(default_factory=dict)  # other field -> names with it
    column: str = ""  # its name in the variant, where that is another
    extra: bool = False  # known to the type, not part of the variant

    @property
    def header(self) -> str:
        """What the column is called in a file that follows the specification."""
        return self.column or self.name


@dataclass(frozen=True)
class Variant:
    """One form of a type. It is recognised by ``formats``, by ``headers`` (of each group one is
    there, none of ``without``) or by ``words`` in the file's name; ``default`` is taken where none
    is. One with words is a subtype: of bathing places, say."""

    name: str
    title: dict[str, str]
    status: str
    source: str
    url: str
    fields: tuple[str, ...] = ()  # in order; () for all
    required: tuple[str, ...] | None = None  # None: as the fields say
    either: tuple[tuple[str, ...], ...] = ()  # of each, one field is enough
    names: dict[str, str] = field(default_factory=dict)  # field -> its header in this variant
    own: tuple[Field, ...] = ()  # that the type has not, or has otherwise
    formats: tuple[str, ...] = ()
    headers: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()  # longer words of which they are a part, that mean another thing
    default: bool = False
    verified: dict[str, str] = field(default_factory=dict)  # aspect -> where it was read
    forms: tuple[Form, ...] = ()  # layouts that files follow, the national one first


@dataclass(frozen=True)
class Specification:
    """A dataset type. Only ``status`` verified may ever be called the national specification."""

    name: str
    title: dict[str, str]
    status: str
    source: str
    url: str
    fields: tuple[Field, ...]
    signatures: tuple[tuple[tuple[str, ...], ...], ...] = ()
    general: tuple[str, ...] = ()
    ceiling: float = 1.0
    variants: tuple[Variant, ...] = ()
    variant: str | None = None  # the one that ``fields`` are of
    aspects: dict[str, str] = field(default_factory=dict)  # what is verified -> where it was read
    forms: tuple[Form, ...] = ()
    either: tuple[tuple[str, ...], ...] = ()  # of each, one field is enough

    @property
    def verified(self) -> bool:
        """True where it may be called the national specification."""
        return self.status == "verified"

    @property
    def conforms_to(self) -> str | None:
        """The address that a dataset may name as what it conforms to: only of a specification that
        is verified in every aspect; else None."""
        return (self.url or None) if self.verified and set(ASPECTS) <= set(self.aspects) else None

    def field(self, name: str) -> Field:
        """The field of that name; ``KeyError`` if there is none."""
        for known in self.fields:
            if known.name == name:
                return known
        raise KeyError(name)
