"""What a catalogue says of its datasets, as a graph: DCAT-AP-SE, built, read, judged, mended."""
