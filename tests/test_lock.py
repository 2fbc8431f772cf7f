import re
import subprocess
import sys
from pathlib import Path

import pytest

from index.lock import locked, who_am_i
from knowledge.errors import KlyngesvarError

HOLD = """\
import sys
from pathlib import Path
from index.lock import locked
with locked(Path(sys.argv[1]), "ola@lager", "klyngesvar publish"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_is_told_who_was_first(tmp_path: Path) -> None:
    file = tmp_path / "new" / "lock"
    with locked(file, "kari@kontor", "klyngesvar publish"):
        with (
            pytest.raises(KlyngesvarError) as raised,
            locked(file, "ola@lager", "klyngesvar rollback"),
        ):
            pass
        shown = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "TIME", str(raised.value))
        assert re.sub(r"\d+", "N", shown) == (
            "opptatt: kari@kontor, klyngesvar publish, TIME, prosess / process N. "
            "Vent til det er ferdig, og prøv igjen\n"
            "    busy: kari@kontor, klyngesvar publish, TIME, prosess / process N. "
            "Wait until that is done, and try again"
        )


def test_it_is_free_when_the_work_is_done_or_failed(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="no"), locked(tmp_path / "lock", "kari", "publish"):
            raise ValueError("no")
    with locked(tmp_path / "lock", "ola", "rollback"):
        assert (tmp_path / "lock").read_text("utf-8").startswith("ola, rollback, 2")


def test_it_goes_with_a_process_that_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    command = [sys.executable, "-c", HOLD, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(KlyngesvarError, match="opptatt: ola@lager"), locked(file, "k", "p"):
            pass
        other.kill()
    with locked(file, "kari", "publish"):
        pass


def test_people_are_named_with_their_machine() -> None:
    assert re.fullmatch(r"[^@\s]+@[^@\s]+", who_am_i())
