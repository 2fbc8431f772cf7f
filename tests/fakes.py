"""Articles, answers and updates for the bot's tests."""

from collections.abc import Callable

from telegram_standin import BOT, Json

from bot.source import Ask
from index.answer import Answer, Quote, Relation, Verdict
from index.followup import Memory, Reply
from knowledge.articles import Article, Language

BODY = """\
Ny status for klyngene

Vi gratulerer klyngen Arctic med ARENA-status og iKuben med NCE-status!

iKuben får 25 millioner over fem år. - NCE-statusen er viktig for R&D i <hele> regionen, og vi \
gleder oss til fortsettelsen, sier Hilde Aspås, NCE iKubens daglige leder i et nyhetsbrev.
"""
SENTENCE = BODY[BODY.index("- NCE-statusen") :].rstrip("\n")

ADDRESS = "https://www.eydecluster.com/no/aktuelt/2017/ny-status-for-klyngene/"


def article(
    body: str = BODY, url: str | None = ADDRESS, published: str | None = "2017"
) -> Article:
    return Article(
        "ny-status", "Ny status for klyngene", "Eyde-klyngen", url, published, "nb", body
    )


def quote(
    text: str = SENTENCE,
    highlight: str | None = "Hilde Aspås",
    source: Article | None = None,
    relation: Relation = "proof",
) -> Quote:
    """The quote that is `text`, found in the article's body, with the answer found in it."""
    source = source or article()
    start = source.body.index(text)
    at = start + text.index(highlight) if highlight is not None else 0
    span = (at, at + len(highlight)) if highlight is not None else None
    return Quote(source, start, start + len(text), span, relation)


def answer(
    question: str = "Hvem leder NCE iKuben?",
    language: Language = "nb",
    verdict: Verdict = "answer",
    text: str | None = "Hilde Aspås",
    quotes: tuple[Quote, ...] | None = None,
    suggestions: tuple[str, ...] = (),
) -> Answer:
    quotes = (quote(),) if quotes is None else quotes
    return Answer(question, language, verdict, text, 0.9, quotes, suggestions, 12.0)


def no_answer(language: Language = "nb", suggestions: tuple[str, ...] = ()) -> Answer:
    return answer(language=language, verdict="none", text=None, quotes=(), suggestions=suggestions)


Answers = Callable[[str, Language | None], Answer]


def forgetful(ask: Answers) -> Ask:
    """Somebody who answers each question for itself."""

    def reply(question: str, language: Language | None, memory: Memory | None) -> Reply:
        return Reply(ask(question, language), None, None)

    return reply


USER: Json = {"id": 7, "is_bot": False, "first_name": "Kari", "language_code": "nn"}
PRIVATE: Json = {"id": 7, "type": "private", "first_name": "Kari"}
GROUP: Json = {"id": -70, "type": "group", "title": "Klynger"}


def message(chat: Json = PRIVATE, user: Json = USER, **content: object) -> Json:
    return {"message_id": 1, "date": 1, "chat": chat, "from": user, **content}


def text_message(text: str, chat: Json = PRIVATE, user: Json = USER, **content: object) -> Json:
    """A message with the entity that Telegram adds to a command."""
    command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
    entities = {"entities": [command]} if text.startswith("/") else {}
    return message(chat, user, text=text, **entities, **content)


def press(data: str, buttons: list[Json], user: Json = USER) -> Json:
    """A press on one of the buttons under a message of the bot's."""
    under = message(user=BOT, text="...", reply_markup={"inline_keyboard": [[b] for b in buttons]})
    return {"id": "q1", "from": user, "chat_instance": "1", "data": data, "message": under}


def inline_query(text: str, number: int = 1, user: Json = USER) -> Json:
    """What somebody has typed after the bot's name in some chat."""
    return {"id": f"i{number}", "from": user, "query": text, "offset": "", "chat_type": "group"}


def guest_message(text: str, number: int = 1, user: Json = USER) -> Json:
    """A message with the bot's name in it, in a chat that the bot is not in."""
    return message(GROUP, user, text=text, guest_query_id=f"g{number}")
