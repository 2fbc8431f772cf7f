from dataclasses import replace
from pathlib import Path

from fake_index import LEADER, MONEY, article, write_article

from index.difference import ArticleChange, compare_articles, compare_content

LONG = article("lang", "Den første. Den andre. Den første.\n")


def test_equal_articles_are_no_difference() -> None:
    assert compare_articles([LEADER, MONEY], [MONEY, LEADER]) == ()


def test_what_became_of_each_article() -> None:
    changed = replace(LONG, body="Den første. Den tredje.\n", published=None)
    assert compare_articles([LEADER, LONG], [changed, MONEY]) == (
        ArticleChange("lang", "~", ("published: 2017", "Den andre."), ("Den tredje.",)),
        ArticleChange("leder", "-", (*_header(), "Kari Ås er leder."), ()),
        ArticleChange("penger", "+", (), (*_header(), "Staten gir penger.")),
    )


def _header() -> list[str]:
    return [
        "title: Nytt",
        "publisher: Klyngeposten",
        "url: https://www.klynge.no/nytt",
        "published: 2017",
        "language: nb",
    ]


def test_sources_are_compared_too() -> None:
    before = replace(LEADER, sources=("https://a.example.no", "https://b.example.no"))
    after = replace(LEADER, sources=("https://a.example.no",))
    (change,) = compare_articles([before], [after])
    assert change.removed == ("sources: https://a.example.no, https://b.example.no",)
    assert change.added == ("sources: https://a.example.no",)


def test_folders_differ_by_articles_and_lists(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        write_article(folder / "articles", LEADER)
        (folder / "clusters.yaml").write_text("[]", encoding="utf-8")
    assert not compare_content(old, new)
    (new / "glossary.yaml").write_text("{}", encoding="utf-8")
    (new / "clusters.yaml").write_text("[] ", encoding="utf-8")
    write_article(new / "articles", LONG)
    found = compare_content(old, new)
    assert found
    assert [change.slug for change in found.articles] == ["lang"]
    assert found.lists == ("clusters.yaml", "glossary.yaml")
    assert found.passages == (1, 4)
