"""Going back to the version before: asked for by an admin, and done when the button is pressed."""

import logging
from collections.abc import Collection
from datetime import datetime
from html import escape

from telegram import Message, Update, User
from telegram.ext import ContextTypes

from bot.edits import edit_card
from bot.preferences import Preferences
from bot.releases import ChangedError, Releases, Step
from bot.render import Button, Card
from bot.sending import send_card
from bot.texts import Texts
from bot.updates import confirm, message_of, press_of
from index.dates import written_date
from index.lock import BusyError
from index.versions import Version

Context = ContextTypes.DEFAULT_TYPE

ROLLBACKS = r"rollback:\d{1,9}:\d{1,9}$"  # the numbers of the current and the previous version

logger = logging.getLogger(__name__)


class Rollback:
    """The command /rollback."""

    def __init__(
        self, releases: Releases, preferences: Preferences, admins: Collection[int]
    ) -> None:
        """Take what switches versions, the words for everybody, and the ids of who may do it."""
        self._releases = releases
        self._preferences = preferences
        self._admins = admins

    async def command(self, update: Update, _: Context) -> None:
        """Say what would be gone back to, with a button that does it."""
        words, step = self._words(update), await self._releases.step_back()
        card = _question(step, words) if step else Card(words.rollback_none, ())
        await send_card(message_of(update), card)

    async def press(self, update: Update, _: Context) -> None:
        """Go back, and say so in the place of the question."""
        query, words = press_of(update), self._words(update)
        message = query.message
        if query.from_user.id not in self._admins or not isinstance(message, Message):
            await confirm(query, words.gone, alert=True)
            return
        await confirm(query)
        _command, current, previous = str(query.data).split(":")
        done = await self._go_back((int(current), int(previous)), query.from_user, words)
        await edit_card(message.edit_text, Card(done, ()))

    async def _go_back(self, numbers: tuple[int, int], user: User, words: Texts) -> str:
        """What came of it."""
        try:
            version = await self._releases.roll_back(numbers, f"{user.full_name} (Telegram)")
        except ChangedError:
            return words.rollback_changed
        except BusyError as error:
            return words.rollback_busy.format(holder=escape(error.holder, quote=False))
        except Exception:
            logger.exception("Version %d can not answer", numbers[1])
            return words.rollback_failed.format(number=numbers[1])
        return words.rollback_done.format(version=version_line(version, words))

    def _words(self, update: Update) -> Texts:
        return self._preferences.words(update.effective_user)


def version_line(version: Version | None, words: Texts) -> str:
    """A version's number, when and by whom it was published, and how much it holds, as HTML."""
    if version is None:
        return "–"
    manifest = version.manifest
    published = datetime.fromisoformat(manifest.published).astimezone()
    return words.version.format(
        number=version.number,
        date=written_date(published.date().isoformat(), words),
        time=f"{published:%H:%M}",
        by=escape(manifest.by, quote=False),
        articles=manifest.articles,
    )


def _question(step: Step, words: Texts) -> Card:
    current, previous = step.current, step.previous
    text = words.rollback_ask.format(
        current=version_line(current, words), previous=version_line(previous, words)
    )
    yes = words.rollback_yes.format(number=previous.number)
    return Card(text, ((Button(yes, data=f"rollback:{current.number}:{previous.number}"),),))
