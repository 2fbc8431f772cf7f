"""What `add` does with places, page by page; how a page is read is tested elsewhere."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fake_site import Page, Site, running_site
from terminal import interrupt, nobody, type_in

from knowledge import adding
from knowledge.articles import read_articles
from knowledge.document import Document
from knowledge.errors import KlyngesvarError
from knowledge.extract import Evidence, Extract
from knowledge.intake import Intake, Options

YES = Options(yes=True, allow_private=True)
ASKING = Options(allow_private=True)
SCRIPT = b"Ny klynge\nKlyngeposten\n2024-05-14\nKari Nes leder NCE Tang.\n"


def read(document: Document) -> Extract:
    """A page of four parts in place of one that has to be understood."""
    title, publisher, published, body = document.data.decode().split("\n", 3)
    if not body:
        raise KlyngesvarError("ingen tekst / no text")
    return Extract(
        title=title,
        publisher=publisher or None,
        language="nb",
        url=document.address,
        published=published or None,
        evidence=Evidence(published, "metadata") if published else None,
        body=body,
        dropped=(),
        share=1.0,
    )


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of content beside the files to read."""
    monkeypatch.setattr(adding, "extract", read)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content" / "articles").mkdir(parents=True)
    return tmp_path / "content"


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def site(running: Site) -> Site:
    running.pages.clear()
    return running


def page(title: str, body: str) -> Page:
    text = f"{title}\nKlyngeposten\n2024-05-14\n{body}\n"
    return Page(text.encode(), headers={"Content-Type": "text/plain; charset=utf-8"})


def put_feed(site: Site, *titles: str) -> str:
    """A feed of pages /1, /2 ... with these titles, on the first days of 2024."""
    items = "".join(
        f"<item><title>{title}</title><link>{site.address(f'/{number}')}</link>"
        f"<pubDate>Mon, 0{number} Jan 2024 10:00:00 +0100</pubDate></item>"
        for number, title in enumerate(titles, start=1)
    )
    feed = f"<rss version='2.0'><channel><title>Nytt</title>{items}</channel></rss>"
    site.pages["/feed"] = Page(feed.encode(), headers={"Content-Type": "application/rss+xml"})
    for number, title in enumerate(titles, start=1):
        site.pages[f"/{number}"] = page(title, f"Dette er teksten til {title}.")
    return site.address("/feed")


def slugs(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "articles").iterdir())


def test_a_page_becomes_an_article(
    folder: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "clusters.yaml").write_text(
        "- name: NCE Tang\n  sources: [https://tang.no]\n", "utf-8"
    )
    site.pages["/ny"] = page("Ny klynge", "Kari Nes leder NCE Tang og NCE Rur.")
    intake = Intake(folder, YES)
    intake.take(address := site.address("/ny"))
    assert (intake.saved, intake.failed) == (1, 0)
    (article,) = read_articles(folder / "articles")
    assert (article.title, article.publisher) == ("Ny klynge", "Klyngeposten")
    assert (article.url, article.published) == (address, "2024-05-14")
    assert article.body == "Kari Nes leder NCE Tang og NCE Rur.\n"
    assert capsys.readouterr().out == (
        f"\n{address}\n"
        "fil / file            content/articles/ny-klynge.md\n"
        "tittel / title        Ny klynge\n"
        "utgiver / publisher   Klyngeposten\n"
        "språk / language      nb\n"
        f"adresse / address     {address}\n"
        "dato / published      2024-05-14 («2024-05-14» i sidens metadata / in its metadata)\n"
        "klynger / clusters    NCE Tang\n"
        "utelatt / left out    –\n\n"
        "  Kari Nes leder NCE Tang og NCE Rur.\n\n"
        "! ligner klyngenavn, men står ikke i registeret: NCE Rur\n"
        "    look like names of clusters, but are not in the register\n"
        "    (klyngesvar cluster add)\n\n"
        "lagret / saved: content/articles/ny-klynge.md\n"
    )


@pytest.mark.parametrize(("typed", "saved"), [("j", ["ny-klynge.md"]), ("n", []), ("", [])])
def test_nothing_is_saved_without_a_yes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, typed: str, saved: list[str]
) -> None:
    Path("side.txt").write_bytes(SCRIPT)
    type_in(monkeypatch, typed)
    intake = Intake(folder, ASKING)
    intake.take("side.txt")
    assert slugs(folder) == saved
    assert intake.failed == 0


