"""The examples in the documentation of the library are what it does."""

import doctest
from types import ModuleType

import pytest

from ibasho.data import schedule
from ibasho.data.schedule import build, columns, dates, merge, model, now, school
from ibasho.importers import ages, fees

MODULES = [schedule, build, columns, dates, model, now, school, ages, fees]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_example_says_what_happens(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_example_of_merging_says_what_happens() -> None:
    doctest.run_docstring_examples(merge, {"merge": merge}, name="merge")
