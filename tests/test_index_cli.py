"""The commands `ask`, `build` and `evaluate`, with an engine that knows its answers by heart."""

import argparse
import io
import json
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from fake_index import LEADER, MONEY, FakeEncoder, answer, no_answer, quote, write_article

import index.engine
from index.answer import Answer
from index.cli import add_commands
from index.engine import index_folder
from index.followup import Memory, Reply
from knowledge.articles import Language
from knowledge.errors import KlyngesvarError

QUESTIONS = """\
- id: leder
  question: Hvem leder?
  language: nb
  proofs: [{article: leder, proof: Kari Ås er leder, answers: [Kari Ås]}]
- id: hei
  question: Hei!
  language: nb
  unanswerable: small talk
"""
CARD = """\
Kari Ås

  Kari Ås er leder.

  Nytt
  Klyngeposten · 2017
  https://www.klynge.no/nytt#:~:text=Kari%20%C3%85s%20er%20leder.
"""


@dataclass(frozen=True, slots=True)
class FakeEngine:
    """Answers whatever asks who; remembers what it was asked."""

    asked: list[tuple[str, Language | None]] = field(default_factory=list)

    def ask(self, text: str, fallback: Language | None) -> Answer:
        self.asked.append((text, fallback))
        if not text.startswith("Hvem"):
            return replace(no_answer("nb"), question=text)
        return answer(quote(LEADER, "Kari Ås er leder.", "Kari Ås"), question=text, text="Kari Ås")

    def reply(self, text: str, fallback: Language | None, memory: Memory | None) -> Reply:
        last = memory.text if memory else ""
        found = self.ask(last or text, fallback)
        return Reply(replace(found, question=text), None, Memory(text, "nb", "", (0, 0), True))


@dataclass(frozen=True, slots=True)
class Loads:
    """Stands in for `load_engine`; remembers what it was to load."""

    engine: FakeEngine = field(default_factory=FakeEngine)
    folders: list[Path] = field(default_factory=list)

    def __call__(self, knowledge: Path, progress: bool) -> FakeEngine:
        self.folders.append(knowledge)
        return self.engine


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> Loads:
    fake = Loads()
    monkeypatch.setattr(index.engine, "load_engine", fake)
    return fake


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="klyngesvar")
    add_commands(parser.add_subparsers(required=True))
    parsed = parser.parse_args(arguments)
    code: int = parsed.run(parsed)
    return code


def test_words_need_no_quotes(loads: Loads, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "Hvem", "leder", "klyngen?") == 0
    assert loads.engine.asked == [("Hvem leder klyngen?", None)]
    assert capsys.readouterr().out == CARD


def test_none_is_an_honest_answer_and_no_error(
    loads: Loads, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("ask", "Kor mykje?") == 0
    assert capsys.readouterr().out == "Kildene har ikke svaret på det.\n"


@pytest.mark.parametrize(
    ("is_terminal", "no_color", "bold"),
    [(True, "", True), (True, "1", False), (False, "", False)],
)
def test_bold_is_for_terminals_that_want_it(
    loads: Loads,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    is_terminal: bool,
    no_color: str,
    bold: bool,
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    run("ask", "Hvem leder?")
    shown = capsys.readouterr().out
    assert ("  \x1b[1mKari Ås\x1b[0m er leder.\n" in shown) is bold
    assert ("\x1b" in shown) is bold


@pytest.mark.parametrize(("columns", "longest"), [("30", 30), ("200", 88)])
def test_lines_fit_the_terminal_and_are_never_too_long_to_read(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    columns: str,
    longest: int,
) -> None:
    long = replace(LEADER, title="ord " * 60 + "slutt", url=None)
    given = answer(quote(long, "Kari Ås er leder."))
    engine = argparse.Namespace(reply=lambda *_: Reply(given, None, None))
    monkeypatch.setattr(index.engine, "load_engine", lambda knowledge, progress: engine)
    monkeypatch.setenv("COLUMNS", columns)
    run("ask", "Hvem leder?")
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) in range(longest - 3, longest + 1)


def test_one_json_object(loads: Loads, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "--json", "Hvem leder?") == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["id"], record["question"]) == (None, "Hvem leder?")
    assert (record["verdict"], record["answer"]) == ("answer", "Kari Ås")


def test_another_folder_is_the_one_that_is_loaded(loads: Loads, tmp_path: Path) -> None:
    run("ask", "--knowledge", str(tmp_path), "Hvem?")
    assert loads.folders == [tmp_path]


def write_batch(folder: Path, *lines: str) -> str:
    file = folder / "batch.jsonl"
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return str(file)


def test_a_batch_is_answered_in_order_by_one_engine_and_each_chat_has_its_memory(
    loads: Loads, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_batch(
        tmp_path,
        '{"id": "a", "question": "Hvem leder?", "chat": "c"}',
        "",
        '{"id": 2, "question": "Hei!", "chat": "c"}',
        '{"id": 3, "question": "Hei!", "chat": "d"}',
    )
    assert run("ask", "--json", "--batch", file) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(r["id"], r["question"], r["verdict"]) for r in records] == [
        ("a", "Hvem leder?", "answer"),
        (2, "Hei!", "answer"),
        (3, "Hei!", "none"),
    ]
    assert [text for text, _ in loads.engine.asked] == ["Hvem leder?", "Hvem leder?", "Hei!"]
    assert len(loads.folders) == 1


