"""Makes the test folder's modules importable, and gives each test a project with the support module."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from support_project import PYTHONS, SUPPORT, Project

sys.path.insert(0, str(SUPPORT.parent))


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: takes longer than a few seconds")


@pytest.fixture(params=PYTHONS, ids=[pathlib.Path(python).parts[-3] for python in PYTHONS])
def project(request, tmp_path):
    return Project(tmp_path, request.param)
