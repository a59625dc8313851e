"""A dataset does not say which specification it follows.

Source: DCAT-AP-SE recommends ``dcterms:conformsTo`` ("Uppfyller").
"""

from __future__ import annotations

from helpers.metadata import properties
from helpers.metadata.faults.fault import Fault, lacking

FAULT = Fault(
    lambda graph: lacking(graph, properties.DATASET, "dcterms:conformsTo"), "owner", rank=5
)
