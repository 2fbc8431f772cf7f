"""Articles that admins send, over HTTP to the stand-in, with the real path to a version."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import fake_content
import pytest
from driver import TOKEN, Call, Driver, keys, plain
from fake_content import use_fake_reader, write_content
from fake_index import FakeEncoder
from fake_site import PUBLIC, Page, Site, internet, running_site
from fakes import PRIVATE, USER, message, no_answer, text_message
from made_files import make_docx
from telegram_standin import Json, TelegramStandIn

import bot.library
from bot.database import Database
from bot.journal import Journal
from bot.library import KnowledgeLibrary
from bot.metrics import Metrics
from bot.newsroom import Newsroom
from bot.releases import Releases
from bot.texts import TEXTS, load_texts
from index.encoder import SentenceEncoder
from index.lock import BusyError
from index.versions import Version, Versions
from knowledge.articles import read_articles

# The driver brings updates itself, so the application does not run; it waits for what is begun.
pytestmark = pytest.mark.filterwarnings("ignore:Tasks created via")

NB = load_texts(TEXTS)["nb"]
BOSS: Json = {**USER, "language_code": "nb"}
OTHER: Json = {**BOSS, "id": 8, "first_name": "Ola"}
OTHERS: Json = {**PRIVATE, "id": 8, "first_name": "Ola"}
ADDRESS = "http://www.klynge.no/nytt-kontor"
QUESTION = "Hvor er kontoret?"
FIRST = "Kontoret til klyngen ligger nå i Molde, midt mellom verftene og & den nye høgskolen."
SECOND = "Flyttingen tok to uker, og alle de ansatte er fornøyde med utsikten over fjorden."
HTML = f"""\
<!doctype html><html lang="nb"><head><title>Nytt kontor</title>
<meta property="og:site_name" content="Klyngeposten">
<meta property="article:published_time" content="2024-05-14T10:00:00+02:00"></head>
<body><main><article><h1>Nytt kontor</h1><p>{FIRST.replace("&", "&amp;")}</p><p>{SECOND}</p>
</article></main></body></html>"""
CARD = f"""\
Nytt kontor

Utgiver: Klyngeposten
Dato: 14. mai 2024 («article:published_time: 2024-05-14T10:00:00+02:00» i metadataene)
Språk: Bokmål
Adresse: {ADDRESS}
Klynger: –
Utelatte linjer: 1

{FIRST}

