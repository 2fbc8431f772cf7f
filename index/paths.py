"""Where generated files live: one cache folder, in the project unless the user says otherwise."""

import hashlib
import os
from pathlib import Path

PROJECT = Path(__file__).parent.parent


def cache_folder() -> Path:
    """The folder for converted models and built indexes (`KLYNGESVAR_CACHE`)."""
    return Path(os.environ.get("KLYNGESVAR_CACHE") or PROJECT / ".cache").resolve()


def cache_name(knowledge: Path) -> str:
    """What a knowledge folder is called in the cache, however its path is written."""
    return hashlib.sha256(str(knowledge.resolve()).encode()).hexdigest()[:12]
