"""What is said of clusters in a chat: Telegram's updates in, cards and pages of them out."""

from contextlib import suppress

from telegram import CallbackQuery, LinkPreviewOptions, Message, Update, User
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ContextTypes, filters

from bot.cluster_card import LONGEST_LABEL, cluster_card
from bot.cluster_pages import START, Place, browse
from bot.clusters import Directory, Request, slug_of
from bot.conversation import Conversation
from bot.keyboard import keyboard
from bot.preferences import Preferences
from bot.render import Button, Card
from bot.sending import send, send_card
from bot.texts import Texts
from knowledge.register import Cluster

Context = ContextTypes.DEFAULT_TYPE

SUGGESTIONS = 3
CHOSEN = r"cluster:(?P<slug>[a-z0-9-]+)$"
PLACES = r"clusters(:|$)"


class ClusterTalk:
    """Shows what the register holds of a cluster, and lets people look through all of them."""

    def __init__(self, directory: Directory, preferences: Preferences, talk: Conversation) -> None:
        """Take the clusters, everybody's words, and the conversation that this is part of."""
        self._directory = directory
        self._preferences = preferences
        self._talk = talk

    def request(self, message: Message) -> Request | None:
        """The cluster that a message wants to know all about; None where it is a question."""
        request = self._directory.request(message.text or "")
        if request and request.language is None and self._goes_on(message, request.cluster):
            return None
        return request

    def _goes_on(self, message: Message, cluster: Cluster) -> bool:
        """Whether a bare name leans on a question: "ACT?" after "Who leads NCE iKuben?"."""
        memory = self._talk.recall(message)
        return memory is not None and cluster.name != memory.name != memory.text

    async def asked(self, update: Update, _: Context) -> None:
        """Show the cluster that a text asks about."""
        message = update.effective_message
        request = self.request(message) if message else None
        if message and request:
            user = update.effective_user
            words = self._preferences.words(user, request.language)
            await self._tell(message, user, request.cluster, words)

    async def command(self, update: Update, _: Context) -> None:
        """Show the cluster that stands after /cluster, or those with such a name."""
        message, words = update.effective_message, self._preferences.words(update.effective_user)
        assert message is not None  # the handler takes nothing else
        _command, *name = (message.text or "").split(maxsplit=1)
        if not name:
            await send(message, words.cluster_hint)
        elif request := self._directory.request(name[0]):
            await self._tell(message, update.effective_user, request.cluster, words)
        else:
            await send_card(message, self._near(name[0], words))

    async def start(self, update: Update, _: Context) -> None:
        """Begin to look through all clusters."""
        message, words = update.effective_message, self._preferences.words(update.effective_user)
        screen = browse(self._directory, START, words)
        if message and screen:
            await send_card(message, screen)

    async def turn(self, update: Update, _: Context) -> None:
        """Go where the pressed button leads, in the same message."""
        query = _query(update)
        words, place = self._preferences.words(query.from_user), Place.read(query.data or "")
        screen = browse(self._directory, place, words) if place else None
        message = query.message
        if screen and isinstance(message, Message) and message.is_accessible:
            await _confirm(query, None)
            await _edit(message, screen)
        else:
            await _confirm(query, words.clusters_gone)

    async def chosen(self, update: Update, _: Context) -> None:
        """Show the cluster on the pressed button."""
        query = _query(update)
        words = self._preferences.words(query.from_user)
        cluster = self._directory.find((query.data or "").partition(":")[2])
        if cluster and isinstance(query.message, Message):
            await _confirm(query, None)
            await self._tell(query.message, query.from_user, cluster, words)
        else:
            await _confirm(query, words.clusters_gone)

    async def show(self, message: Message, cluster: Cluster, words: Texts) -> None:
        """Reply with a cluster's card."""
        articles = self._directory.articles.get(cluster.name, ())
        await send_card(message, cluster_card(cluster, articles, words))

    async def _tell(
        self, message: Message, user: User | None, cluster: Cluster, words: Texts
    ) -> None:
        """Show a cluster, and let what the user asks next be about it."""
        self._talk.remember(message, user, cluster.name)
        await self.show(message, cluster, words)

    def _near(self, name: str, words: Texts) -> Card:
        """That there is no such cluster, and which have a similar name."""
        near = self._directory.near(name, SUGGESTIONS)
        rows = tuple((_choice(cluster),) for cluster in near)
        parts = [words.cluster_unknown, words.suggest if near else ""]
        return Card("\n\n".join(filter(None, parts)), rows)


class AsksForCluster(filters.MessageFilter):
    """Lets messages through that want to know all about a cluster."""

    def __init__(self, talk: ClusterTalk) -> None:
        super().__init__()
        self._talk = talk

    def filter(self, message: Message) -> bool:
        """Whether the message asks what a cluster is, and nothing more."""
        return self._talk.request(message) is not None


def _choice(cluster: Cluster) -> Button:
    return Button(cluster.name[:LONGEST_LABEL], data=f"cluster:{slug_of(cluster)}")


def _query(update: Update) -> CallbackQuery:
    query = update.callback_query
    assert query is not None  # the handlers take nothing else
    return query


async def _confirm(query: CallbackQuery, alert: str | None) -> None:
    with suppress(BadRequest):  # a press from before a restart can be too old to confirm
        await query.answer(alert, show_alert=alert is not None)


async def _edit(message: Message, card: Card) -> None:
    try:
        await message.edit_text(
            card.html,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(card.buttons),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
    except BadRequest as error:
        if "not modified" not in error.message:  # as after a second press on the same button
            raise
