import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_run import TOKEN, run_during
from fake_engine import make_engine
from fake_library import serving
from fakes import ADDRESS, GROUP, PRIVATE, USER, answer, forgetful, no_answer, press, text_message
from telegram_standin import Json, TelegramStandIn, read_html

from bot.app import build_application
from bot.settings import Settings
from bot.source import Ask, Source
from bot.texts import TEXTS, load_texts
from index.answer import Answer
from knowledge.articles import Language

CARD = """\
<b>Hilde Aspås</b>

<blockquote>- NCE-statusen er viktig for R&amp;D i &lt;hele&gt; regionen, og vi gleder oss til \
fortsettelsen, sier <b>Hilde Aspås</b>, NCE iKubens daglige leder i et nyhetsbrev.</blockquote>
<i>Ny status for klyngene</i>
Eyde-klyngen · 2017"""
SOURCE = (
    f"{ADDRESS}#:~:text=NCE%2Dstatusen%20er%20viktig%20for%20R%26D,"
    "daglige%20leder%20i%20et%20nyhetsbrev."
)
VOTE = [
    {"text": "👍", "callback_data": "vote:1:up"},
    {"text": "👎", "callback_data": "vote:1:down"},
]
SUGGESTION = "Hvem leder Arctic Cluster Team?"
CONTEXT: list[Json] = [{"text": "Vis sammenhengen", "callback_data": "context:1:0"}]
SHARE: list[Json] = [
    {"text": "Del", "switch_inline_query": SUGGESTION},
    {
        "text": "Kopier lenke",
        "copy_text": {
            "text": "https://t.me/klyngesvar_bot"
            "?start=a-SHZlbSBsZWRlciBBcmN0aWMgQ2x1c3RlciBUZWFtPw"
        },
    },
]


def ask_fake(question: str, language: Language | None) -> Answer:
    """Knows one answer; suggests that question to everybody else."""
    if question == SUGGESTION:
        return answer()
    return no_answer("nb", (SUGGESTION,))


fake = forgetful(ask_fake)


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


def poll(telegram: TelegramStandIn, ask: Ask, until: tuple[str, int]) -> None:
    """Run the bot until it has called a method so many times."""
    run_during(telegram, ask, lambda: telegram.wait_for(*until))


def converse(telegram: TelegramStandIn, ask: Ask, *messages: Json) -> list[str]:
    """Say one thing after the other, each once the one before is answered; how the cards read."""

    def talk() -> None:
        for number, message in enumerate(messages, start=1):
            telegram.feed("message", message)
            telegram.wait_for("sendMessage", number)

    run_during(telegram, ask, talk)
    assert telegram.refused == []
    return [read_html(params["text"]).plain for params in telegram.params("sendMessage")]


def message_call(text: str, keyboard: list[list[Json]]) -> tuple[str, Json]:
    return "sendMessage", {
        "chat_id": 7,
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"inline_keyboard": keyboard},
    }


TYPING = ("sendChatAction", {"chat_id": 7, "action": "typing"})
WEBHOOK: tuple[str, Json] = ("deleteWebhook", {})


def test_from_a_question_over_a_suggestion_to_an_answer(telegram: TelegramStandIn) -> None:
    telegram.feed("message", text_message("Hvem leder ACT?"))
    poll(telegram, fake, until=("sendMessage", 1))
    button = {"text": SUGGESTION, "callback_data": "ask0"}
    words = "Det finner jeg ikke svar på i kildene mine.\n\nMente du kanskje noe av dette?"
    assert telegram.calls == [WEBHOOK, TYPING, message_call(words, [[button]])]

    telegram.calls.clear()  # the bot is started anew, and has forgotten the suggestion
    telegram.feed("callback_query", press("ask0", [button]))
    poll(telegram, fake, until=("sendMessage", 1))
    assert telegram.calls == [
        WEBHOOK,
        ("answerCallbackQuery", {"callback_query_id": "q1", "show_alert": False}),
        TYPING,
        message_call(CARD, [[{"text": "Åpne kilden", "url": SOURCE}], CONTEXT, SHARE, VOTE]),
    ]
    assert telegram.refused == []


def test_an_answer_that_telegram_holds_back_is_sent_again(telegram: TelegramStandIn) -> None:
    telegram.fail_next("sendMessage", 429, retry_after=1)
    telegram.feed("message", text_message(SUGGESTION))
    poll(telegram, fake, until=("sendMessage", 1))
    assert telegram.refused == [("sendMessage", "Too Many Requests: retry later")]
    assert [params["text"] for params in telegram.params("sendMessage")] == [CARD]


def test_a_slow_question_keeps_no_other_chat_waiting(telegram: TelegramStandIn) -> None:
    def ask(question: str, language: Language | None) -> Answer:
        telegram.wait_for("sendMessage")  # the other chat's help
        return no_answer()

    telegram.feed("message", text_message("Hva?"))
    telegram.feed("message", text_message("/help", {**PRIVATE, "id": 8}))
    poll(telegram, forgetful(ask), until=("sendMessage", 2))
    assert [params["chat_id"] for params in telegram.params("sendMessage")] == [8, 7]


def test_every_accepted_update_is_handled_before_the_bot_stops(telegram: TelegramStandIn) -> None:
    for number in range(100, 120):
        chat, user = {**PRIVATE, "id": number}, {**USER, "id": number}
        telegram.feed("message", text_message("/help", chat, user))
    poll(telegram, fake, until=("sendMessage", 1))
    assert {call["chat_id"] for call in telegram.params("sendMessage")} == {*range(100, 120)}
    assert telegram.confirmed == 121


