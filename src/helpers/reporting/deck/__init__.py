"""Slides about a run: told as plain objects (``telling``), written as a page (``page``) and as
PowerPoint (``powerpoint``). Neither form knows more than the other."""
