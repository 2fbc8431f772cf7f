"""Files written in one step: the whole text stands under its name, or nothing new does."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import KlyngesvarError
from knowledge.problems import shown


def create(file: Path, text: str) -> None:
    """Write a new file; raises a KlyngesvarError where there is one of this name."""
    with _whole(file, text) as whole:
        try:
            os.link(whole, file)
        except FileExistsError:
            raise taken(file) from None


def taken(file: Path) -> KlyngesvarError:
    """What to say where a new file's name is another's."""
    return KlyngesvarError(
        f"{shown(file)} finnes fra før og er ikke rørt: velg en annen tittel, eller rett i filen\n"
        f"    {shown(file)} exists and is untouched: choose another title, or edit the file"
    )


def replace(file: Path, text: str) -> None:
    """Give a file another text, or make it; who may read it stays the same."""
    file = file.resolve()
    with _whole(file, text) as whole:
        if file.exists():
            shutil.copymode(file, whole)
        whole.replace(file)


def with_entry(before: str, entry: str) -> str:
    """A list's text with an entry more, after one empty line and with the list's line ends."""
    ends = "\r\n" if "\r\n" in before else "\n"
    missing = next(2 - lines for lines in (2, 1, 0) if before.endswith(ends * lines))
    return before + (ends * missing if before else "") + entry.replace("\n", ends)


@contextmanager
def _whole(file: Path, text: str) -> Iterator[Path]:
    """The text in a hidden file beside, which is gone afterwards."""
    whole = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with whole.open("wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())  # else a power cut may leave the name without the text
        yield whole
    except OSError as error:
        raise KlyngesvarError(
            f"{shown(file)} kan ikke lagres ({error.strerror}): se etter om mappen finnes, om du "
            "har lov til å skrive i den, og om disken er full\n"
            f"    {shown(file)} cannot be saved ({error.strerror}): see if the folder exists, "
            "if you may write in it, and if the disk is full"
        ) from error
    finally:
        whole.unlink(missing_ok=True)
