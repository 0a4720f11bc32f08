"""A copy of the whole walk for tests that tamper with it and undo all they did."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import Template, apps_on_copy


@pytest.fixture(scope="module")
def _copy(tmp_path_factory: pytest.TempPathFactory, walked_template: Template) -> Iterator[Flask]:
    with apps_on_copy(tmp_path_factory.mktemp("untouched"), walked_template) as make:
        yield make()


@pytest.fixture
def untouched(_copy: Flask) -> Iterator[Flask]:
    """An app on a database that its tests leave as it was, its context pushed."""
    with _copy.app_context():
        yield _copy
