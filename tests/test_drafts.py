from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.articles import Article, read_articles
from knowledge.drafts import Draft, article_of, write
from knowledge.errors import KlyngesvarError
from knowledge.extract import Evidence

DRAFT = Draft(
    title="Ny klynge: grønn skipsfart på Stord #1",
    publisher="Klyngeposten",
    language="nb",
    url="https://www.example.no/ny",
    published="2024-05-14",
    evidence=Evidence("Publisert 14. mai 2024", "text"),
    body="--- Kari Nes leder  den.\n\n---\n\nKontoret er på Stord.\n",
    clusters=(),
    unregistered=(),
    copies=(),
    dropped=(),
    share=1.0,
)


def test_what_is_written_reads_back_as_the_draft(tmp_path: Path) -> None:
    file = write(DRAFT, tmp_path)
    assert file == tmp_path / "ny-klynge-gronn-skipsfart-pa-stord-1.md"
    assert file.read_text("utf-8") == (
        '---\ntitle: "Ny klynge: grønn skipsfart på Stord #1"\npublisher: Klyngeposten\n'
        "url: https://www.example.no/ny\npublished: 2024-05-14\nlanguage: nb\n---\n"
        "--- Kari Nes leder  den.\n\n---\n\nKontoret er på Stord.\n"
    )
    assert read_articles(tmp_path) == (article_of(DRAFT),)
    assert article_of(DRAFT) == Article(
        slug="ny-klynge-gronn-skipsfart-pa-stord-1",
        title=DRAFT.title,
        publisher="Klyngeposten",
        url="https://www.example.no/ny",
        published="2024-05-14",
        language="nb",
        body=DRAFT.body,
    )


def test_a_body_with_little_of_its_page_is_a_fragment() -> None:
    assert replace(DRAFT, share=0.29).is_fragment
    assert not replace(DRAFT, share=0.3).is_fragment


def test_what_is_unknown_is_left_out(tmp_path: Path) -> None:
    file = write(replace(DRAFT, title="Kort", url=None, published=None), tmp_path)
    assert file.read_text("utf-8").startswith(
        "---\ntitle: Kort\npublisher: Klyngeposten\nlanguage: nb\n---\n---"
    )


def test_a_taken_name_is_refused(tmp_path: Path) -> None:
    file = write(DRAFT, tmp_path)
    with pytest.raises(KlyngesvarError, match="finnes fra før og er ikke rørt"):
        write(replace(DRAFT, body="En annen tekst.\n"), tmp_path)
    assert read_articles(tmp_path) == (article_of(DRAFT),)
    assert [*tmp_path.iterdir()] == [file]


@pytest.mark.parametrize(
    ("draft", "nb"),
    [
        (replace(DRAFT, title=""), "«title» er tom: skriv en verdi"),
        (replace(DRAFT, publisher=""), "«publisher» er tom: skriv en verdi"),
        (replace(DRAFT, published="14. mai 2024"), "«published: 14. mai 2024» er ingen dato"),
        (replace(DRAFT, url="example.no"), "«example.no» er ingen nettadresse"),
        (replace(DRAFT, body=" \n"), "brødteksten er tom"),
    ],
)
def test_what_is_no_article_is_not_written(tmp_path: Path, draft: Draft, nb: str) -> None:
    with pytest.raises(KlyngesvarError) as error:
        write(draft, tmp_path)
    assert str(error.value).startswith(nb)
    assert len(str(error.value).splitlines()) == 2
    assert [*tmp_path.iterdir()] == []
