"""Colours and shapes of marks: one palette for the page (light and dark) and the still picture.

Categories after Okabe and Ito (2008), told apart by the colour-blind; each has a shape too, so that
colour never stands alone.
"""

from __future__ import annotations

# name -> (light, dark)
COLOURS: dict[str, tuple[str, str]] = {
    "a": ("#0a5872", "#7cc7e3"),
    "b": ("#c25400", "#ff9d52"),
    "c": ("#007a5a", "#4fd0a8"),
    "d": ("#a3417d", "#ec97c9"),
    "e": ("#7a5c00", "#e6c34a"),
    "f": ("#3d57b8", "#9db1ff"),
    "g": ("#6b4a3a", "#cfa892"),
    "h": ("#4c5d67", "#aebcc4"),
    "wrong": ("#a1201c", "#ffa39c"),
    "none": ("#7b878e", "#83929b"),
    # from little to much
    "s1": ("#f2e2b8", "#4a3f73"),
    "s2": ("#a9d3b5", "#3f6592"),
    "s3": ("#56aebb", "#2f97a3"),
    "s4": ("#2a76a6", "#63c489"),
    "s5": ("#28406f", "#e4e36a"),
}
SHAPES: dict[str, tuple[str, str]] = {  # name -> (SVG path in a square of 20, matplotlib's marker)
    "circle": ("M10 2a8 8 0 1 0 0 16a8 8 0 1 0 0-16z", "o"),
    "square": ("M3 3h14v14h-14z", "s"),
    "triangle": ("M10 1.5L19 17.5H1z", "^"),
    "diamond": ("M10 1L19 10L10 19L1 10z", "D"),
    "pentagon": ("M10 1.5L18.6 7.7L15.3 17.8H4.7L1.4 7.7z", "p"),
    "cross": ("M7 2h6v5h5v6h-5v5h-6v-5h-5v-6h5z", "P"),
    "wedge": ("M10 18.5L19 2.5H1z", "v"),
    "hexagon": ("M10 1.5L17.5 5.8V14.2L10 18.5L2.5 14.2V5.8z", "h"),
}
CATEGORIES = tuple(zip("abcdefgh", SHAPES, strict=True))  # the first eight kinds: (colour, shape)


def styles() -> str:
    """CSS variables ``--c-<name>``, light and dark."""
    light = "".join(f"--c-{name}:{pair[0]};" for name, pair in COLOURS.items())
    dark = "".join(f"--c-{name}:{pair[1]};" for name, pair in COLOURS.items())
    fills = "".join(f".k-{name}{{--k:var(--c-{name})}}" for name in COLOURS)
    return f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}{fills}"
