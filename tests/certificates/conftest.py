"""Fixtures for certificates."""

import pytest

from tests.certificates import samples


@pytest.fixture
def make_facts():
    return samples.make_facts


@pytest.fixture
def verify_url():
    return samples.VERIFY_URL
