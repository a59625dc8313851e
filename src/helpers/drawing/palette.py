"""Colours of all our pages, and colours and shapes of marks on maps: one palette for the page
(light and dark) and the still picture.

Categories after Okabe and Ito (2008), told apart by the colour-blind; each has a shape too, so that
colour never stands alone. Text reaches WCAG 2.1 AA on every ground that it stands on
(``TEXT_ON``; tests/reporting/test_palette.py).
"""

from __future__ import annotations

# what pages are made of: name -> (light, dark)
SITE: dict[str, tuple[str, str]] = {
    "paper": ("#f6f6f2", "#10171b"),
    "card": ("#ffffff", "#182227"),
    "ink": ("#17252d", "#e9eef0"),
    "soft": ("#4c5d67", "#aebcc4"),
    "line": ("#d5dadd", "#33424a"),
    "edge": ("#74838c", "#7f929d"),  # of what can be used: 3:1 on paper and card
    "band": ("#ebf0f0", "#1f2b31"),
    "accent": ("#0a5872", "#7cc7e3"),
    "deep": ("#0b3b4d", "#0d3344"),
    "on-deep": ("#ffffff", "#f3fafc"),
    "on-deep-soft": ("#cfe3ea", "#b9d6e0"),
    "fri": ("#17633a", "#86d6a3"),
    "granska": ("#7d4a00", "#f1bd72"),
    "stopp": ("#a1201c", "#ffa39c"),
    "fri-bg": ("#e4f2e9", "#163324"),
    "granska-bg": ("#fbefd9", "#3a2b12"),
    "stopp-bg": ("#fbe6e4", "#43201e"),
    "range": ("#4a90aa", "#4a86a0"),
    "track": ("#dfe5e8", "#2c3a42"),
    "held": ("#bcd9e2", "#2d5364"),  # municipalities with candidates, on the region's map
    "sea": ("#e3edf1", "#0f1f28"),
}
# which text stands on which ground: 4.5:1
TEXT_ON: dict[str, tuple[str, ...]] = {
    "ink": ("paper", "card", "band", "held", "granska-bg"),
    "soft": ("paper", "card", "band"),
    "accent": ("paper", "card", "band"),
    "on-deep": ("deep",),
    "on-deep-soft": ("deep",),
    "fri": ("fri-bg", "card", "paper"),
    "granska": ("granska-bg", "card", "paper"),
    "stopp": ("stopp-bg", "card", "paper"),
}
# what is no text but must be seen: 3:1
SEEN_ON: dict[str, tuple[str, ...]] = {
    "edge": ("paper", "card"),
    "range": ("card", "paper"),
    "accent": ("track", "held"),
}

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


def site() -> str:
    """CSS variables ``--<name>`` of all pages, light and dark."""
    light = "".join(f"--{name}:{pair[0]};" for name, pair in SITE.items())
    dark = "".join(f"--{name}:{pair[1]};" for name, pair in SITE.items())
    return (
        f":root{{color-scheme:light dark;{light}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    )


def styles() -> str:
    """CSS variables ``--c-<name>``, light and dark."""
    light = "".join(f"--c-{name}:{pair[0]};" for name, pair in COLOURS.items())
    dark = "".join(f"--c-{name}:{pair[1]};" for name, pair in COLOURS.items())
    fills = "".join(f".k-{name}{{--k:var(--c-{name})}}" for name in COLOURS)
    return f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}{fills}"
