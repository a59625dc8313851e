"""Kernels for notebooks: warm ones are forked from one process that has everything imported,
ordinary ones are started anew.

``server`` is that process, ``becoming`` what a forked one does to be like an ordinary one, ``warm``
asks for it, ``manager`` is what papermill is given. See docs/decisions/0022.
"""
