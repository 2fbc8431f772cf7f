"""One at a time: a lock that goes with its process, in a file that says who holds it."""

import fcntl
import getpass
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from knowledge.errors import KlyngesvarError


class BusyError(KlyngesvarError):
    """Somebody else holds the lock."""

    def __init__(self, holder: str) -> None:
        """Take who holds it, what for and since when."""
        super().__init__(
            f"opptatt: {holder}. Vent til det er ferdig, og prøv igjen\n"
            f"    busy: {holder}. Wait until that is done, and try again"
        )
        self.holder = holder


@contextmanager
def locked(file: Path, by: str, doing: str) -> Iterator[None]:
    """Hold the lock for as long as this lasts; a BusyError says who else holds it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(_holder(file)) from error
        stream.truncate(0)
        now = datetime.now().strftime("%Y-%m-%d %H:%M:%S")
        stream.write(f"{by}, {doing}, {now}, prosess / process {os.getpid()}")
        stream.flush()
        yield


def _holder(file: Path) -> str:
    # Empty for the moment between being locked and being signed.
    return file.read_text("utf-8") or "noen andre / somebody else"


def who_am_i() -> str:
    """The user and the machine: `kari@kontor`."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        user = str(os.getuid())
    return f"{user}@{socket.gethostname()}"
