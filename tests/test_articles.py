"""The article format: golden pairs in `tests/articles/`, and what a pair cannot show."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from knowledge.articles import Article, ContentError, parse_article, read_articles, slug
from knowledge.errors import KlyngesvarError

GOLDEN = Path(__file__).parent / "articles"
HEADER = "---\ntitle: En klynge\npublisher: Klyngeposten\nlanguage: nb\n---\n"


def outcome(file: Path) -> dict[str, object]:
    """The article, or its problems, as an `.expected.json` states them."""
    try:
        article = parse_article(file, file.read_bytes().decode())
    except ContentError as error:
        return {
            "problems": [{"line": p.line, "nb": p.nb, "en": p.en} for p in error.problems],
        }
    return {"article": asdict(article)}


def write(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def lines(folder: Path) -> list[tuple[str, int, str]]:
    """Every problem of a folder as (file, line, bokmål)."""
    with pytest.raises(ContentError) as caught:
        read_articles(folder)
    return [(p.file.name, p.line, p.nb) for p in caught.value.problems]


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.md")), ids=lambda file: file.stem)
def test_golden_pair(file: Path) -> None:
    expected = json.loads((GOLDEN / f"{file.stem}.expected.json").read_text(encoding="utf-8"))
    # A round trip turns tuples into lists, as JSON has them.
    assert json.loads(json.dumps(outcome(file))) == expected


def test_every_golden_file_has_its_partner() -> None:
    articles = {file.name.removesuffix(".md") for file in GOLDEN.glob("*.md")}
    results = {file.name.removesuffix(".expected.json") for file in GOLDEN.glob("*.json")}
    assert articles == results
    assert len(articles) >= 20


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_become_newlines_and_nothing_else_changes(tmp_path: Path, end: str) -> None:
    body = "\n  Første – «linje» 🎉\t\n\nAndre.  \n\n"
    write(tmp_path, "a.md", (HEADER + body).replace("\n", end))
    (article,) = read_articles(tmp_path)
    assert article.body == body
    assert article.body[article.body.index("«") :][:7] == "«linje»"


def test_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    write(tmp_path, "a.md", b"\xef\xbb\xbf" + HEADER.encode() + b"Tekst.")
    assert read_articles(tmp_path)[0].body == "Tekst."


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_latin_1_is_refused_with_its_line(tmp_path: Path, end: bytes) -> None:
    content = HEADER.encode() + "Første\nså\n".encode() + b"sm\xf8rbr\xf8d\n"
    write(tmp_path, "a.md", content.replace(b"\n", end))
    assert lines(tmp_path) == [
        ("a.md", 8, "tegnet 0xf8 er ikke UTF-8: lagre filen på nytt som UTF-8")
    ]


def test_articles_come_by_slug(tmp_path: Path) -> None:
    for name in ("b.md", "a-2.md", "a.md"):
        write(tmp_path, name, HEADER + name)
    articles = read_articles(tmp_path)
    assert [(article.slug, article.body) for article in articles] == [
        ("a", "a.md"),
        ("a-2", "a-2.md"),
        ("b", "b.md"),
    ]


def test_all_problems_of_all_files_are_listed(tmp_path: Path) -> None:
    write(tmp_path, "a.md", HEADER.replace("nb", "no").replace("title", "tittel") + "A.")
    write(tmp_path, "b.md", HEADER + "B.")
    write(tmp_path, "c.md", "C.")
    with pytest.raises(ContentError) as caught:
        read_articles(tmp_path)
    a, c = tmp_path / "a.md", tmp_path / "c.md"
    assert str(caught.value).splitlines()[::2] == [
        f"{a}:1: «title» mangler: skriv en linje «title: ...»",
        f"{a}:2: ukjent nøkkel «tittel»: skriv title, eller slett linjen",
        f"{a}:4: «language: no» finnes ikke: skriv en av nb (bokmål), nn (nynorsk), en (English)",
        f"{c}:1: filen begynner ikke med et hode: skriv --- alene på første linje, "
        "så title, publisher og language, så --- igjen",
    ]
    assert str(caught.value).splitlines()[1] == (
        '    "title" is missing: write a line "title: ..."'
    )


def test_paths_under_the_current_folder_are_shown_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.md", HEADER)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ContentError, match=r"^a\.md:5: brødteksten er tom"):
        read_articles(tmp_path)


def test_the_same_body_twice_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "a.md", HEADER + "Samme tekst.\n")
    write(tmp_path, "b.md", HEADER.replace("En", "To") + "\nSamme  tekst.")
    write(tmp_path, "c.md", HEADER + "Samme tekst!\n")
    assert lines(tmp_path) == [("b.md", 1, "har samme brødtekst som a.md: slett den ene filen")]


def test_names_that_only_case_tells_apart_are_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "Klynge.md", HEADER + "A.")
    if (tmp_path / "klynge.md").exists():
        pytest.skip("this disk does not tell capital letters apart")
    write(tmp_path, "klynge.md", HEADER + "B.")
    assert lines(tmp_path) == [
        ("Klynge.md", 1, "filnavnet «Klynge.md» kan ikke brukes: kall filen klynge.md"),
        (
            "klynge.md",
            1,
            "heter det samme som Klynge.md når store bokstaver ikke teller: "
            "slett den ene eller gi den et annet navn",
        ),
    ]


@pytest.mark.parametrize(
    ("name", "slug"), [("Å være.md", "a-vaere"), ("ny_sak.MD", "ny-sak"), ("_.md", "artikkel")]
)
def test_a_bad_name_gets_a_good_suggestion(name: str, slug: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_article(Path(name), HEADER + "Tekst.")
    assert [p.nb for p in caught.value.problems] == [
        f"filnavnet «{name}» kan ikke brukes: kall filen {slug}.md"
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Kven fekk klyngestatus? 2019–2024", "kven-fekk-klyngestatus-2019-2024"),
        ("Sør-Trøndelag: ærlig på Å, café", "sor-trondelag-aerlig-pa-a-cafe"),
        ("«?»", "artikkel"),
        ("ord " * 30, "ord-" * 19 + "ord"),
        ("a" * 200, "a" * 80),
    ],
)
def test_a_title_gives_a_file_name(title: str, name: str) -> None:
    assert slug(title) == name


def test_what_is_no_article_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    write(tmp_path, "a.md", HEADER + "Tekst.")
    write(tmp_path, "b.txt", HEADER + "Tekst.")
    write(tmp_path, ".DS_Store", b"\x00\xff")
    (tmp_path / "2017").mkdir()
    assert [(name, line) for name, line, _ in lines(tmp_path)] == [("2017", 1), ("b.txt", 1)]


def test_a_control_character_in_the_header_has_its_line() -> None:
    with pytest.raises(ContentError) as caught:
        parse_article(Path("a.md"), HEADER.replace("Klyngeposten", "Klynge\x08posten") + "Tekst.")
    assert [(p.line, p.nb) for p in caught.value.problems] == [
        (3, "usynlig styretegn i linjen: slett det og skriv ordet på nytt")
    ]


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KlyngesvarError) as caught:
        read_articles(tmp_path / "articles")
    assert str(caught.value).splitlines()[0] == (
        f"finner ingen mappe {tmp_path}/articles: lag den, eller pek på en annen med --knowledge"
    )


def test_articles_beside_the_folder_are_noticed(tmp_path: Path) -> None:
    write(tmp_path, "a.md", HEADER + "Tekst.")
    with pytest.raises(KlyngesvarError) as caught:
        read_articles(tmp_path / "articles")
    assert str(caught.value).splitlines()[0] == (
        f"{tmp_path} har .md-filer, men ingen mappe articles/: lag mappen og flytt artiklene dit"
    )


def test_the_article_folder_itself_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(KlyngesvarError, match="skriv --knowledge med mappen over"):
        read_articles(tmp_path / "articles" / "articles")


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KlyngesvarError, match="er tom: legg inn en artikkel"):
        read_articles(tmp_path)


def test_a_log_does_not_print_the_body() -> None:
    article = Article("a", "T", "P", None, None, "nb", body="hemmelig")
    assert "hemmelig" not in repr(article)
