"""Names that Windows keeps for devices, with any suffix: a report that holds one cannot be copied
there."""

from __future__ import annotations

# Source: Microsoft, Naming Files, Paths, and Namespaces [M]
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in (*"123456789", *"¹²³")]
)


def reserved(name: str) -> bool:
    """True for a device's name, in any case and with any suffix.

    >>> reserved("CON"), reserved("nul.csv"), reserved("aux.tar.gz"), reserved("com1 .txt")
    (True, True, True, True)
    >>> reserved("console")
    False
    """
    return name.split(".", 1)[0].rstrip(" ").casefold() in RESERVED


def free(name: str) -> str:
    """The name, or one beside it where it is a device's.

    >>> free("con"), free("badplatser")
    ('con-data', 'badplatser')
    """
    return f"{name}-data" if reserved(name) else name
