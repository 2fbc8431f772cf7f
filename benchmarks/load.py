"""`python -m benchmarks.load`: 200 chats ask at the same moment, of the whole bot, over HTTP.

Once what answers takes a fixed time, which shows what the bot itself costs, and once it is the
real engine with the golden questions. Telegram is the tests' stand-in, in a process of its own.
"""

import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import Any

from benchmarks.data import save
from benchmarks.memory import megabytes
from bot.running import run
from bot.settings import Settings
from bot.source import Source
from bot.texts import TEXTS, Texts, load_texts
from index.answer import Answer
from index.engine import load_engine
from index.followup import Memory, Reply
from index.paths import PROJECT
from index.percentile import percentile
from index.versions import Versions
from knowledge.articles import Language, read_articles
from knowledge.paths import KNOWLEDGE
from knowledge.questions import read_questions

sys.path.append(str(PROJECT / "tests"))  # where the stand-in is kept; tests are no package

from fake_library import FakeLibrary
from fakes import PRIVATE, USER, text_message
from telegram_standin import Json, TelegramStandIn

COMMAND = "python -m benchmarks.load"
TOKEN = "4242:stand-in"
CHATS = 200
TALKATIVE = 4  # every fourth chat sends /help right behind its question
FIXED_SECONDS = 0.02
PATIENCE = 3600.0  # seconds, on the busiest machine


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of the bot's, and how many seconds after the questions it came."""

    chat: int
    text: str
    seconds: float


@dataclass
class Watched(TelegramStandIn):
    """The stand-in, which notes when the bot's messages come."""

    asked: float = 0.0
    sent: list[Sent] = field(default_factory=list)

    def _send_message(self, params: Json) -> Json:
        seconds = time.perf_counter() - self.asked
        self.sent.append(Sent(params["chat_id"], params["text"], seconds))
        return super()._send_message(params)


def main() -> int:
    """Measure both, print and keep the figures."""
    articles = read_articles(KNOWLEDGE / "articles")
    golden = [g.question for g in read_questions(KNOWLEDGE / "questions.yaml", articles)]
    # In lower case they are other questions, and are written like that often enough.
    questions = list(dict.fromkeys([*golden, *(text.lower() for text in golden)]))[:CHATS]
    found = {"fixed": measured(fixed, questions), "real": measured(real, questions)}
    for name, row in found.items():
        sys.stdout.write(f"{name:6}" + "".join(f"  {k} {v}" for k, v in row.items()) + "\n")
    sys.stdout.write(f"saved as {save('load', COMMAND, {'chats': len(questions), **found})}\n")
    return 0


def fixed() -> Source:
    """Finds nothing, in a fixed time."""

    def ask(question: str, language: Language | None, _: Memory | None) -> Reply:
        time.sleep(FIXED_SECONDS)
        return Reply(Answer(question, language or "nb", "none", None, 0.0, (), ()), None, None)

    return Source(ask)


def real() -> Source:
    """The product."""
    engine = load_engine(KNOWLEDGE, progress=False)
    return Source(engine.reply)


def measured(load: Callable[[], Source], questions: Sequence[str]) -> dict[str, float]:
    """What came of the questions, each from a chat of its own."""
    messages = list(asked_at_once(questions))
    with Watched(TOKEN) as telegram, running(telegram.url, load) as bot:
        telegram.wait_for("setMyCommands", 4, PATIENCE)
        telegram.asked = time.perf_counter()
        for message in messages:
            telegram.feed("message", message)
        telegram.wait_for("sendMessage", len(messages), PATIENCE)
        peak = megabytes("VmHWM", bot.pid)
    return {**figures(telegram.sent, load_texts(TEXTS)["nb"]), "peak_megabytes": peak}


def asked_at_once(questions: Sequence[str]) -> Iterator[Json]:
    """One question a chat, and /help behind some of them."""
    for number, question in enumerate(questions, 1):
        of = {
            "chat": {**PRIVATE, "id": number},
            "user": {**USER, "id": number, "language_code": "nb"},
        }
        yield text_message(question, **of)
        if number % TALKATIVE == 0:
            yield text_message("/help", **of)


@contextmanager
def running(url: str, load: Callable[[], Source]) -> Iterator[BaseProcess]:
    """The bot in a process of its own, which ends with the block."""
    bot = get_context("spawn").Process(target=partial(serve, url, load))
    bot.start()
    try:
        yield bot
    finally:
        bot.terminate()  # as an operator does
        bot.join()


def serve(url: str, load: Callable[[], Source]) -> None:
    """Be the bot."""
    logging.disable(logging.INFO)  # a line for each answer
    nothing_published = Versions(PROJECT / "benchmarks")
    run(Settings(TOKEN, url, port=0), FakeLibrary(nothing_published, lambda _: load()))


def figures(sent: Sequence[Sent], words: Texts) -> dict[str, Any]:
    """Answered and refused, chats in disorder, answers a second, and seconds until an answer."""
    refused = [one for one in sent if one.text in (words.busy, words.too_fast)]
    helps = {one.chat: one.seconds for one in sent if one.text == words.help}
    answers = [one for one in sent if one not in refused and one.text != words.help]
    seconds = [one.seconds for one in answers]
    return {
        "answered": len(answers),
        "refused": len(refused),
        "disordered": sum(one.seconds > helps.get(one.chat, one.seconds) for one in answers),
        "per_second": round(len(answers) / max(seconds), 1),
        "p50": round(percentile(seconds, 50), 1),
        "p95": round(percentile(seconds, 95), 1),
        "max": round(max(seconds), 1),
    }


if __name__ == "__main__":
    sys.exit(main())
