"""What was last spoken about with each person in each chat: kept in memory, and not for long."""

from collections.abc import Callable
from time import monotonic

from telegram import Message, User

from index.followup import Memory

Who = tuple[int, int]  # the ids of the chat and of the person: members of a group share nothing

KEPT_SECONDS = 15 * 60
MOST = 10_000  # conversations at once; the one that has been silent longest goes first


def who_in(message: Message, user: User | None) -> Who | None:
    """Whose conversation this is; None where it cannot be told from others'."""
    # Everybody who writes in the name of a chat has the same user id.
    return None if user is None or message.sender_chat else (message.chat_id, user.id)


class Memories:
    """One memory for each conversation, until it has been silent for fifteen minutes."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Take the clock, in seconds."""
        self._clock = clock
        self._kept: dict[Who, tuple[float, Memory]] = {}  # the longest silent first

    def recall(self, who: Who) -> Memory | None:
        """What is known of a conversation."""
        self._drop_old()
        _, memory = self._kept.get(who, (0.0, None))
        return memory

    def keep(self, who: Who, memory: Memory | None) -> None:
        """Remember this, from now on for fifteen minutes."""
        self.forget(who)
        if memory:
            self._kept[who] = (self._clock(), memory)
        self._drop_old()

    def forget(self, who: Who) -> None:
        """Know nothing of a conversation any more."""
        self._kept.pop(who, None)

    def forget_person(self, person: int) -> None:
        """Know nothing of any conversation of a person's any more."""
        for who in [who for who in self._kept if who[1] == person]:
            self.forget(who)

    def _drop_old(self) -> None:
        oldest = self._clock() - KEPT_SECONDS
        while self._kept:
            who, (kept_at, _) = next(iter(self._kept.items()))
            if kept_at > oldest and len(self._kept) <= MOST:
                return
            del self._kept[who]
