import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import bot.cli
from bot.main import main
from knowledge.errors import KlyngesvarError

ROOT = Path(__file__).parent.parent
HEAVY = {"telegram", "torch", "faiss", "transformers", "sentence_transformers"}


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["bot", "--help"], ["--version"]])
def test_help_is_instant(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom bot.main import main\n"
        f"try: main({arguments})\n"
        f"except SystemExit: print(sorted({HEAVY} & sys.modules.keys()))"
    )
    run = python(code)
    assert run.stdout.splitlines()[-1] == "[]", run.stderr


def test_help_names_the_commands_of_every_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(f"\n    {command} " in shown for command in ("check", "ask", "bot"))


def test_no_command_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert "the following arguments are required: command" in capsys.readouterr().err


def test_the_bot_without_a_token_says_so_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    assert main(["bot"]) == 1
    seen = capsys.readouterr()
    assert seen.err.startswith("TELEGRAM_BOT_TOKEN is not set: write /newbot to")
    assert seen.out == ""


def fail(error: BaseException) -> Callable[[argparse.Namespace], int]:
    def run(_: argparse.Namespace) -> int:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [(KlyngesvarError("ødelagt"), 1, "ødelagt\n"), (KeyboardInterrupt(), 130, "")],
)
def test_errors_for_people_have_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    said: str,
) -> None:
    monkeypatch.setattr(bot.cli, "run_bot", fail(error))
    assert main(["bot"]) == code
    assert capsys.readouterr().err == said


def test_an_error_that_is_nobodys_fault_but_ours_keeps_its_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bot.cli, "run_bot", fail(ValueError("a bug")))
    with pytest.raises(ValueError, match="a bug"):
        main(["bot"])


def test_a_reader_that_has_gone_away_is_no_error_to_show() -> None:
    code = (
        "import sys, bot.cli\nfrom bot.main import main\n"
        "bot.cli.run_bot = lambda _: sys.stdout.write('x' * 10)\n"
        "sys.exit(main(['bot']))"
    )
    reader, writer = os.pipe()
    os.close(reader)
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdout=writer,
        env={**os.environ, "PYTHONUNBUFFERED": ""},  # a buffer is what makes this hard
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert (run.returncode, run.stderr) == (1, "")
