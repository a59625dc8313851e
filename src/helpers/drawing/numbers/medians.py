"""A median's 95 % interval by exact order statistics: no assumption of how the numbers are
distributed.

The median lies between the l-th smallest and the l-th greatest of n with a probability of 1 - 2 P(X
< l), X binomial (n, 1/2); l is the greatest for which that is at least 0.95 (Conover, Practical
Nonparametric Statistics). Fewer than six give no such interval.
"""

from __future__ import annotations

from functools import cache
from math import exp, lgamma, log, sqrt

CONFIDENCE = 0.95


@cache
def rank(n: int) -> int | None:
    """l for n numbers, counted from 1; None where no interval reaches 95 %."""
    tail, most = 0.0, (1 - CONFIDENCE) / 2
    first = max(0, int(n / 2 - 6 * sqrt(n)))  # what lies further out is less than 1e-30
    for k in range(first, n // 2 + 1):
        tail += exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) - n * log(2))
        if tail > most:
            return k or None
    return None
