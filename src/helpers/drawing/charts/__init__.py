"""Charts as SVG within a page: few bytes, colours of the page's own, a text alternative that says
what is seen."""
