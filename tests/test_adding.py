from dataclasses import replace
from pathlib import Path

import pytest
from test_drafts import DRAFT

from knowledge.adding import at_address, draft_of, library_in, same_article
from knowledge.articles import Article
from knowledge.document import Document
from knowledge.drafts import article_of
from knowledge.errors import KlyngesvarError
from knowledge.register import Cluster, make_register

REGISTER = make_register((Cluster("NCE iKuben", ("iKuben",), ()), Cluster("Tangklyngen", (), ())))
FIRST = "Kari Nes er ny daglig leder i Tangklyngen, og hun kommer fra iKuben og Arena Rur i Molde."
SECOND = "Hun begynner i jobben etter sommeren, og da skal klyngen også ha fått nye kontorer."
HELD = Article("gammel", "Ny leder", "Avisa", "https://www.example.no/Sak", None, "nb", FIRST)
UNPUBLISHED = Article("uten", "Uten adresse", "Avisa", None, None, "nb", "Noe annet.\n")


def test_a_file_is_seen_against_the_register_and_the_articles() -> None:
    document = Document(f"Ny leder\n\n{FIRST}\n\n{SECOND}\n".encode(), "ny-leder.txt")
    draft = draft_of(document, [HELD], REGISTER)
    assert (draft.title, draft.publisher, draft.language) == ("Ny leder", "", "nb")
    assert (draft.url, draft.published, draft.evidence) == (None, None, None)
    assert draft.body.split("\n\n") == [FIRST, f"{SECOND}\n"]
    assert draft.clusters == ("Tangklyngen", "NCE iKuben")
    assert draft.unregistered == ("Arena Rur",)
    assert [(copy.article.slug, copy.likeness) for copy in draft.copies] == [("gammel", 1.0)]


@pytest.mark.parametrize(
    ("address", "is_same"),
    [
        ("https://www.example.no/Sak", True),
        ("http://Example.no/Sak/#topp", True),
        ("https://www.example.no/sak", False),
        ("https://www.example.no/Sak?id=2", False),
        ("http://[example.no/Sak", False),
        (None, False),
    ],
)
def test_one_address_is_written_in_several_ways(address: str | None, is_same: bool) -> None:
    assert at_address(address, [UNPUBLISHED, HELD]) == (HELD if is_same else None)


def test_the_same_text_is_the_same_article() -> None:
    article = article_of(DRAFT)
    assert same_article(replace(DRAFT, url="https://www.example.no/b"), [HELD, article]) == article
    assert same_article(replace(DRAFT, url=None, body="Nytt.\n"), [HELD, article]) is None


def test_a_library_may_be_empty_and_hold_broken_articles(tmp_path: Path) -> None:
    assert library_in(tmp_path) == ()
    (tmp_path / "uferdig.md").write_text("---\ntitle: Uferdig\n---\n", "utf-8")
    assert library_in(tmp_path) == ()
    with pytest.raises(KlyngesvarError, match="finner ingen mappe"):
        library_in(tmp_path / "content" / "articles")
