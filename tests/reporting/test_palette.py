"""Colours can be told apart and text can be read on them, light and dark, by the colour-blind too."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from helpers.drawing import palette

Rgb = tuple[float, float, float]
# Viénot, Brettel and Mollon (1999) and Brettel et al. (1997), as matrices on linear RGB (Machado,
# Oliveira and Fernandes, 2009, severity 1.0)
BLIND = {
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
SCHEMES = ("light", "dark")


def linear(colour: str) -> np.ndarray:
    """A colour ``#rrggbb`` as linear RGB. Source: WCAG 2.1, relative luminance."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(rgb: np.ndarray) -> float:
    return float(np.dot(rgb, (0.2126, 0.7152, 0.0722)))


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    """WCAG 2.1's contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def of(name: str, scheme: str) -> np.ndarray:
    return linear(palette.SITE[name][SCHEMES.index(scheme)])


def test_the_measure_itself():
    assert round(contrast(linear("#000000"), linear("#ffffff")), 1) == 21.0
    assert round(contrast(linear("#777777"), linear("#ffffff")), 2) == 4.48


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read_and_marks_be_seen(scheme: str):
    for least, pairs in ((4.5, palette.TEXT_ON), (3.0, palette.SEEN_ON)):
        for name, grounds in pairs.items():
            for ground in grounds:
                found = contrast(of(name, scheme), of(ground, scheme))
                assert found >= least, (scheme, name, ground, round(found, 2))


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* (D65) of linear RGB."""
    matrix = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(matrix) @ np.clip(rgb, 0, 1) / (0.9505, 1.0, 1.089)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("sight", ["all", *BLIND])
def test_ranges_are_told_from_what_is_known_whoever_looks(sight: str, scheme: str):
    """The bar's three parts; verdicts have a sign and a word besides."""
    seen = np.array(BLIND[sight]) if sight in BLIND else np.eye(3)
    shades = [lab(seen @ of(name, scheme)) for name in ("accent", "range", "track")]
    for one, other in itertools.combinations(shades, 2):
        assert np.linalg.norm(one - other) > 15, (sight, scheme)


def test_every_colour_of_a_page_comes_from_the_palette():
    """So that what is measured here is what is seen."""
    import re

    from helpers.drawing import page

    sheet = page.style()
    used = set(re.findall(r"var\(--([a-z-]+)\)", sheet)) - {"r"}
    assert used <= set(palette.SITE) | {"k"}, used - set(palette.SITE)
    screen = sheet.removeprefix(palette.site()).partition("@media print")[0]
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", screen)
