"""`knowledge/README.md` shows what its commands really say."""

import io
import re
import shlex
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Self

import pytest
from editors_folder import PAGE, PATH, README, use_fake_model, write_folder
from fake_site import PUBLIC, Page, internet, running_site

import index.encoder
from bot.database import Database
from bot.journal import Asked, Journal
from bot.main import main
from index.answer import Answer
from index.paths import cache_folder

BLOCK = re.compile(r"^```(markdown|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ \.venv/bin/klyngesvar (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
SHORTENED = "[...]\n"
VARYING = {  # what is another one each time, and what the page shows
    r"\d{4}-\d\d-\d\d \d\d:\d\d": "2025-03-10 09:15",
    "http://www": "https://www",
}


class Today(date):
    @classmethod
    def today(cls) -> Self:
        return cls(2025, 3, 10)


@pytest.fixture(params=["fake", pytest.param("real", marks=pytest.mark.slow)])
def folder(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Where the round begins: one article is published, and a page is on the web."""
    if request.param == "fake":
        use_fake_model(monkeypatch)
    else:
        use_real_model(tmp_path, monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("knowledge.cli.date", Today)
    monkeypatch.setattr("index.lock.who_am_i", lambda: "kari@kontor")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("KLYNGESVAR_JOURNAL", "journal.sqlite3")
    folder = write_folder(Path("knowledge"))
    note("Hva koster det å bli med i Tareklyngen?", 3)
    note("Hvem leder Stord Skipsfart Cluster?", 2)
    assert main(["publish", "--yes", "--knowledge", "knowledge"]) == 0
    with running_site() as site:
        site.pages[PATH] = Page(PAGE.encode())
        internet(monkeypatch, site, {"www.example.no": [PUBLIC]})
        yield folder


def use_real_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the model once, and keep all but the model out of the user's cache."""
    (models := cache_folder() / "models").mkdir(parents=True, exist_ok=True)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "models").symlink_to(models)
    monkeypatch.setenv("KLYNGESVAR_CACHE", str(tmp_path / "cache"))
    load = cache(index.encoder.load_encoder)
    for place in ("index.encoder", "index.engine"):
        monkeypatch.setattr(f"{place}.load_encoder", load)


def note(question: str, times: int) -> None:
    """Let this have been asked in vain."""
    journal = Journal(Database(Path("journal.sqlite3")))
    for _ in range(times):
        answer = Answer(question, "nb", "none", None, 0.0, (), (), 10.0)
        journal.note(answer, Asked(question, "nb", "as understood"))


class Editor(io.StringIO):
    """Somebody at a terminal who types what the page shows behind each question."""

    def __init__(self, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
        super().__init__()
        self._shown = shown
        self._capsys = capsys
        self._screen = ""

    def isatty(self) -> bool:
        return True

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        question = re.escape(self.screen().rpartition("\n")[2].rstrip())
        (typed,) = re.findall(f"^{question} ?(.*)$", self._shown, re.MULTILINE)
        self._screen += f"{typed}\n"
        return f"{typed}\n"

    def screen(self) -> str:
        """All that stands on the screen by now."""
        self._screen += self._capsys.readouterr().out
        return self._screen


def test_the_whole_round(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command is run in the order of the page, and every article that it shows is saved."""
    capsys.readouterr()
    run = []
    for kind, text in BLOCK.findall(README):
        if kind == "markdown":
            (folder / "articles" / "ny-klynge-pa-stord.md").write_text(text, "utf-8")
        for command, shown in COMMAND.findall(text):
            monkeypatch.setattr(sys, "stdin", editor := Editor(shown, capsys))
            arguments = shlex.split(command.replace("https:", "http:"))
            main([*arguments, "--knowledge", "knowledge"])
            assert shortened(editor.screen(), shown) == shown
            run.append(arguments[0])
    assert run == [
        *("add", "cluster", "check", "ask", "golden", "golden", "publish"),
        *("versions", "rollback", "diff", "rollback", "unanswered", "check"),
    ]


def shortened(told: str, shown: str) -> str:
    """What a command told, with `[...]` in the place of the lines that the page leaves out."""
    for varying, value in VARYING.items():
        told = re.sub(varying, value, told)
    told = "".join(f"{line.rstrip()}\n" for line in told.strip("\n").split("\n"))
    form = re.escape(shown).replace(re.escape(SHORTENED), "(?:.*\n)+?")
    return shown if re.fullmatch(form, told) else told