def test_an_interrupt_saves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("side.txt").write_bytes(SCRIPT)
    interrupt(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        Intake(folder, ASKING).take("side.txt")
    assert slugs(folder) == []


def test_nobody_to_ask_saves_nothing_and_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("side.txt").write_bytes(SCRIPT)
    nobody(monkeypatch)
    intake = Intake(folder, ASKING)
    intake.take("side.txt")
    assert (slugs(folder), intake.failed) == ([], 1)
    assert capsys.readouterr().err.startswith(
        "ingenting er lagret, for ingen kan svare på «Lagre?"
    )


def test_what_a_page_does_not_say_is_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("side.txt").write_text("\n\n\nKari leder.\n", "utf-8")
    type_in(monkeypatch, "Ny leder", "Klyngeposten", "ja")
    Intake(folder, ASKING).take("side.txt")
    (article,) = read_articles(folder / "articles")
    assert (article.title, article.publisher, article.url) == ("Ny leder", "Klyngeposten", None)


def test_what_the_editor_says_goes_before_what_the_page_says(folder: Path) -> None:
    Path("side.txt").write_bytes(SCRIPT)
    Intake(folder, Options("Rur", "Avisa", "2023", yes=True)).take("side.txt")
    (article,) = read_articles(folder / "articles")
    assert (article.slug, article.publisher, article.published) == ("rur", "Avisa", "2023")


def test_a_wrong_date_is_told_before_anybody_is_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("side.txt").write_bytes(SCRIPT)
    nobody(monkeypatch)
    Intake(folder, Options(published="14.5.2024")).take("side.txt")
    assert slugs(folder) == []
    assert capsys.readouterr().err.startswith("«published: 14.5.2024» er ingen dato: skriv den")


def test_what_is_present_is_refused(
    folder: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.pages["/ny"] = page("Ny klynge", "Kari Nes leder NCE Tang.")
    site.pages["/nyere/"] = page("Ny klynge", "Her står det noe helt annet.")
    Path("samme.txt").write_text("Annen tittel\nAvisa\n\nKari Nes  leder\nNCE Tang.\n", "utf-8")
    intake = Intake(folder, YES)
    places = [site.address("/ny"), site.address("/ny/#a"), site.address("/nyere/"), "samme.txt"]
    site.pages["/ny/"] = page("Enda nyere", "Siden er skrevet om.")
    for place in places:
        intake.take(place)
    file = "content/articles/ny-klynge.md"
    printed = capsys.readouterr()
    assert printed.err.splitlines()[::2] == [
        f"{file} finnes fra før og er ikke rørt: velg en annen tittel, eller rett i filen",
    ]
    present = f"er med fra før: {file} har samme adresse eller samme tekst, og er ikke rørt"
    assert printed.out.splitlines().count(present) == 2
    assert (slugs(folder), intake.saved, intake.failed) == (["ny-klynge.md"], 1, 1)


def test_a_missing_file_and_a_missing_page_do_not_stop_the_rest(
    folder: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("side.txt").write_bytes(SCRIPT)
    intake = Intake(folder, YES)
    for place in ("borte.pdf", site.address("/borte"), ".", "side.txt"):
        intake.take(place)
    assert (intake.saved, intake.failed) == (1, 3)
    said = capsys.readouterr().err.splitlines()[::2]
    assert said[0].startswith("borte.pdf kan ikke leses (No such file or directory): rett navnet")
    assert said[1].startswith(f"{site.address('/borte')} svarer 404")
    assert said[2].startswith(". kan ikke leses (Is a directory)")


def test_private_addresses_need_a_word(folder: Path, site: Site) -> None:
    site.pages["/ny"] = page("Ny klynge", "Kari Nes leder.")
    intake = Intake(folder, Options(yes=True))
    intake.take(site.address("/ny"))
    assert (slugs(folder), intake.failed) == ([], 1)


def test_a_feed_lists_what_there_is_and_takes_what_is_chosen(
    folder: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = put_feed(site, "En", "To", "Tre", "Fire")
    intake = Intake(folder, YES)
    intake.take(site.address("/2"))
    capsys.readouterr()
    type_in(monkeypatch, "9", "1-3", "j", "j")
    intake.options = ASKING
    intake.take(feed)
    out = capsys.readouterr().out
    assert out.startswith(
        f"\n{feed}\n"
        "   1  2024-01-01  En\n"
        "   2  2024-01-02  To  (er med / present: to.md)\n"
        "   3  2024-01-03  Tre\n"
        "   4  2024-01-04  Fire\n"
        "Hvilke? / Which? (1,3-5, alle): Hvilke? / Which? (1,3-5, alle): \n"
        f"{site.address('/1')}\n"
    )
    assert slugs(folder) == ["en.md", "to.md", "tre.md"]
    assert (intake.saved, intake.failed) == (3, 0)


def test_of_a_feed_only_what_is_asked_for(folder: Path, site: Site) -> None:
    feed = put_feed(site, "Tang en", "Tang to", "Rur tre", "Tang fire")
    Intake(folder, Options(None, None, None, date(2024, 1, 2), "tang", True, True)).take(feed)
    assert slugs(folder) == ["tang-fire.md", "tang-to.md"]


def test_one_page_of_a_feed_that_fails_does_not_stop_the_rest(folder: Path, site: Site) -> None:
    feed = put_feed(site, "En", "To", "Tre")
    del site.pages["/1"]
    site.pages["/2"] = page("To", "")
    intake = Intake(folder, YES)
    intake.take(feed)
    intake.take(feed)
    assert slugs(folder) == ["tre.md"]
    assert (intake.saved, intake.failed) == (1, 4)


def test_a_title_is_not_for_all_of_a_feed(
    folder: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    intake = Intake(folder, Options(title="Rur", yes=True, allow_private=True))
    intake.take(put_feed(site, "En", "To"))
    assert (slugs(folder), intake.failed) == ([], 1)
    assert capsys.readouterr().err.startswith("--title og --published gjelder én artikkel")


def test_a_choice_is_for_feeds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("side.txt").write_bytes(SCRIPT)
    intake = Intake(folder, Options(match="tang", yes=True))
    intake.take("side.txt")
    assert (slugs(folder), intake.failed) == ([], 1)
    assert "ta bort --since og --match" in capsys.readouterr().err


def test_nothing_in_a_feed_is_no_failure(
    folder: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    intake = Intake(folder, Options(match="rur", allow_private=True))
    intake.take(put_feed(site, "Tang"))
    assert (intake.saved, intake.failed) == (0, 0)
    assert capsys.readouterr().out.endswith("\ningen treff / nothing found\n")
