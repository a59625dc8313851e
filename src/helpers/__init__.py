"""Datakollen: which dataset to publish first, and what is wrong with it, answered from the data themselves.

The verbs are the architecture; the same word names the module, the command and the key in the results:
catalogue, reading, screening, profiling, checking, scoring, ranking, reporting. ``running`` puts them in order.
"""

__version__ = "0.1.0"
