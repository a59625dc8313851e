"""The notebooks' contract: few cells, no logic, one parameters cell that its YAML describes, no
stored outputs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from helpers.reporting import contracts, show
from helpers.running import opening
from helpers.running.store import Store
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
    told = [cell for cell in cells if "lab-only" not in cell.metadata.get("tags", [])]
    assert len(told) <= 18 and sum(cell.cell_type == "code" for cell in told) <= 8
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
    assert len(tagged) == 1 and names == set(contracts.contract(book.stem))
    for cell in cells:
        if cell.cell_type == "markdown":
            assert texts("sv")[f"notebooks.{book.stem}.{cell.id}"].strip() == cell.source.strip()


@pytest.mark.parametrize(
    "wrong", [{"candidat": "x"}, {"candidate": 7}, {"candidate": "../x"}, {"language": "de"}]
)
def test_other_parameters_are_refused_before_a_kernel_starts(wrong: dict[str, object]):
    with pytest.raises(ConfigurationError):
        contracts.accepted("01_profile", wrong)


@pytest.mark.parametrize("wrong", [{"kandidat": "x"}, {"candidate": 7}, {"language": "de"}])
def test_a_notebook_refuses_other_parameters_itself(wrong: dict[str, object]):
    """papermill alone pastes what it is given as code, and runs with the candidate that is there."""
    with light.imports():
        import nbformat
    book = paths.notebooks() / "03_map_places.ipynb"
    code = [cell for cell in nbformat.read(book, as_version=4).cells if cell.cell_type == "code"]
    names: dict[str, object] = {"In": [""], "_": "", "exit": None}
    exec(code[0].source, names)
    names |= wrong
    with pytest.raises(ConfigurationError) as refused:
        exec(code[1].source, names)
    said = refused.value.text("sv")
    assert next(iter(wrong)) in said
    assert ("candidate" in said) is ("kandidat" in wrong or "candidate" in wrong)


def test_a_refused_value_is_told_with_what_is_taken_and_a_name_as_a_name():
    with pytest.raises(ConfigurationError) as value:
        contracts.accepted("01_profile", {"language": "de"})
    assert "det värdet: language (sv | en)" in value.value.text("sv")
    with pytest.raises(ConfigurationError) as name:
        contracts.accepted("01_profile", {"languag": "sv", "language": "de"})
    assert "parametern languag." in name.value.text("sv")


def test_who_runs_a_cell_once_more_has_names_of_ones_own():
    names = {"candidate": "x", "catalogue": "", "language": "sv", "mine": 3, "dataset": object()}
    contracts.parameters("01_profile", names)
    with pytest.raises(ConfigurationError):
        contracts.parameters("01_profile", names | {"language": "de"})


def test_a_map_of_something_else_says_what_it_is_for(tmp_path: Path):
    """A broadband map of bathing places would be empty, and say that all is well."""
    dataset = opening.open_candidate("karlskrona-badplatser", store=Store(tmp_path))
    said = show.map_broadband(dataset, language="sv").note
    assert "bredband" in said.lower() and "03_map_places" in said
    assert "03_map_broadband" not in said.split("finns:")[1]
