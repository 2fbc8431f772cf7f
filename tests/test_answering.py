import asyncio
import threading
import time

from fakes import answer
from test_metrics import series

from bot.answering import Desk, Mode
from bot.metrics import Metrics
from bot.source import Source
from index.followup import Memory, Reply
from knowledge.articles import Language


class Model:
    """Notes what it is asked, and whether two questions ever met in it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.met = False
        self._inside = threading.Lock()

    def ask(self, question: str, language: Language | None, memory: Memory | None) -> Reply:
        self.met |= not self._inside.acquire(blocking=False)
        self.asked.append(question)
        time.sleep(0.02)
        self._inside.release()
        return Reply(answer(question), None, memory)


def asked_in_order(*questions: tuple[str, Mode]) -> tuple[Model, Metrics]:
    """Let all come at once; the first finds the model free."""
    model, metrics = Model(), Metrics()

    async def ask(desk: Desk, question: str, mode: Mode) -> None:
        async with desk.turn_after_all() if mode == "inline" else desk.turn() as turn:
            await turn.ask(question, None, None, mode)

    async def run() -> None:
        desk = Desk(lambda: Source(model.ask), metrics)
        await asyncio.gather(*(ask(desk, *question) for question in questions))

    asyncio.run(run())
    return model, metrics


def test_what_is_typed_waits_until_all_chats_are_answered() -> None:
    model, metrics = asked_in_order(
        ("i1", "inline"), ("i2", "inline"), ("c1", "chat"), ("i3", "inline"), ("c2", "chat")
    )
    assert model.asked[:3] == ["i1", "c1", "c2"]
    assert sorted(model.asked[3:]) == ["i2", "i3"]
    assert not model.met
    counted = series(metrics.text())
    assert counted['klyngesvar_asked_total{mode="inline"}'] == 3
    assert counted['klyngesvar_asked_total{mode="chat"}'] == 2


def test_chats_and_guests_are_served_in_the_order_in_which_they_came() -> None:
    model, _ = asked_in_order(("c1", "chat"), ("g1", "guest"), ("c2", "chat"), ("c3", "chat"))
    assert model.asked == ["c1", "g1", "c2", "c3"]


def test_who_gives_up_waiting_blocks_nobody() -> None:
    model = Model()

    async def run() -> None:
        desk = Desk(lambda: Source(model.ask), Metrics())

        async def ask(question: str) -> None:
            async with desk.turn() as turn:
                await turn.ask(question, None, None, "chat")

        async def type_(question: str) -> None:
            async with desk.turn_after_all() as turn:
                await turn.ask(question, None, None, "inline")

        first, gone, last = (asyncio.create_task(ask(text)) for text in ("c1", "c2", "c3"))
        typed = asyncio.create_task(type_("i1"))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.wait([first, gone, last, typed])

    asyncio.run(run())
    assert model.asked == ["c1", "c3", "i1"]
