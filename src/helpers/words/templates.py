"""How all our pages are made of templates: escaped, complete, and without the white space of the
template's own lines."""

from __future__ import annotations

from jinja2 import BaseLoader, Environment, StrictUndefined


def environment(loader: BaseLoader) -> Environment:
    """Jinja's environment for HTML. A name that a template does not know raises
    ``UndefinedError``."""
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
