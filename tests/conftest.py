"""What holds for every test."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_cache(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep tests out of the user's cache, but for slow ones: converting the model takes long."""
    if "slow" not in request.keywords:
        monkeypatch.setenv("KLYNGESVAR_CACHE", str(tmp_path / "cache"))
