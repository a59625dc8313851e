"""What is left out of an import is there for who asks for it, and for all who import it later."""

from __future__ import annotations

import gc
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.words import light


def other_process(code: str) -> str:
    """What the code prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A package that imports something before its lists can be had."""
    folder = tmp_path / "slow_package"
    folder.mkdir()
    (folder / "__init__.py").write_text("from slow_package import factory", "utf-8")
    (folder / "factory.py").write_text("from slow_package import lists", "utf-8")
    (folder / "lists.py").write_text("NAMES = ['Anna']", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield folder.name
    for name in [name for name in sys.modules if name.startswith(folder.name)]:
        del sys.modules[name]


def test_a_part_is_had_without_the_package_and_the_package_whole_afterwards(package: str):
    with light.parts_of(package):
        assert importlib.import_module(f"{package}.lists").NAMES == ["Anna"]
        assert f"{package}.factory" not in sys.modules
    assert package not in sys.modules
    assert importlib.import_module(package).factory.lists.NAMES == ["Anna"]
    with light.parts_of(package):  # whole already
        assert f"{package}.factory" in sys.modules
    with pytest.raises(ImportError), light.parts_of("there_is_no_such_package"):
        pass


def test_a_module_comes_when_it_is_used(package: str):
    with light.later(f"{package}.lists"):
        whole = importlib.import_module(package)
        assert "NAMES" not in vars(whole.factory.lists)
    assert whole.factory.lists.NAMES == ["Anna"]
    assert importlib.import_module(f"{package}.lists").NAMES == ["Anna"]


def test_what_an_import_makes_is_not_looked_through_meanwhile():
    with light.imports():
        assert not gc.isenabled()
        with light.imports():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


@pytest.mark.slow
def test_who_leaves_first_takes_nothing_from_who_is_still_inside(monkeypatch: pytest.MonkeyPatch):
    """Two threads of a run once both took the hindrance away: one notebook of some hundreds broke."""
    monkeypatch.delitem(sys.modules, light.GRAMMAR, raising=False)
    first, second = light.imports(), light.imports()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert sys.modules[light.GRAMMAR] is None
    second.__exit__(None, None, None)
    assert light.GRAMMAR not in sys.modules and gc.isenabled()


def test_great_expectations_has_its_statistics_when_it_uses_them():
    said = other_process(
        "import sys\n"
        "from helpers.words import light\n"
        "connect = light.without('pyspark.sql.connect')\n"
        "with light.imports(), light.later('altair', 'scipy.stats'), connect:\n"
        "    import great_expectations\n"
        "print('scipy.stats' in sys.modules, 'altair' in sys.modules)\n"
        "from great_expectations.expectations.core import expect_column_kl_divergence_to_be_less_than as one\n"
        "print(one.stats.entropy([1.0]), one.alt.Chart.__name__)\n"
        "import scipy.stats; print(scipy.stats.entropy([1.0]))"
    )
    assert said.split() == ["False", "False", "0.0", "Chart", "0.0"]