FIRST = "Who leads NCE iKuben?"
LED, IN_MOLDE = "Hilde Aspås\n\nHilde Aspås leder NCE iKuben.\n", "Molde\n\nNCE iKuben holder til"
UNKNOWN = load_texts(TEXTS)["en"].none


def test_a_dialogue_goes_on_from_what_was_asked_before(
    telegram: TelegramStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = make_engine(tmp_path, monkeypatch).reply
    texts = [FIRST, "and where are they based?", "hva med ACT?", "kor mange er med?"]
    cards = converse(telegram, reply, *map(text_message, texts))
    opens = [
        LED,
        "NCE iKuben · where based\n\n" + IN_MOLDE,
        "Arctic Cluster Team · where based\n\nMo i Rana\n\nArctic Cluster Team ligger",
        "Arctic Cluster Team · kor mange er med\n\n41\n\n41 bedrifter er med i Arctic",
    ]
    assert [card[: len(opening)] for card, opening in zip(cards, opens, strict=True)] == opens
    sent = telegram.params("sendMessage")
    assert sent[1]["text"].startswith("<i>NCE iKuben · where based</i>\n\n<b>Molde</b>")
    labels = [message["reply_markup"]["inline_keyboard"][0][0]["text"] for message in sent]
    assert labels == ["Open the source", "Open the source", "Åpne kilden", "Opne kjelda"]


def test_new_begins_a_new_dialogue(
    telegram: TelegramStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = make_engine(tmp_path, monkeypatch).reply
    texts = [FIRST, "/new", "and where are they based?"]
    cards = converse(telegram, reply, *map(text_message, texts))
    assert cards[1:] == [load_texts(TEXTS)["nn"].new, UNKNOWN]


def test_new_also_ends_the_dialogue_that_is_still_being_answered(
    telegram: TelegramStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def talk() -> None:
        telegram.feed("message", text_message(FIRST))
        telegram.feed("message", text_message("/new"))
        telegram.wait_for("sendMessage", 2)
        telegram.feed("message", text_message("and where are they based?"))
        telegram.wait_for("sendMessage", 3)

    run_during(telegram, make_engine(tmp_path, monkeypatch).reply, talk)
    assert telegram.params("sendMessage")[2]["text"] == UNKNOWN


def test_members_of_a_group_do_not_share_a_dialogue(
    telegram: TelegramStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = make_engine(tmp_path, monkeypatch).reply
    ola = {**USER, "id": 8}
    follow_up = "/ask and where are they based?"
    cards = converse(
        telegram,
        reply,
        text_message(f"/ask {FIRST}", GROUP),
        text_message(follow_up, GROUP, ola),
        text_message(follow_up),  # the same person, elsewhere
        text_message(follow_up, GROUP),
    )
    assert cards[1:3] == [UNKNOWN, UNKNOWN]
    assert cards[3].startswith("NCE iKuben · where based\n\n" + IN_MOLDE)


def test_who_writes_in_the_name_of_a_chat_has_no_dialogue(
    telegram: TelegramStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = make_engine(tmp_path, monkeypatch).reply
    texts = [f"/ask {FIRST}", "/ask and where are they based?"]
    anonymous = [text_message(text, GROUP, sender_chat=GROUP) for text in texts]
    assert converse(telegram, reply, *anonymous)[1] == UNKNOWN


def register(telegram: TelegramStandIn, *admins: int) -> list[Json]:
    async def run() -> None:
        settings = Settings(TOKEN, telegram.url, admins=frozenset(admins))
        application = build_application(settings, serving(Source(fake)))
        async with application:
            assert application.post_init is not None
            await application.post_init(application)

    asyncio.run(run())
    return telegram.params("setMyCommands")


def test_the_menu_is_registered_in_every_language(telegram: TelegramStandIn) -> None:
    menus = register(telegram)
    names = [[command["command"] for command in menu["commands"]] for menu in menus]
    assert (
        names == ["ask new cluster clusters help about language privacy forget start".split()] * 4
    )
    assert [(menu.get("language_code"), menu["commands"][4]["description"]) for menu in menus] == [
        (None, "How to ask"),
        ("nb", "Slik spør du"),
        ("no", "Slik spør du"),
        ("nn", "Slik spør du"),
    ]


def test_only_admins_menus_show_what_only_they_may_ask(telegram: TelegramStandIn) -> None:
    telegram.know(PRIVATE)
    menus = register(telegram, 7, 8)  # 8 has never written to the bot
    everybody = [menu for menu in menus if "scope" not in menu]
    ours = [menu for menu in menus if menu.get("scope") == {"type": "chat", "chat_id": 7}]
    assert len(everybody) == len(ours) == 4
    assert len(menus) == 8
    for menu, longer in zip(everybody, ours, strict=True):
        assert longer["commands"][: len(menu["commands"])] == menu["commands"]
        added = [command["command"] for command in longer["commands"][len(menu["commands"]) :]]
        assert added == ["stats", "status", "rollback", "unanswered"]
    assert [menu.get("language_code") for menu in ours] == [None, "nb", "no", "nn"]


def test_a_menu_that_is_refused_keeps_no_other_back(telegram: TelegramStandIn) -> None:
    telegram.fail_next("setMyCommands", 500)
    assert [menu["language_code"] for menu in register(telegram)] == ["nb", "no", "nn"]


def test_help_explains_the_commands() -> None:
    for words in load_texts(TEXTS).values():
        assert all(
            f"/{command} – " in words.help
            for command in ("ask new cluster clusters language privacy forget about help".split())
        )