def test_a_bad_line_is_named_and_the_others_go_on(
    loads: Loads, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_batch(
        tmp_path, '{"id": "a", "question": "Hvem?"}', "Hvem?", '{"id": "c", "question": "Hvem?"}'
    )
    assert run("ask", "--batch", file) == 1
    seen = capsys.readouterr()
    assert [json.loads(line)["id"] for line in seen.out.splitlines()] == ["a", "c"]
    assert seen.err.startswith(f"{file}:2: this is not JSON (")
    assert seen.err.count("\n") == 1


class Pipe(io.BytesIO):
    """A batch that notes, at each line, the start of what was last printed."""

    def __init__(self, lines: bytes, printed: io.BytesIO) -> None:
        super().__init__(lines)
        self.printed = printed
        self.seen: list[bytes] = []

    def __next__(self) -> bytes:
        last = self.printed.getvalue().rpartition(b'{"id"')[2]
        self.seen.append(last[:3])
        return super().__next__()


def test_each_answer_is_out_before_the_next_question_is_read(
    loads: Loads, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = io.BytesIO()
    pipe = Pipe(b'{"id": 1, "question": "Hvem?"}\n{"id": 2, "question": "Hvem?"}\n', printed)
    monkeypatch.setattr(sys, "stdin", argparse.Namespace(buffer=pipe))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(printed, encoding="utf-8"))
    assert run("ask", "--batch", "-") == 0
    assert pipe.seen == [b"", b": 1", b": 2"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "write a question after ask, or name a file with --batch"),
        (["--batch", "q.jsonl", "Hvem?"], "write a question after ask, or name a file"),
        ([" "], "the question is blank or holds broken characters"),
        (["Hv\udce5r?"], "the question is blank or holds broken characters"),
        (["--explain", "--json", "Hvem?"], "--explain is for reading: leave out --json"),
        (["--explain", "--batch", "q.jsonl"], "--explain is for reading: leave out --json"),
        (["--batch", "nowhere.jsonl"], r"cannot read nowhere\.jsonl \(No such file"),
    ],
)
def test_what_cannot_be_asked_is_said_before_anything_is_loaded(
    loads: Loads, arguments: list[str], said: str
) -> None:
    with pytest.raises(KlyngesvarError, match=f"^{said}"):
        run("ask", *arguments)
    assert loads.folders == []


@pytest.fixture
def knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A real engine's folder, with an encoder that needs no model."""
    monkeypatch.setattr(index.engine, "load_encoder", FakeEncoder)
    for source in (LEADER, MONEY):
        write_article(tmp_path / "articles", source)
    (tmp_path / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    return tmp_path


def test_build_says_what_it_did_and_where(
    knowledge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = index_folder(knowledge)
    assert run("build", "--knowledge", str(knowledge)) == 0
    assert run("build", "--knowledge", str(knowledge)) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"2 passages, 2 embedded anew: {folder}",
        f"2 passages, 0 embedded anew: {folder}",
    ]


def test_explain_shows_what_was_understood_and_what_was_read(
    knowledge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("ask", "--explain", "--knowledge", str(knowledge), "Who leads NCE Tullball?") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("The sources do not hold the answer to that.\n\nlanguage  en\n")
    assert "\nkind      person\n" in shown
    assert "\nconcepts  -\nnames     -\nunknown   nce tullball\n" in shown
    assert "leder 0-17\n" in shown
    assert "\n  text    Kari Ås er leder.\n" in shown


def test_evaluate_scores_the_golden_questions(
    knowledge: Path, loads: Loads, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("evaluate", "--knowledge", str(knowledge)) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[1].split() == ["total", "1", "100.0%", "100.0%", "100.0%", "0.0%", "0.0%"]
    assert shown[-1] == "answered in 31.8 ms (p50), 31.8 ms (p95)"
    assert run("evaluate", "--json", "--knowledge", str(knowledge)) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["total"]["right"], found["total"]["false_answer"]) == (1.0, 0.0)
    assert loads.engine.asked == [("Hvem leder?", None), ("Hei!", None)] * 2


def test_evaluate_without_questions_says_what_is_missing(knowledge: Path, loads: Loads) -> None:
    (knowledge / "questions.yaml").unlink()
    with pytest.raises(KlyngesvarError, match=r"no file .*questions\.yaml"):
        run("evaluate", "--knowledge", str(knowledge))


@pytest.mark.parametrize("command", ["ask", "build", "evaluate"])
def test_help_shows_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        run(command, "--help")
    assert f"\nexamples:\n  klyngesvar {command}" in capsys.readouterr().out


def test_importing_the_commands_loads_nothing_heavy() -> None:
    code = (
        "import sys, index.cli\n"
        "heavy = {'torch', 'transformers', 'faiss', 'numpy', 'rapidfuzz', 'bm25s', 'telegram'}\n"
        "print(sorted(heavy & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
