from pathlib import Path

import pytest

from training import written


def test_a_written_file_gives_each_question_in_three_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written, "FOLDER", tmp_path)
    (tmp_path / "sea-01.txt").write_text(
        "=== nn | 2022-11-25 | Avisa\nTittel\n---\nMona leier Tang. Han gjekk.\n---\n"
        "who | leder? | leiar? | boss? | Mona | Mona leier\n"
        "unanswerable | når? | når? | when? | - | Han gjekk\n",
        encoding="utf-8",
    )
    items = written.read_written("train", "tune")
    assert [item.language for item in items] == ["nb", "nn", "en"] * 2
    assert (items[1].question, items[1].answer, items[1].near) == ("leiar?", (0, 4), (0, 16))
    assert (items[5].answer, items[5].near) == (None, (17, 27))
    assert (items[0].article.language, items[0].article.publisher) == ("nn", "Avisa")


def test_the_written_articles_can_all_be_read() -> None:
    items = written.read_written("train", "tune")
    assert len({item.article.slug for item in items}) > 750
    assert len({item.article.slug for item in written.read_general()}) > 180
    assert not {i.article.slug for i in written.read_written("tune")} & {
        i.article.slug for i in written.read_written("train")
    }