{SECOND}"""


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with running_site() as site:
        site.pages["/nytt-kontor"] = Page(HTML.encode())
        internet(monkeypatch, site, {"www.klynge.no": [PUBLIC], "lukket.no": ["10.0.0.7"]})
        yield site


@dataclass
class Room:
    """A knowledge folder with a published version, and bots that answer from it."""

    telegram: TelegramStandIn
    folder: Path
    journal: Path

    def bot(self) -> Driver:
        library = KnowledgeLibrary(self.folder)
        self.releases = Releases(library, library.first(), Metrics())
        return Driver(self.telegram, self.releases, self.journal, frozenset({7, 8}))

    @property
    def articles(self) -> list[str]:
        return [article.title for article in read_articles(self.folder / "articles")]

    @property
    def answers_from(self) -> Version:
        version = self.releases.source().version
        assert version
        return version


@pytest.fixture
def room(
    telegram: TelegramStandIn, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Room:
    use_fake_reader(monkeypatch)
    monkeypatch.setitem(fake_content._ANSWERS, QUESTION, r"Molde")
    encoder = cast(SentenceEncoder, FakeEncoder())
    monkeypatch.setattr(bot.library, "load_encoder", lambda: encoder)
    return Room(telegram, write_content(tmp_path / "knowledge"), tmp_path / "journal.sqlite3")


def say(driver: Driver, text: str, user: Json = BOSS, chat: Json = PRIVATE) -> list[Call]:
    return driver.say(text_message(text, chat, user))


def send_file(driver: Driver, document: Json, user: Json = BOSS, chat: Json = PRIVATE) -> Call:
    """What takes the place of the message that says to wait, or what is said instead."""
    return driver.say(message(chat, user, document=document))[-1]


def answer_last(driver: Driver, telegram: TelegramStandIn, text: str) -> list[Call]:
    question = telegram.last_message(PRIVATE["id"])
    return driver.say(text_message(text, PRIVATE, BOSS, reply_to_message=question))


def test_an_address_becomes_an_article_when_its_admin_says_so(
    room: Room, telegram: TelegramStandIn
) -> None:
    Journal(Database(room.journal)).note(replace(no_answer(), question=QUESTION))
    with room.bot() as driver:
        waiting, card, tried = say(driver, ADDRESS)
        assert (waiting[0], plain(waiting)) == ("sendMessage", NB.draft_reading)
        assert (card[0], plain(card)) == ("editMessageText", CARD)
        assert plain(tried) == f"{CARD}\n\n{NB.draft_answers}\n– {QUESTION}"
        assert {text: key["callback_data"] for text, key in keys(card).items()} == {
            "Publiser": "draft:1:publish",
            "Endre tittel": "draft:1:title",
            "Endre utgiver": "draft:1:publisher",
            "Endre dato": "draft:1:published",
            "Forkast": "draft:1:discard",
        }
        assert room.articles == ["Nytt", "Nytt"]
        assert room.answers_from.number == 1
        _, publishing, done = driver.press("draft:1:publish", PRIVATE, BOSS)
        assert (plain(publishing), keys(publishing)) == (NB.draft_publishing, {})
        assert plain(done) == (
            "Publisert: Nytt kontor, i versjon 2.\n\n"
            "Riktige prøvesvar: 2 → 2 av 2. Endrede svar: 0.\n/rollback tar den tilbake."
        )
        assert keys(done) == {}
        assert room.answers_from.number == 2
        assert room.answers_from.manifest.by == "Kari (Telegram)"
        assert plain(say(driver, QUESTION)[-1]).startswith("Molde\n\nKontoret til klyngen")
        _, present = say(driver, ADDRESS)
        assert plain(present) == NB.draft_present.format(
            title="Nytt kontor", file="nytt-kontor.md"
        )
    assert room.articles == ["Nytt", "Nytt kontor", "Nytt"]
    assert telegram.refused == []


def test_what_others_have_not_published_is_not_published_along(room: Room) -> None:
    with room.bot() as driver:
        say(driver, ADDRESS)
        (room.folder / "articles" / "halvferdig.md").write_text("---\ntitle: Halv")
        driver.press("draft:1:publish", PRIVATE, BOSS)
        names = sorted(file.name for file in (room.answers_from.knowledge / "articles").iterdir())
    assert names == ["leder.md", "nytt-kontor.md", "sjo.md"]


def test_a_word_file_is_asked_about_what_it_does_not_say(
    room: Room, telegram: TelegramStandIn
) -> None:
    with room.bot() as driver:
        document = telegram.upload("kontor.docx", make_docx("# Nytt kontor", FIRST, SECOND))
        _waiting, _file, card, asked = driver.say(message(PRIVATE, BOSS, document=document))
        assert "Utgiver: (mangler)\nDato: udatert\n" in plain(card)
        assert NB.draft_undated in plain(card)
        assert "Publiser" not in keys(card)
        assert plain(asked) == NB.draft_ask_publisher
        assert asked[1]["reply_markup"] == {"force_reply": True}
        changed, card, _tried = answer_last(driver, telegram, "Klynge & co")
        assert (changed[0], plain(changed)) == ("sendMessage", NB.draft_changed)
        assert "Utgiver: Klynge & co\n" in plain(card)
        assert "Publiser" in keys(card)
        driver.press("draft:1:publish", PRIVATE, BOSS)
    assert room.articles == ["Nytt", "Nytt kontor", "Nytt"]


def test_a_draft_is_changed_by_replies(room: Room, telegram: TelegramStandIn) -> None:
    with room.bot() as driver:
        say(driver, ADDRESS)
        _, asked = driver.press("draft:1:published", PRIVATE, BOSS)
        assert plain(asked) == NB.draft_ask_date
        refused, again = answer_last(driver, telegram, "31.02.2024")
        assert (plain(refused), plain(again)) == (NB.draft_no_date, NB.draft_ask_date)
        _, card = answer_last(driver, telegram, "14.3.2023")
        assert "Dato: 14. mars 2023\n" in plain(card)
        driver.press("draft:1:title", PRIVATE, BOSS)
        refused, _ = answer_last(driver, telegram, "Leder")  # its file name is taken
        assert "leder.md finnes fra før" in plain(refused)
        _, card = answer_last(driver, telegram, "Til Molde")
        assert plain(card).startswith("Til Molde\n")
        driver.press("draft:1:publish", PRIVATE, BOSS)
    [article] = [it for it in read_articles(room.folder / "articles") if it.slug == "til-molde"]
    assert (article.title, article.published) == ("Til Molde", "2023-03-14")
    assert article.url == ADDRESS


def test_drafts_and_questions_about_them_survive_a_restart(
    room: Room, telegram: TelegramStandIn
) -> None:
    with room.bot() as driver:
        say(driver, ADDRESS)
        driver.press("draft:1:title", PRIVATE, BOSS)
    with room.bot() as driver:
        _, card, *_ = answer_last(driver, telegram, "Til Molde")
        assert plain(card).startswith("Til Molde\n")
        driver.press("draft:1:publish", PRIVATE, BOSS)
    assert "Til Molde" in room.articles


def test_a_discarded_draft_is_gone(room: Room, telegram: TelegramStandIn) -> None:
    with room.bot() as driver:
        say(driver, ADDRESS)
        driver.press("draft:1:title", PRIVATE, BOSS)
        _, card = driver.press("draft:1:discard", PRIVATE, BOSS)
        assert (plain(card), keys(card)) == (NB.draft_discarded, {})
        [refused] = driver.press("draft:1:publish", PRIVATE, BOSS)
        assert (refused[1]["text"], refused[1]["show_alert"]) == (NB.draft_gone, True)
        say(driver, ADDRESS)
        assert "draft:2:publish" in str(telegram.last_message(7))  # a number is used once
    assert room.articles == ["Nytt", "Nytt"]


def test_two_admins_are_told_of_each_other(room: Room) -> None:
    with room.bot() as driver:
        say(driver, ADDRESS)
        _, card, *_ = say(driver, ADDRESS, OTHER, OTHERS)
        assert f"⚠️ {NB.draft_twice}" in plain(card)
        [refused] = driver.press("draft:1:publish", OTHERS, OTHER)
        assert (refused[1]["text"], refused[1]["show_alert"]) == (NB.draft_not_yours, True)
        driver.press("draft:2:publish", OTHERS, OTHER)
        *_, why = driver.press("draft:1:publish", PRIVATE, BOSS)
        assert plain(why).startswith("Artikkelen er med fra før, som «Nytt kontor»")
    assert room.answers_from.number == 2


def test_who_is_no_admin_gets_what_everybody_gets(room: Room, telegram: TelegramStandIn) -> None:
    guest: Json = {**BOSS, "id": 9}
    chat: Json = {**PRIVATE, "id": 9}
    with room.bot() as driver:
        document = telegram.upload("kontor.docx", make_docx(FIRST))
        [said] = driver.say(message(chat, guest, document=document))
        assert plain(said) == NB.not_text
        say(driver, ADDRESS)
        [refused] = driver.press("draft:1:publish", chat, guest)
        assert refused[1]["text"] == NB.draft_gone
    assert telegram.params("getFile") == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://lukket.no/a", NB.draft_private),
        ("http://www.klynge.no/borte", "http://www.klynge.no/borte svarer 404, siden finnes ikke"),
        ("www.finnes-ikke.no", "finnes-ikke.no"),
    ],
)
def test_what_cannot_be_fetched_is_told_in_one_language(
    room: Room, address: str, said: str
) -> None:
    with room.bot() as driver:
        _, refused = say(driver, address)
    assert said in plain(refused)
    assert "\n" not in plain(refused)
    assert keys(refused) == {}


def test_files_that_cannot_be_read_are_told_of(room: Room, telegram: TelegramStandIn) -> None:
    with room.bot() as driver:
        broken = telegram.upload("rapport.pdf", b"%PDF-1.7\nx", "application/pdf")
        assert plain(send_file(driver, broken)).startswith("rapport.pdf: filen er skadet")
        large = {**telegram.upload("stor.pdf", b"%PDF-"), "file_size": 21_000_000}
        assert plain(send_file(driver, large)) == NB.draft_too_large
        lost = {**broken, "file_id": "ukjent"}
        assert plain(send_file(driver, lost)) == NB.draft_lost
        picture = telegram.upload("kart.png", b"\x89PNG", "image/png")
        [said] = driver.say(message(PRIVATE, BOSS, document=picture))
        assert plain(said) == NB.not_text


def test_a_draft_that_makes_answers_worse_is_not_published(
    room: Room, telegram: TelegramStandIn
) -> None:
    money = "Staten gir klyngen fem kroner, og det er penger som kommer godt med i år og neste år."
    data = make_docx("# Penger", money, SECOND)
    with room.bot() as driver:
        send_file(driver, telegram.upload("penger.docx", data))
        answer_last(driver, telegram, "Avisa")
        _, _, card, why = driver.press("draft:1:publish", PRIVATE, BOSS)
        assert "Publiser" in keys(card)
        assert plain(why).startswith(
            "Ikke publisert: 1 prøvespørsmål ville fått dårligere svar.\n– Hvor mye penger er det?"
        )
        assert room.articles == ["Nytt", "Nytt"]
        assert room.answers_from.number == 1


def test_who_holds_the_lock_is_named(room: Room) -> None:
    with room.bot() as driver:
        say(driver, ADDRESS)
        with room.releases.library.versions.lock("ola@<lager>", "klyngesvar publish"):
            *_, why = driver.press("draft:1:publish", PRIVATE, BOSS)
        assert plain(why).startswith("Noen holder på med versjonene: ola@<lager>, ")
        driver.press("draft:1:publish", PRIVATE, BOSS)
    assert room.articles == ["Nytt", "Nytt kontor", "Nytt"]


def test_forget_removes_an_admin_s_drafts(room: Room) -> None:
    with room.bot() as driver:
        say(driver, ADDRESS)
        say(driver, ADDRESS, OTHER, OTHERS)
        say(driver, "/forget")
    assert Database(room.journal).read("SELECT id, owner FROM drafts") == [(2, 8)]


def test_a_draft_is_published_once_at_a_time(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    with room.bot() as driver:
        say(driver, ADDRESS)

        async def publish(*_: object) -> None:
            await driver.press_meanwhile("draft:1:publish", PRIVATE, BOSS)
            raise BusyError("ola@lager")

        monkeypatch.setattr(Newsroom, "publish", publish)
        _, _, again, card, _why = driver.press("draft:1:publish", PRIVATE, BOSS)
    assert (again[1]["text"], again[1]["show_alert"]) == (NB.draft_publishing, True)
    assert "Publiser" in keys(card)


def test_a_publication_that_fails_leaves_the_draft(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    with room.bot() as driver:
        say(driver, ADDRESS)
        with monkeypatch.context() as patch:
            patch.setattr(Versions, "finish", fail)
            *_, card, why = driver.press("draft:1:publish", PRIVATE, BOSS)
        assert plain(why) == NB.error
        assert "disk full" in caplog.text
        assert room.articles == ["Nytt", "Nytt"]
        assert "Publiser" in keys(card)
        driver.press("draft:1:publish", PRIVATE, BOSS)
    assert room.answers_from.number == 2
