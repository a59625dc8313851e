"""Maps that need no network: layers with their table, legend and source, as a page, a still picture
and in JupyterLab."""
