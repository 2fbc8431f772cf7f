"""Files that must be whole: folders replaced at once, contents known by a checksum."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from knowledge.errors import KlyngesvarError


def replace_folder(folder: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a new folder, then point the link `folder` at it, in one rename.

    A crash at any point leaves `folder` as it was; of two writers at once, the last one stands.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    old = folder.resolve() if folder.is_symlink() else None
    try:
        write(fresh)
        _let_others_read(fresh)
        _point(folder, fresh)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    if old and old.parent == fresh.parent:
        shutil.rmtree(old, ignore_errors=True)


def _let_others_read(folder: Path) -> None:
    """Undo the owner-only modes of temporary folders: the bot may run as another user."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _point(link: Path, target: Path) -> None:
    """Make `link` a symbolic link to its neighbour `target`; only this can be replaced at once."""
    beside = target.with_name(target.name + ".link")
    beside.symlink_to(target.name)
    beside.replace(link)


def verify(file: Path, sha256: str) -> bytes:
    """The file's bytes; raises KlyngesvarError where they are not the ones expected."""
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise KlyngesvarError(
            f"{file} is not the file that belongs here (its checksum differs). "
            "Put the original back, or install anew with: make install"
        )
    return data
