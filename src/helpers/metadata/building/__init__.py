"""A catalogue as a graph in DCAT-AP-SE 3.0.1: absolute IRIs, a language on each text, no blank
node; beside it its quality in figures (DQV)."""
