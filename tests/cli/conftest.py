"""A folder of its own for each test of the commands."""

import pytest
from commands import Folder


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)
