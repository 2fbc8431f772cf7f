from pathlib import Path

import pytest

from training.written import ELSEWHERE, FOLDER, GENERAL, HARDER, read_written


def test_a_written_file_gives_each_question_in_three_languages(tmp_path: Path) -> None:
    (tmp_path / "sea-01.txt").write_text(
        "=== nn | 2022-11-25 | Avisa\nTittel\n---\nMona leier Tang. Han gjekk.\n---\n"
        "who | leder? | leiar? | boss? | Mona | Mona leier\n"
        "unanswerable, here | når? | når? | when? | - | Han gjekk\n",
        encoding="utf-8",
    )
    items = read_written("train", "tune", folder=tmp_path)
    assert [item.language for item in items] == ["nb", "nn", "en"] * 2
    assert (items[1].question, items[1].answer, items[1].near) == ("leiar?", (0, 4), (0, 16))
    assert (items[5].answer, items[5].near) == (None, (17, 27))
    assert [(item.kind, item.is_closed) for item in items[2:4]] == [
        ("who", False),
        ("unanswerable", True),
    ]
    assert (items[0].article.language, items[0].article.publisher) == ("nn", "Avisa")


@pytest.mark.parametrize(
    ("folder", "articles"),
    [(FOLDER, 681), (HARDER, 607), (GENERAL, 682), (ELSEWHERE, 36)],
    ids=str,
)
def test_the_written_articles_can_all_be_read(folder: Path, articles: int) -> None:
    splits = [read_written(split, folder=folder) for split in ("train", "tune")]
    train, tune = ({item.article.slug for item in items} for items in splits)
    assert len(train | tune) == articles
    assert not train & tune
