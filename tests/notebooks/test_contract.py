"""The notebooks' contract: few cells, no logic, one parameters cell that its YAML describes, no
stored outputs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from helpers.running import notebooks
from helpers.words import light, paths
from helpers.words.errors import ConfigurationError
from helpers.words.messages import texts

BOOKS = sorted(paths.notebooks().glob("*.ipynb"))
LOGIC = (ast.FunctionDef, ast.For, ast.While, ast.Try, ast.ClassDef, ast.With, ast.If)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_contract(book: Path):
    with light.imports():
        import nbformat
    cells = nbformat.read(book, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert len(cells) <= 18 and len(code) <= 8
    assert sum(len(cell.source.splitlines()) for cell in code) <= 60
    assert not any(cell.outputs or cell.execution_count for cell in code)
    for cell in code:
        tree = ast.parse(cell.source)
        assert not any(isinstance(node, LOGIC) for node in ast.walk(tree))
        assert {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        } <= {"helpers"}
    tagged = [cell for cell in code if "parameters" in cell.metadata.get("tags", [])]
    names = {node.targets[0].id for node in ast.parse(tagged[0].source).body}  # type: ignore[attr-defined]
    assert len(tagged) == 1 and names == set(notebooks.contract(book.stem))
    for cell in cells:
        if cell.cell_type == "markdown":
            assert texts("sv")[f"notebooks.{book.stem}.{cell.id}"].strip() == cell.source.strip()


@pytest.mark.parametrize(
    "wrong", [{"candidat": "x"}, {"candidate": 7}, {"candidate": "../x"}, {"language": "de"}]
)
def test_other_parameters_are_refused_before_a_kernel_starts(wrong: dict[str, object]):
    with pytest.raises(ConfigurationError):
        notebooks.accepted("01_profile", wrong)
