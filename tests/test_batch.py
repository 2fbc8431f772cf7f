import io
import json
import sys
from pathlib import Path

import pytest
from fake_index import no_answer

from index.batch import Asked, Conversations, is_question, open_batch, read_line
from index.followup import Memory, Reply
from knowledge.articles import Language
from knowledge.errors import KlyngesvarError


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        (b'{"id": "q1", "question": "Hvem?"}\n', Asked("q1", "Hvem?")),
        (b'{"id": 7, "question": "Hvem?", "chat": "c1"}', Asked(7, "Hvem?", "c1")),
        (b'{"id": 7, "question": "Hvem?", "chat": 0}', Asked(7, "Hvem?", 0)),
        (b'{"id": 7, "question": "Hvem?", "chat": null}', Asked(7, "Hvem?")),
        ('\ufeff{"id": "å", "question": "Kven?"}\r\n'.encode(), Asked("å", "Kven?")),
    ],
)
def test_a_line_is_a_question(line: bytes, asked: Asked) -> None:
    assert read_line(line) == asked


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"Who leads NCE iKuben?", "^this is not JSON .*: write one object a line, such as {"),
        (b'{"id": "q1", "question": "Hv\xe5r?"}', "^this is not JSON .*0xe5"),
        (b'["q1", "Hvem?"]', "^this is not a JSON object: write"),
        (b'{"question": "Hvem?"}', '^"id" should be a text or a whole number: write'),
        (b'{"id": true, "question": "Hvem?"}', '^"id" should be'),
        (b'{"id": 1, "question": "Hvem?", "chat": ["c"]}', '^"chat" should be a text or a whole'),
        (b'{"id": 1, "question": "Hvem?", "chat": false}', '^"chat" should be'),
        (b'{"id": "q1"}', '^"question" should be a text that asks something: write'),
        (b'{"id": "q1", "question": ["Hvem?"]}', '^"question" should be'),
        (b'{"id": "q1", "question": " "}', '^"question" should be'),
        (b'{"id": "q1", "question": "\\ud83d"}', '^"question" should be'),
    ],
)
def test_a_line_that_is_none_says_what_to_write(line: bytes, said: str) -> None:
    with pytest.raises(KlyngesvarError, match=said):
        read_line(line)


def test_the_line_that_the_errors_show_is_one() -> None:
    with pytest.raises(KlyngesvarError) as error:
        read_line(b"")
    shown = str(error.value).partition("such as ")[2]
    assert read_line(shown.encode()) == Asked(**json.loads(shown))


@pytest.mark.parametrize(
    ("text", "expected"), [("Kven?", True), ("?", True), (" \n", False), ("a\udce5", False)]
)
def test_blank_and_broken_texts_are_no_questions(text: str, expected: bool) -> None:
    assert is_question(text) is expected


def test_a_batch_is_a_file_or_what_is_piped_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "q.jsonl").write_bytes(b"1\n2\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"3\n")))
    with open_batch(str(tmp_path / "q.jsonl")) as lines:
        assert list(lines) == [b"1\n", b"2\n"]
    assert list(open_batch("-")) == [b"3\n"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        KlyngesvarError, match=r"^cannot read .*q\.jsonl \(No such file.*\): check --batch$"
    ):
        open_batch(str(tmp_path / "q.jsonl"))


def test_lines_with_the_same_chat_are_one_conversation() -> None:
    heard = []

    def reply(text: str, language: Language | None, memory: Memory | None) -> Reply:
        heard.append((text, memory and memory.text))
        return Reply(no_answer(), None, Memory(text, "nb", text, (0, 1), is_latest=True))

    conversations = Conversations(reply)
    for asked in [
        Asked(1, "A1", "a"),
        Asked(2, "B1", 0),
        Asked(3, "A2", "a"),
        Asked(4, "C"),
        Asked(5, "D", "0"),
        Asked(6, "B2", 0),
        Asked(7, "E"),
    ]:
        assert conversations.answer(asked) == no_answer()
    assert heard == [
        ("A1", None),
        ("B1", None),
        ("A2", "A1"),
        ("C", None),
        ("D", None),
        ("B2", "B1"),
        ("E", None),
    ]
