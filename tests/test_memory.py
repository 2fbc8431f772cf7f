from dataclasses import replace

import pytest

from bot import memory
from bot.memory import KEPT_SECONDS, Memories
from index.followup import Memory

KARI, OLA, KARI_ELSEWHERE = (-70, 7), (-70, 8), (7, 7)
IKUBEN = Memory("Hvem leder NCE iKuben?", "nb", "NCE iKuben", (11, 21), is_latest=True)
ACT = replace(IKUBEN, text="Hvem leder ACT?", name="Arctic Cluster Team", span=(11, 14))


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_every_person_has_a_memory_in_every_chat(clock: Clock) -> None:
    memories = Memories(clock)
    memories.keep(KARI, IKUBEN)
    memories.keep(OLA, ACT)
    assert [memories.recall(who) for who in (KARI, OLA, KARI_ELSEWHERE)] == [IKUBEN, ACT, None]


def test_a_person_is_forgotten_in_every_chat(clock: Clock) -> None:
    memories = Memories(clock)
    for who in (KARI, OLA, KARI_ELSEWHERE):
        memories.keep(who, IKUBEN)
    memories.forget_person(7)
    assert [memories.recall(who) for who in (KARI, OLA, KARI_ELSEWHERE)] == [None, IKUBEN, None]


def test_it_lasts_for_fifteen_minutes_after_the_last_question(clock: Clock) -> None:
    memories = Memories(clock)
    memories.keep(KARI, IKUBEN)
    clock.now += KEPT_SECONDS - 1
    assert memories.recall(KARI) == IKUBEN
    memories.keep(KARI, IKUBEN)
    clock.now += KEPT_SECONDS - 1
    assert memories.recall(KARI) == IKUBEN
    clock.now += 1
    assert memories.recall(KARI) is None
    assert KEPT_SECONDS == 900


def test_what_is_forgotten_or_replaced_by_nothing_is_gone(clock: Clock) -> None:
    memories = Memories(clock)
    memories.keep(KARI, IKUBEN)
    memories.keep(OLA, ACT)
    memories.forget(KARI)
    memories.forget(KARI_ELSEWHERE)
    memories.keep(OLA, None)
    assert (memories.recall(KARI), memories.recall(OLA)) == (None, None)


def test_the_one_that_was_silent_longest_makes_room(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "MOST", 2)
    memories = Memories(clock)
    for who in (KARI, OLA, KARI, KARI_ELSEWHERE):
        memories.keep(who, IKUBEN)
    assert [memories.recall(who) for who in (KARI, OLA, KARI_ELSEWHERE)] == [IKUBEN, None, IKUBEN]
