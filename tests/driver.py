"""A bot whose updates are brought one by one, and what each of them makes it do."""

import asyncio
from collections.abc import Coroutine
from datetime import date
from pathlib import Path
from typing import Self

from fake_library import serving
from telegram import Update
from telegram_standin import Json, TelegramStandIn, read_html

from bot.app import build_application
from bot.clusters import make_directory
from bot.releases import Releases
from bot.settings import Settings
from bot.source import Ask, Source
from knowledge.register import Cluster, make_register

TOKEN = "4242:AAH-hemmelig_token"  # as in test_app
TODAY = date(2026, 11, 24)
CLUSTER = Cluster("NCE iKuben", ("iKuben",), ())
DIRECTORY = make_directory(make_register((CLUSTER,)), ())

Call = tuple[str, Json]


class Driver:
    """Runs the bot within a `with` block."""

    def __init__(
        self,
        telegram: TelegramStandIn,
        answers: Ask | Releases,
        journal: Path | None = None,
        admins: frozenset[int] = frozenset(),
    ) -> None:
        self._telegram = telegram
        settings = Settings(TOKEN, telegram.url, journal=journal, admins=admins)
        if not isinstance(answers, Releases):
            answers = serving(Source(answers, directory=DIRECTORY))
        self._application = build_application(settings, answers, today=lambda: TODAY)

    def __enter__(self) -> Self:
        self._runner = asyncio.Runner()
        self._runner.run(self._application.initialize())
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._application.shutdown())
        self._runner.close()

    def wait_for(self, work: Coroutine[None, None, object]) -> None:
        """Let the bot do something by itself."""
        self._runner.run(work)

    def hear(self, kind: str, content: Json) -> list[Call]:
        """What the bot does about one update, but for its typing."""
        seen = len(self._telegram.calls)
        self._telegram.feed(kind, content)
        update = Update.de_json({"update_id": seen, kind: content}, self._application.bot)
        self._runner.run(self._handle(update))
        return [call for call in self._telegram.calls[seen:] if call[0] != "sendChatAction"]

    async def _handle(self, update: Update) -> None:
        """Let the bot handle an update, and end what it goes on with by itself."""
        await self._application.process_update(update)
        while begun := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(begun)

    def say(self, message: Json) -> list[Call]:
        """What the bot does about a new message."""
        return self.hear("message", message)

    def press(self, data: str, chat: Json, user: Json) -> list[Call]:
        """What the bot does when a button of its last message in the chat is pressed."""
        return self.hear("callback_query", self._pressed(data, chat, user))

    async def press_meanwhile(self, data: str, chat: Json, user: Json) -> None:
        """Press a button while the bot is at something else."""
        pressed = self._pressed(data, chat, user)
        self._telegram.feed("callback_query", pressed)
        update = Update.de_json({"update_id": 0, "callback_query": pressed}, self._application.bot)
        await self._application.process_update(update)

    def _pressed(self, data: str, chat: Json, user: Json) -> Json:
        under = self._telegram.last_message(chat["id"])
        return {"id": "q1", "from": user, "chat_instance": "1", "data": data, "message": under}


def plain(call: Call) -> str:
    """The words of a message that was sent or edited."""
    return read_html(call[1]["text"]).plain


def keys(call: Call) -> dict[str, Json]:
    """The buttons under it, by their words."""
    rows = call[1].get("reply_markup", {"inline_keyboard": []})["inline_keyboard"]
    return {key["text"]: key for row in rows for key in row}
