"""Vectors that a person can compute make scores that a person can check."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from fake_index import LEADER, MONEY, FakeEncoder, article

import index.search
from index.lexical import Lexicon
from index.search import (
    ARTICLE_DENSE,
    ARTICLE_LEXICAL,
    LEXICAL,
    Index,
    build,
    known_vectors,
    load,
    window,
)
from knowledge.articles import Article
from knowledge.errors import KlyngesvarError

ARTICLES = (LEADER, MONEY)
WORDS = Lexicon(())


def built(articles: Sequence[Article] = ARTICLES, encoder: FakeEncoder | None = None) -> Index:
    return build(articles, WORDS, encoder or FakeEncoder(), {}, progress=False)


def test_hits_have_the_right_passage_the_right_order_and_the_right_scores() -> None:
    # Two passages, similarity 1 and 0: standardised 1 and -1, alone and in context.
    best, worst = built().search("leder", 2)
    assert (best.passage.text, best.row) == ("Kari Ås er leder.", 0)
    assert (worst.passage.text, worst.row) == ("Staten gir penger.", 1)
    assert (best.dense, worst.dense) == pytest.approx((2, -2))
    assert (best.lexical, worst.lexical) == pytest.approx((1, 0))
    of_article = ARTICLE_LEXICAL + ARTICLE_DENSE
    assert best.score == pytest.approx(2 + LEXICAL + of_article)
    assert worst.score == pytest.approx(-2 - of_article)


def test_the_order_follows_the_question_and_not_the_rows() -> None:
    hits = built().search("penger", 2)
    assert [(hit.row, hit.passage.article.slug) for hit in hits] == [(1, "penger"), (0, "leder")]
    assert hits[0].score == pytest.approx(2 + LEXICAL + ARTICLE_LEXICAL + ARTICLE_DENSE)


def test_a_question_with_no_known_word_has_no_lexical_score() -> None:
    hits = built().search("xyz", 2)
    assert [(hit.row, hit.score, hit.lexical) for hit in hits] == [(0, 0, 0), (1, 0, 0)]


@pytest.mark.parametrize(("k", "rows"), [(0, []), (1, [0]), (2, [0, 1]), (50, [0, 1])])
def test_there_are_never_more_hits_than_passages(k: int, rows: list[int]) -> None:
    assert [hit.row for hit in built().search("leder", k)] == rows


def test_a_passage_shares_in_what_its_article_is_about() -> None:
    about = article("om", "Sjø. Hun er leder for den.\n")
    other = article("annet", "Sjø. Hun har penger til den.\n")
    hits = built((other, about)).search("leder", 4)
    assert [(hit.passage.article.slug, hit.passage.text) for hit in hits] == [
        ("om", "Hun er leder for den."),
        ("om", "Sjø."),
        ("annet", "Sjø."),
        ("annet", "Hun har penger til den."),
    ]


def test_the_questions_own_language_is_not_favoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.search, "FEWEST_PER_LANGUAGE", 2)
    articles = (
        article("a", "Leder.\n", "en"),
        article("b", "Penger.\n", "en"),
        article("c", "Leder penger.\n", "nb"),  # similarity 0.71 is the best there is in Norwegian
        article("d", "Penger.\n", "nn"),
    )
    hits = built(articles).search("leder", 4)
    dense = {hit.passage.article.slug: hit.dense for hit in hits}
    assert dense == pytest.approx({"a": 2, "b": -2, "c": 2, "d": -2})


def test_a_passage_is_embedded_with_its_title_and_with_its_neighbours() -> None:
    encoder = FakeEncoder()
    found = built((article("a", "Først. Siden. Sist.\n"), MONEY), encoder)
    assert encoder.seen == [
        "Nytt: Først.",
        "Nytt: Først. Siden.",
        "Nytt: Siden.",
        "Nytt: Først. Siden. Sist.",
        "Nytt: Sist.",
        "Nytt: Siden. Sist.",
        "Nytt: Staten gir penger.",
        "Nytt: Staten gir penger.",
    ]
    assert window(found.passages, 2) == "Nytt: Siden. Sist."  # nothing of the next article


def test_a_rare_term_tells_more_than_a_common_one() -> None:
    found = built((article("a", "Leder. Leder penger. Leder. Leder.\n"),))
    assert found.rarity("led") == pytest.approx(0.1054, abs=1e-4)  # ln(1 + 0.5 / 4.5)
    assert found.rarity("peng") == pytest.approx(1.2040, abs=1e-4)  # ln(1 + 3.5 / 1.5)


def test_articles_without_a_passage_are_refused() -> None:
    with pytest.raises(KlyngesvarError, match=r"^No article has any text to quote"):
        built((article("a", "|---|\n"),))


def test_a_saved_index_is_the_same_index(tmp_path: Path) -> None:
    kept = built()
    kept.save(tmp_path / "index")
    loaded = load(tmp_path / "index", ARTICLES, WORDS, FakeEncoder())
    assert loaded.search("leder", 2) == kept.search("leder", 2)
    assert (kept.embedded, loaded.embedded) == (2, 0)


def test_the_version_changes_with_the_texts_and_the_encoder(tmp_path: Path) -> None:
    version = built().version
    assert len(version) == 12
    built().save(tmp_path / "index")
    assert load(tmp_path / "index", ARTICLES, WORDS, FakeEncoder()).version == version
    assert len({version, built((LEADER,)).version, built(encoder=FakeEncoder("b")).version}) == 3


def test_the_manifest_says_what_the_folder_holds(tmp_path: Path) -> None:
    built().save(tmp_path / "index")
    assert sorted(file.name for file in (tmp_path / "index").iterdir()) == [
        "alone.faiss",
        "in_context.faiss",
        "manifest.json",
    ]
    manifest = json.loads((tmp_path / "index" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["format"] == 1
    assert manifest["encoder"] == {"model": "fake"}
    assert len(manifest["passages"]) == 2


def _unlink_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def _write_list(folder: Path) -> None:
    (folder / "manifest.json").write_text("[]", encoding="utf-8")


def _cut_manifest(folder: Path) -> None:
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    (folder / "manifest.json").write_text(text[:40], encoding="utf-8")


def _cut_vectors(folder: Path) -> None:
    data = (folder / "in_context.faiss").read_bytes()
    (folder / "in_context.faiss").write_bytes(data[: len(data) // 2])


def _swap_vectors(folder: Path) -> None:
    built((LEADER,)).save(folder.with_name("other"))
    (folder.with_name("other") / "alone.faiss").replace(folder / "alone.faiss")


def _change_format(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    text = json.dumps({**manifest, "format": 0})
    (folder / "manifest.json").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_unlink_manifest, "There is no whole index in"),
        (_write_list, "There is no whole index in"),
        (_cut_manifest, "There is no whole index in"),
        (_cut_vectors, "There is no whole index in"),
        (_swap_vectors, r"is damaged: its parts hold \(2, 1, 2\) passages"),
        (_change_format, "was built by another version or with another encoder"),
    ],
)
def test_what_is_not_whole_is_refused(
    tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    folder = tmp_path / "index"
    built().save(folder)
    spoil(folder)
    with pytest.raises(KlyngesvarError, match=f"{said}.*Run: klyngesvar build$"):
        load(folder, ARTICLES, WORDS, FakeEncoder())
    assert known_vectors(folder, FakeEncoder()) == {}


def test_an_index_of_other_articles_is_refused_but_reused(tmp_path: Path) -> None:
    built().save(tmp_path / "index")
    with pytest.raises(KlyngesvarError, match=r"changed since.*Run: klyngesvar build$"):
        load(tmp_path / "index", (LEADER,), WORDS, FakeEncoder())
    assert len(known_vectors(tmp_path / "index", FakeEncoder())) == 2


def test_vectors_of_another_encoder_are_refused(tmp_path: Path) -> None:
    built().save(tmp_path / "index")
    other = FakeEncoder("other")
    with pytest.raises(KlyngesvarError, match=r"'fake'.*'other'.*Run: klyngesvar build$"):
        load(tmp_path / "index", ARTICLES, WORDS, other)
    assert known_vectors(tmp_path / "index", other) == {}


def test_only_a_changed_article_is_embedded_again(tmp_path: Path) -> None:
    sea = article("sjø", "Sjø her. Sjø der.\n")
    built((LEADER, sea, MONEY)).save(tmp_path / "index")
    changed = article("sjø", "Sjø her. Sjø overalt.\n")
    encoder = FakeEncoder()
    known = known_vectors(tmp_path / "index", encoder)
    rebuilt = build((MONEY, changed, LEADER), WORDS, encoder, known, progress=False)
    assert encoder.seen == [
        "Nytt: Sjø her.",
        "Nytt: Sjø her. Sjø overalt.",
        "Nytt: Sjø overalt.",
        "Nytt: Sjø her. Sjø overalt.",
    ]
    assert rebuilt.embedded == 2
    assert rebuilt.search("leder", 4) == built((MONEY, changed, LEADER)).search("leder", 4)


def test_nothing_changed_is_nothing_embedded(tmp_path: Path) -> None:
    built().save(tmp_path / "index")
    encoder = FakeEncoder()
    rebuilt = build(
        ARTICLES, WORDS, encoder, known_vectors(tmp_path / "index", encoder), progress=False
    )
    assert (encoder.seen, rebuilt.embedded) == ([], 0)


def test_the_lexical_library_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    built()
    assert [record.name for record in caplog.records] == []
