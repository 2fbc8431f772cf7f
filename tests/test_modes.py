"""What people send besides plain questions: greetings, pictures, links, edits, in topics too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from driver import TOKEN, Call, Driver, keys, plain
from fake_engine import make_engine
from fakes import GROUP, PRIVATE, USER, answer, forgetful, message, no_answer, text_message
from telegram_standin import BOT, Json, TelegramStandIn, read_html
from test_app import poll

from bot.texts import TEXTS, load_texts
from index.answer import Answer
from knowledge.articles import Language

TEXTS_IN = load_texts(TEXTS)
NB, NN, EN = TEXTS_IN["nb"], TEXTS_IN["nn"], TEXTS_IN["en"]
OLA: Json = {"id": 8, "is_bot": False, "first_name": "Ola", "language_code": "nn"}
FORUM: Json = {"id": -1007, "type": "supergroup", "title": "Klynger", "is_forum": True}
TOPIC: Json = {"message_thread_id": 55, "is_topic_message": True}
PHOTO: Json = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}
FILE = {"file_id": "f", "file_unique_id": "u"}
STICKER = {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
ASK = {"type": "bot_command", "offset": 0, "length": 4}
FORWARDED: Json = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Per"}}


class Ask:
    """Notes what is asked, and has one answer."""

    def __init__(self, given: Answer | None = None) -> None:
        self.asked = list[str]()
        self.given = given or no_answer("nn")

    def __call__(self, question: str, language: Language | None) -> Answer:
        self.asked.append(question)
        return self.given


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


def heard(telegram: TelegramStandIn, *messages: Json) -> tuple[list[str], list[str]]:
    """What was asked, and what was said."""
    ask = Ask()
    with Driver(telegram, forgetful(ask)) as bot:
        said = [plain(call) for content in messages for call in bot.say(content)]
    assert telegram.refused == []
    return ask.asked, said


def mention(text: str, name: str = "@klyngesvar_bot") -> list[Json]:
    offset = len(text[: text.index(name)].encode("utf-16-le")) // 2
    return [{"type": "mention", "offset": offset, "length": len(name)}]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"text": "Hei!"}, NN.greeted),
        ({"text": "👍"}, NN.thanked),
        ({"text": "hei, korleis går det?"}, NN.well),
        ({"text": "x" * 3000}, NN.too_long.format(limit=1000)),
        ({"text": "/ask", "entities": [ASK]}, NN.ask_hint),
        ({"sticker": {**FILE, **STICKER}}, NN.sticker),
        ({"animation": {**FILE, **STICKER, "duration": 1}, "document": FILE}, NN.sticker),
        (PHOTO, NN.picture),
        ({**PHOTO, "caption": "Fin dag i Molde"}, NN.picture),
        ({**PHOTO, "caption": "https://x.no/?side=2"}, NN.picture),
        ({"video_note": {**FILE, "length": 1, "duration": 1}}, NN.picture),
        ({"voice": {**FILE, "duration": 1}}, NN.voice),
        ({"document": FILE}, NN.not_text),
        ({"text": "Stor dag for klyngene.", **FORWARDED}, NN.forwarded),
        ({"text": "Hvorfor? " + "x" * 1000, **FORWARDED}, NN.forwarded),
        ({"text": "takk", **FORWARDED}, NN.forwarded),
    ],
)  # fmt: skip
def test_each_gets_its_own_reaction(telegram: TelegramStandIn, content: Json, said: str) -> None:
    asked, all_said = heard(telegram, message(**content))
    assert (asked, all_said) == ([], [said.strip()])


@pytest.mark.parametrize(
    "content",
    [
        {**PHOTO, "caption": "Hvem leder NCE iKuben?"},
        {"text": "Hvem leder NCE iKuben?", **FORWARDED},
        {**PHOTO, "caption": "Hvem leder NCE iKuben?", **FORWARDED},
        {
            "text": "@Klyngesvar_bot: Hvem leder NCE iKuben?",
            "entities": mention("@Klyngesvar_bot", "@Klyngesvar_bot"),
        },
    ],
)
def test_a_question_is_answered_however_it_comes(telegram: TelegramStandIn, content: Json) -> None:
    asked, said = heard(telegram, message(**content))
    assert (asked, said) == (["Hvem leder NCE iKuben?"], [NN.none])


def test_an_album_gets_one_reaction(telegram: TelegramStandIn) -> None:
    pictures = [message(message_id=n, media_group_id="a", **PHOTO) for n in (1, 2, 3)]
    other = message(message_id=4, media_group_id="b", **PHOTO)
    assert heard(telegram, *pictures, other)[1] == [NN.picture, NN.picture]


def test_an_album_with_a_question_gets_its_answer_only(telegram: TelegramStandIn) -> None:
    first = message(message_id=1, media_group_id="a", **PHOTO, caption="Hva er NCE?")
    rest = [message(message_id=n, media_group_id="a", **PHOTO) for n in (2, 3)]
    assert heard(telegram, first, *rest) == (["Hva er NCE?"], [NN.none])


# Links


HELLO = read_html(NN.start.strip()).plain


def start(payload: str) -> Json:
    return text_message(f"/start {payload}")


def test_a_link_is_answered_under_its_question(telegram: TelegramStandIn, tmp_path: Path) -> None:
    ask = Ask(answer("Hvem var den aller første lederen for klyngen NCE iKuben?"))
    with Driver(telegram, forgetful(ask)) as bot:
        [card] = bot.say(text_message("Hvem var den aller første lederen for klyngen NCE iKuben?"))
        payload = keys(card)["Kopier lenke"]["copy_text"]["text"].partition("=")[2]
        assert payload.startswith("q1-")
        [linked] = bot.say(start(payload))
        [cluster] = bot.say(start("c-nce-ikuben"))
        [own] = bot.say(start("a-SHZhIGVyIE5DRT8"))
    assert ask.asked[1:] == [ask.asked[0], "Hva er NCE?"]
    assert [plain(call).partition("\n\n")[0] for call in (linked, own)] == ask.asked[1:]
    assert plain(cluster) == f"NCE iKuben\n{NN.cluster_facts}\n\nAndre namn: iKuben"


def test_the_question_still_stands_above_a_turned_card(telegram: TelegramStandIn) -> None:
    with Driver(telegram, forgetful(Ask(answer()))) as bot:
        bot.say(start("a-SHZhIGVyIE5DRT8"))
        _, turned = bot.press("context:1:0", PRIVATE, USER)
    assert plain(turned).startswith("Hva er NCE?\n\nHilde Aspås\n\n")


@pytest.mark.parametrize(
    ("payload", "said"),
    [("", HELLO), ("tull", HELLO), ("c-nce-tull", HELLO), ("q7-AAAAAAAA", NN.gone)],
)
def test_a_link_that_leads_nowhere(telegram: TelegramStandIn, payload: str, said: str) -> None:
    asked, all_said = heard(telegram, start(payload))
    assert (asked, all_said) == ([], [said])


# Edited messages


def edited(text: str, chat: Json = PRIVATE, message_id: int = 30) -> Json:
    return text_message(text, chat, edit_date=2, message_id=message_id)


def answers_to(telegram: TelegramStandIn, *events: tuple[str, Json]) -> list[list[Call]]:
    with Driver(telegram, forgetful(lambda question, _: no_answer("nn", (question,)))) as bot:
        return [bot.hear(kind, content) for kind, content in events]


def test_an_edited_question_edits_its_answer(telegram: TelegramStandIn) -> None:
    _, [(method, params)], [again] = answers_to(
        telegram,
        ("message", text_message("Hvem leder iKubn?", message_id=30)),
        ("edited_message", edited("Hvem leder iKuben?", message_id=30)),
        ("edited_message", edited("Takk!", message_id=30)),
    )
    assert (method, params["message_id"]) == ("editMessageText", 102)
    assert [*keys((method, params))] == ["Hvem leder iKuben?"]
    assert (again[1]["message_id"], plain(again)) == (102, NN.thanked)
    assert "reply_markup" not in again[1]


def test_an_edit_that_changes_nothing_is_survived(telegram: TelegramStandIn) -> None:
    _, calls = answers_to(
        telegram,
        ("message", text_message("Hei", message_id=30)),
        ("edited_message", edited("Hei!", message_id=30)),
    )
    assert calls == []
    assert len(telegram.refused) == 1


@pytest.mark.parametrize(
    "edit",
    [
        ("edited_message", edited("Hva?", message_id=31)),  # not answered
        ("edited_message", edited("/help", message_id=30)),
        ("edited_message", edited("Hva?", message_id=30, chat=GROUP)),
        ("edited_channel_post", edited("Hva?", message_id=30)),
    ],
)
def test_any_other_edit_is_ignored(telegram: TelegramStandIn, edit: tuple[str, Json]) -> None:
    first = text_message("Hva?", message_id=30)
    assert answers_to(telegram, ("message", first), edit)[1] == []
    assert telegram.refused == []


def test_an_edited_command_in_a_group_edits_its_answer(telegram: TelegramStandIn) -> None:
    _, [(method, params)], ignored = answers_to(
        telegram,
        ("message", text_message("/ask@klyngesvar_bot Hva?", GROUP, message_id=30)),
        ("edited_message", edited("/ask@klyngesvar_bot Hva er NCE?", chat=GROUP, message_id=30)),
        ("edited_message", edited("Hva er ACT?", chat=GROUP, message_id=30)),
    )
    assert (method, params["chat_id"], params["message_id"]) == ("editMessageText", -70, 102)
    assert [*keys((method, params))] == ["Hva er NCE?"]
    assert ignored == []


# Groups and topics


@pytest.mark.parametrize(
    ("text", "entities", "question"),
    [
        ("@klyngesvar_bot Hva er NCE?", mention("@klyngesvar_bot"), "Hva er NCE?"),
        ("🚀 hei @klyngesvar_bot, hva er NCE?", None, "🚀 hei hva er NCE?"),
        ("Hva er NCE @KLYNGESVAR_BOT", None, "Hva er NCE"),
        (
            "Svar, si Svar: hva er NCE?",
            [{"type": "text_mention", "offset": 9, "length": 4, "user": BOT}],
            "Svar, si hva er NCE?",
        ),
    ],
)
def test_a_mention_in_a_group_is_answered(
    telegram: TelegramStandIn, text: str, entities: list[Json] | None, question: str
) -> None:
    name = next((word.strip(",") for word in text.split() if word.startswith("@")), "")
    found = entities or mention(text, name)
    assert heard(telegram, message(GROUP, text=text, entities=found))[0] == [question]


def test_a_mention_under_a_picture_is_answered(telegram: TelegramStandIn) -> None:
    caption = "@klyngesvar_bot Hva er NCE?"
    content = message(GROUP, **PHOTO, caption=caption, caption_entities=mention(caption))
    assert heard(telegram, content)[0] == ["Hva er NCE?"]


def test_a_mention_of_nothing_else_tells_how_to_ask(telegram: TelegramStandIn) -> None:
    text = "@klyngesvar_bot"
    content = message(GROUP, text=text, entities=mention(text))
    assert heard(telegram, content) == ([], [NN.ask_hint.strip()])


@pytest.mark.parametrize(
    "content",
    [
        {"text": "Hva er NCE?"},
        {"text": "@en_annen Hva er NCE?", "entities": mention("@en_annen", "@en_annen")},
        {"text": "klyngesvar_bot, hva er NCE?"},
        {"text": "hei"},
        {**PHOTO, "caption": "Hva er NCE?"},
        {"sticker": {**FILE, **STICKER}},
        {"text": "/ask@en_annen_bot Hva?",
         "entities": [{"type": "bot_command", "offset": 0, "length": 17}]},
    ],
)  # fmt: skip
def test_a_group_is_left_alone_otherwise(telegram: TelegramStandIn, content: Json) -> None:
    assert heard(telegram, message(GROUP, **content)) == ([], [])


def test_thanks_in_reply_to_the_bot_are_heard_in_a_group(telegram: TelegramStandIn) -> None:
    to_bot: Json = {"reply_to_message": message(GROUP, BOT, text="...")}
    assert heard(telegram, text_message("Takk!", GROUP, **to_bot)) == ([], [NN.thanked])


def in_topic(text: str, user: Json = USER, **content: object) -> Json:
    return text_message(text, FORUM, user, **TOPIC, **content)


def test_an_answer_stays_in_its_topic_and_is_to_the_asker(telegram: TelegramStandIn) -> None:
    with Driver(telegram, forgetful(Ask())) as bot:
        [(_, params)] = bot.say(in_topic("/ask Hva?", message_id=30))
    assert params["message_thread_id"] == 55
    assert params["reply_parameters"] == {"message_id": 30, "allow_sending_without_reply": True}
    assert telegram.params("sendChatAction")[0]["message_thread_id"] == 55
    assert telegram.refused == []


def test_a_chain_of_replies_is_no_topic(telegram: TelegramStandIn) -> None:
    with Driver(telegram, forgetful(Ask())) as bot:
        content = text_message("/ask Hva?", GROUP, message_thread_id=12)
        [(_, params)] = bot.say(content)
    assert "message_thread_id" not in params
    assert telegram.refused == []


def test_an_error_is_told_in_the_topic(telegram: TelegramStandIn) -> None:
    def fail(question: str, language: Language | None) -> Answer:
        raise RuntimeError

    with Driver(telegram, forgetful(fail)) as bot:
        calls = bot.say(in_topic("/ask Hva?"))
    assert [(params["text"], params["message_thread_id"]) for _, params in calls] == [
        (NN.error, 55)
    ]


def test_members_share_no_context_in_a_topic(
    telegram: TelegramStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(tmp_path, monkeypatch)
    with Driver(telegram, engine.reply) as bot:
        bot.say(in_topic("/ask Who leads NCE iKuben?"))
        [other] = bot.say(in_topic("/ask and where are they based?", OLA))
        [own] = bot.say(in_topic("/ask and where are they based?"))
    assert plain(other) == EN.none
    assert plain(own).startswith("NCE iKuben · where based\n\nMolde")


def test_help_explains_what_is_seen_in_groups() -> None:
    for words, privacy in ((NB, "personvernmodus"), (NN, "personvernmodus"), (EN, "privacy mode")):
        assert privacy in words.help


def test_an_edit_that_comes_while_the_question_is_answered_is_not_lost(
    telegram: TelegramStandIn,
) -> None:
    def ask(question: str, language: Language | None) -> Answer:
        if question == "Hva er iKubn?":
            telegram.feed("edited_message", edited("Hva er iKuben?"))
            telegram.wait_until_taken()
        return no_answer("nn", (question,))

    telegram.feed("message", text_message("Hva er iKubn?", message_id=30))
    poll(telegram, forgetful(ask), until=("editMessageText", 1))
    [first], [second] = telegram.params("sendMessage"), telegram.params("editMessageText")
    assert [*keys(("", first))] == ["Hva er iKubn?"]
    assert [*keys(("", second))] == ["Hva er iKuben?"]


def test_an_edit_may_ask_what_a_cluster_is(telegram: TelegramStandIn) -> None:
    with Driver(telegram, forgetful(Ask(answer()))) as bot:
        bot.say(text_message("Hvem leder iKuben?", message_id=30))
        [(method, card)] = bot.hear("edited_message", edited("hva er iKuben?", message_id=30))
        [again] = bot.hear("edited_message", edited("Hvem leder iKuben?", message_id=30))
    assert method == "editMessageText"
    assert card["text"].startswith(f"<b>NCE iKuben</b>\n<i>{NB.cluster_facts}</i>")
    assert plain(again).startswith("Hilde Aspås")
