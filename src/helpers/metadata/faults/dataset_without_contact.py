"""A dataset says nobody to ask.

Source: DCAT-AP-SE recommends ``dcat:contactPoint``.
"""

from __future__ import annotations

from helpers.metadata import properties
from helpers.metadata.faults.fault import Fault, lacking

FAULT = Fault(
    lambda graph: lacking(graph, properties.DATASET, "dcat:contactPoint"), "catalogue", rank=2
)
