"""A strict local stand-in for Telegram's Bot API: HTTP in, what Telegram would say out.

It refuses whatever Telegram refuses, and some of what Telegram only lets pass, such as a bare `>`.
"""

import json
import re
import socket
import struct
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, unquote

Json = dict[str, Any]
Fields = Mapping[str, str | bytes]

BOT = {"id": 4242, "is_bot": True, "first_name": "Klyngesvar", "username": "klyngesvar_bot"}
BOT["supports_inline_queries"] = True

_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "del", "code", "pre", "blockquote"}
_TOKENS = re.compile(
    r"<(/?)([a-z-]+)(?: href=\"([^\"<>]*)\"|( expandable))?>"
    r"|&(?:lt|gt|amp|quot|#\d+|#x[\da-f]+);|[<>&]|[^<>&]+"
)
_URL = re.compile(r"(https?://[^\s/?#]+\.[^\s/?#]+([/?#]\S*)?|tg://\S+)", re.ASCII)
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
# Everything else that arrives is JSON: numbers, booleans, objects.
_STRINGS = set(
    """
    text parse_mode callback_query_id action language_code url secret_token caption
    inline_query_id guest_query_id next_offset file_id
    """.split()
)
_FAULTS = {
    400: "Bad Request: query is too old and response timeout expired or query ID is invalid",
    403: "Forbidden: bot was blocked by the user",
    429: "Too Many Requests: retry later",
    500: "Internal Server Error",
    502: "Bad Gateway",
}
# Instead of a status: the connection ends without a reply, or the call is carried out and the
# reply comes after the bot has given up waiting.
HANG_UP, TOO_LATE = 0, 1
_KNOWN = {
    "getMe": "",
    "deleteWebhook": "drop_pending_updates",
    "setWebhook": "url secret_token allowed_updates",
    "getUpdates": "offset limit timeout allowed_updates",
    "sendMessage": "chat_id text parse_mode reply_markup link_preview_options reply_parameters"
    " message_thread_id",
    "editMessageText": "chat_id message_id text parse_mode reply_markup link_preview_options",
    "editMessageReplyMarkup": "chat_id message_id reply_markup",
    "sendPhoto": "chat_id photo caption parse_mode reply_parameters",
    "sendChatAction": "chat_id action message_thread_id",
    "answerCallbackQuery": "callback_query_id text show_alert",
    "setMyCommands": "commands language_code scope",
    "answerInlineQuery": "inline_query_id results cache_time is_personal next_offset button",
    "answerGuestQuery": "guest_query_id result",
    "getFile": "file_id",
}
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
QUERY_SECONDS = 10.0  # for which an inline or guest query can be answered
LONGEST_QUERY = 256
LARGEST_FILE = 20 << 20  # bytes that a bot may download


class Refusal(Exception):
    """An answer other than `ok`; with a chat, only to calls for that chat."""

    def __init__(
        self,
        status: int,
        description: str,
        retry_after: int | None = None,
        chat: int | None = None,
    ) -> None:
        super().__init__(description)
        self.status = status
        self.retry_after = retry_after
        self.chat = chat


@dataclass
class TelegramStandIn:
    """Serves one bot; `calls` holds every accepted call but getUpdates and getMe, in order."""

    token: str
    port: int = 0  # 0: any that is free
    calls: list[tuple[str, Json]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    confirmed: int = 0  # the highest offset that was asked for
    _updates: list[Json] = field(default_factory=list)
    _chats: dict[int, Json] = field(default_factory=dict)
    _queries: set[str] = field(default_factory=set)
    _files: dict[str, bytes] = field(default_factory=dict)  # by file id
    _messages: dict[tuple[int, int], Json] = field(default_factory=dict)  # by chat and id
    _open: dict[str, float] = field(default_factory=dict)  # inline and guest queries: until when
    _faults: dict[str, list[Refusal]] = field(default_factory=lambda: defaultdict(list))
    _strange: defaultdict[str, list[tuple[int, object]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _connections: set[socket.socket] = field(default_factory=set)
    _poll: int = 0
    _last_id: int = 100

    def __enter__(self) -> Self:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, reply = stand_in._respond(
                    self.path, _fields(body, self.headers["Content-Type"] or "")
                )
                if status in (HANG_UP, TOO_LATE):
                    time.sleep(6 * status)
                    self.close_connection = True
                    return
                data = json.dumps(reply).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_GET(self) -> None:
                data = stand_in._download(unquote(self.path))
                self.send_response(404 if data is None else 200)
                self.send_header("Content-Length", str(len(data or b"")))
                self.end_headers()
                self.wfile.write(data or b"")

            def setup(self) -> None:
                super().setup()
                stand_in._connections.add(self.connection)

            def finish(self) -> None:
                stand_in._connections.discard(self.connection)
                super().finish()

            def log_message(self, *_: object) -> None:
                """Keep the test's output clean."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, *_: object) -> None:
                """A bot that stops lets go of its long poll; that is no error."""

        self._server = Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    # What a test does

    @contextmanager
    def away(self) -> Iterator[None]:
        """Within the block nobody can connect, and who was connected is not any more."""
        self.__exit__()
        for connection in self._connections.copy():
            with suppress(OSError):  # it has just gone away by itself
                connection.shutdown(socket.SHUT_RDWR)
        try:
            yield
        finally:
            self.__enter__()

    def feed(self, kind: str, content: Json) -> None:
        """Let something happen in Telegram: `message` or another kind, with its content."""
        with self._changed:
            self._last_id += 1
            if kind == "inline_query":
                content = {**content, "query": content["query"][:LONGEST_QUERY]}
                self._open[content["id"]] = time.monotonic() + QUERY_SECONDS
            elif kind == "guest_message":  # which lets the bot write nothing else to the chat
                self._open[content["guest_query_id"]] = time.monotonic() + QUERY_SECONDS
            elif kind != "chosen_inline_result":
                self._take(content)
            if kind == "callback_query":
                self._queries.add(content["id"])
            self._updates.append({"update_id": self._last_id, kind: content})
            self._changed.notify_all()

    def upload(self, name: str, data: bytes, media_type: str | None = None) -> Json:
        """A file that somebody attaches: what a message says of it."""
        number = f"file{len(self._files)}"
        self._files[number] = data
        document = {"file_id": number, "file_unique_id": f"u{number}", "file_size": len(data)}
        return {**document, "file_name": name, **({"mime_type": media_type} if media_type else {})}

    def press(self, data: str, user: Json, under: Json | None = None) -> None:
        """Press a button under a message of the bot's: the newest that has one with this data."""
        under = under or next(m for m in reversed(self.messages) if data in _data(m))
        query = {"id": f"press{self._last_id}", "from": user, "chat_instance": "1"}
        self.feed("callback_query", {**query, "data": data, "message": under})

    def _take(self, content: Json) -> None:
        """Keep a message, or for a press the one under which the button is."""
        message = content.get("message", content)
        chat = self._chats[message["chat"]["id"]] = message["chat"]
        key = chat["id"], message["message_id"]
        if message is content or key not in self._messages:
            self._messages[key] = dict(message)

    def know(self, chat: Json) -> None:
        """Let the bot write to a chat, whose updates the test delivers itself."""
        self._chats[chat["id"]] = chat

    def feed_update(self, update: Json) -> None:
        """Let the next poll bring an update that may be of any shape."""
        with self._changed:
            self._last_id += 1
            self._updates.append({"update_id": self._last_id, **update})
            self._changed.notify_all()

    def fail_next(
        self,
        method: str,
        status: int,
        retry_after: int | None = None,
        chat: int | None = None,
        description: str = "",
    ) -> None:
        """Refuse the next call of a method, or the next for a chat."""
        description = (
            f"Bad Request: {description}" if description else _FAULTS.get(status, "hung up")
        )
        self._faults[method].append(Refusal(status, description, retry_after, chat))

    def reply_next(self, method: str, reply: object, status: int = 200) -> None:
        """Let something that is not Telegram answer the next call of a method."""
        self._strange[method].append((status, reply))

    def wait_for(self, method: str, count: int = 1, seconds: float = 5) -> list[Json]:
        """The parameters of a method's calls, once there are so many."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while len(found := self.params(method)) < count:
                if not self._changed.wait(max(0.0, deadline - time.monotonic())):
                    raise AssertionError(f"{method}: {found}; refused: {self.refused}")
        return found

    def params(self, method: str) -> list[Json]:
        """The parameters of a method's calls so far."""
        return [params for name, params in self.calls if name == method]

    def wait_until_taken(self, seconds: float = 5) -> None:
        """Wait until a poll has confirmed every update so far."""
        with self._changed:
            last = max(update["update_id"] for update in self._updates)
            is_taken = self._changed.wait_for(lambda: self.confirmed > last, seconds)
        assert is_taken

    @property
    def messages(self) -> list[Json]:
        """The bot's messages, as their readers now have them, oldest first."""
        own = [message for message in self._messages.values() if message["from"] == BOT]
        return [_shown(message) for message in sorted(own, key=lambda m: m["message_id"])]

    def last_message(self, chat: int) -> Json:
        """The newest message of the bot's in a chat."""
        return [message for message in self.messages if message["chat"]["id"] == chat][-1]

    # What Telegram does

    def _respond(self, path: str, fields: Fields) -> tuple[int, object]:
        method = path.rpartition("/")[2]
        if self._strange[method]:
            return self._strange[method].pop(0)
        try:
            result = self._dispatch(path, fields)
        except Refusal as refusal:
            if refusal.status != 409:  # a poll that the bot has hung up on, on its way out
                self.refused.append((method, str(refusal)))
            reply: Json = {"ok": False, "error_code": refusal.status, "description": str(refusal)}
            if refusal.retry_after:
                reply["parameters"] = {"retry_after": refusal.retry_after}
            return refusal.status, reply
        return 200, {"ok": True, "result": result}

    def _dispatch(self, path: str, fields: Fields) -> object:
        match = re.fullmatch(r"/bot([^/]+)/(\w+)", path)
        _require(match is not None, "Not Found", 404)
        assert match is not None
        token, method = match.groups()
        _require(token == self.token, "Unauthorized", 401)
        _require(method in _KNOWN, "Not Found: method not found", 404)
        params = _params(method, fields)
        for fault in self._faults[method]:
            if fault.chat in (None, params.get("chat_id")):
                self._faults[method].remove(fault)
                if fault.status == TOO_LATE:
                    self._methods()[method](params)
                    self.calls.append((method, params))
                raise fault
        if method == "getUpdates":
            return self._get_updates(**params)
        result = self._methods()[method](params)
        if method != "getMe":
            with self._changed:
                self.calls.append((method, params))
                self._changed.notify_all()
        return result

    def _methods(self) -> Mapping[str, Callable[[Json], object]]:
        return {
            "getMe": lambda _: BOT,
            "deleteWebhook": lambda _: True,
            "setWebhook": _set_webhook,
            "sendMessage": self._send_message,
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_markup,
            "sendPhoto": self._send_photo,
            "sendChatAction": self._send_chat_action,
            "answerCallbackQuery": self._answer_callback_query,
            "setMyCommands": self._set_my_commands,
            "answerInlineQuery": self._answer_inline_query,
            "answerGuestQuery": self._answer_guest_query,
            "getFile": self._get_file,
        }

    def _get_updates(
        self,
        offset: int = 0,
        limit: int = 100,
        timeout: int = 0,
        allowed_updates: list[str] | None = None,
    ) -> list[Json]:
        deadline = time.monotonic() + timeout
        with self._changed:
            self._poll += 1
            poll = self._poll
            self.confirmed = max(self.confirmed, offset)
            self._changed.notify_all()
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            while True:
                _require(poll == self._poll, "Conflict: terminated by other getUpdates", 409)
                found = [
                    update
                    for update in self._updates
                    if not allowed_updates or set(allowed_updates) & update.keys()
                ]
                if found or not self._changed.wait(max(0.0, deadline - time.monotonic())):
                    return found[:limit]

    def _send_message(self, params: Json) -> Json:
        chat = self._chat(params)
        topic = self._topic(params)
        self._check_reply(params)
        content = message_content(params)
        message = {**self._new_message(chat), **content}
        self._messages[chat["id"], message["message_id"]] = message
        return {**_shown(message), **topic}

    def _send_photo(self, params: Json) -> Json:
        chat = self._chat(params)
        _require(params.get("parse_mode", "HTML") == "HTML", "unsupported parse_mode")
        caption = params.get("caption", "")
        plain = read_html(caption).plain if "parse_mode" in params else caption
        _require(len(plain.encode("utf-16-le")) <= 2 * 1024, "message caption is too long")
        _require(isinstance(params.get("photo"), bytes), "there is no photo in the request")
        width, height = read_png(params["photo"])[:2]
        _require(width + height <= 10_000, "PHOTO_INVALID_DIMENSIONS")
        _require(max(width, height) <= 20 * min(width, height), "PHOTO_INVALID_DIMENSIONS")
        return {**self._new_message(chat), "photo": [], "caption": plain}

    def _new_message(self, chat: Json) -> Json:
        with self._changed:
            self._last_id += 1
            return {"message_id": self._last_id, "date": 1, "chat": chat, "from": BOT}

    def _edit_text(self, params: Json) -> Json:
        return self._edit(params, message_content(params))

    def _edit_markup(self, params: Json) -> Json:
        _check_markup(params)
        return self._edit(params, {"reply_markup": params.get("reply_markup")})

    def _edit(self, params: Json, content: Json) -> Json:
        """Put new content in the place of a message's old one."""
        keyboard = params.get("reply_markup") or {"inline_keyboard": []}
        _require("inline_keyboard" in keyboard, "inline keyboard expected")
        message = self._messages.get((self._chat(params)["id"], params["message_id"]))
        _require(message is not None, "message to edit not found")
        assert message is not None
        is_own = message.get("from") == BOT and message["date"] > 0  # 0: too old to be seen
        _require(is_own, "message can't be edited")
        is_same = all(message.get(key) == value for key, value in content.items())
        _require(
            not is_same,
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message",
        )
        message.update(content)
        return {**_shown(message), "edit_date": 2}

    def _get_file(self, params: Json) -> Json:
        number = params["file_id"]
        _require(number in self._files, "wrong file_id or the file is temporarily unavailable")
        size = len(self._files[number])
        _require(size <= LARGEST_FILE, "file is too big")
        found = {"file_id": number, "file_unique_id": f"u{number}", "file_size": size}
        return {**found, "file_path": f"documents/{number}"}

    def _download(self, path: str) -> bytes | None:
        """A file's bytes, for those who know the token."""
        start = f"/file/bot{self.token}/documents/"
        return self._files.get(path.removeprefix(start)) if path.startswith(start) else None

    def _set_my_commands(self, params: Json) -> bool:
        scope = params.get("scope", {"type": "default"})
        fields = {"default": {"type"}, "chat": {"type", "chat_id"}}.get(scope.get("type"))
        _require(scope.keys() == fields, "can't parse BotCommandScope")
        if "chat_id" in scope:
            self._chat(scope)
        return _set_my_commands(params)

    def _send_chat_action(self, params: Json) -> bool:
        self._chat(params)
        self._topic(params)
        _require(params.get("action") == "typing", "wrong parameter action in request")
        return True

    def _topic(self, params: Json) -> Json:
        """What a message in the topic holds; only a forum's topics are threads to send to."""
        if (thread := params.get("message_thread_id")) is None:
            return {}
        of_topics = [
            message.get("message_thread_id")
            for (chat_id, _), message in self._messages.items()
            if chat_id == params["chat_id"] and message.get("is_topic_message")
        ]
        is_forum = bool(self._chat(params).get("is_forum"))
        _require(is_forum and thread in of_topics, "message thread not found")
        return {"message_thread_id": thread, "is_topic_message": True}

    def _check_reply(self, params: Json) -> None:
        if (reply := params.get("reply_parameters")) is None:
            return
        is_known = (params["chat_id"], reply["message_id"]) in self._messages
        may_miss = reply.get("allow_sending_without_reply", False)
        _require(is_known or may_miss, "message to be replied not found")

    def _answer_callback_query(self, params: Json) -> bool:
        known = params["callback_query_id"] in self._queries
        _require(known, _TOO_OLD)
        self._queries.remove(params["callback_query_id"])
        _require(len(params.get("text", "")) <= 200, "MESSAGE_TOO_LONG")
        return True

    def _answer_inline_query(self, params: Json) -> bool:
        self._close(params["inline_query_id"])
        results = params["results"]
        _require(len(results) <= 50, "RESULTS_TOO_MUCH")
        for result in results:
            check_result(result)
        ids = [result["id"] for result in results]
        _require(len(ids) == len(set(ids)), "RESULT_ID_DUPLICATE")
        _require(len(params.get("next_offset", "").encode()) <= 64, "NEXT_OFFSET_INVALID")
        _require(params.get("cache_time", 300) >= 0, "wrong cache time")
        if (button := params.get("button")) is not None:
            _check_results_button(button)
        return True

    def _answer_guest_query(self, params: Json) -> Json:
        self._close(params["guest_query_id"])
        check_result(params["result"])
        return {"inline_message_id": f"sent-{params['guest_query_id']}"}

    def _close(self, query: str) -> None:
        """Each query is answered once, and in time."""
        _require(self._open.pop(query, 0.0) > time.monotonic(), _TOO_OLD)

    def _chat(self, params: Json) -> Json:
        _require(params.get("chat_id") in self._chats, "chat not found")
        return self._chats[params["chat_id"]]


def _require(holds: bool, description: str, status: int = 400) -> None:
    if not holds:
        prefix = "Bad Request: " if status == 400 else ""
        raise Refusal(status, prefix + description)


def _fields(body: bytes, content_type: str) -> Fields:
    """The fields of a form; a file's are bytes, which only a form of several parts can hold."""
    if not content_type.startswith("multipart/form-data"):
        values = parse_qs(body.decode(), keep_blank_values=True)
        return {name: value for name, (value, *_) in values.items()}
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    fields: dict[str, str | bytes] = {}
    for part in message_from_bytes(head + body, policy=HTTP).iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        name = part.get_param("name", header="content-disposition")
        fields[str(name)] = content if part.get_filename() else content.decode()
    return fields


def _params(method: str, sent: Fields) -> Json:
    unknown = sent.keys() - set(_KNOWN[method].split())
    _require(not unknown, f"unknown parameters {sorted(unknown)}")
    return {
        name: value if name in _STRINGS or isinstance(value, bytes) else json.loads(value)
        for name, value in sent.items()
    }


def message_content(params: Json) -> Json:
    """What the user would see of a message: its words, what is tagged, and the buttons."""
    _require(params.get("parse_mode", "HTML") == "HTML", "unsupported parse_mode")
    seen = read_html(params["text"]) if "parse_mode" in params else ReadHtml(params["text"], ())
    check_length(seen.plain)
    _check_markup(params)
    markup = params.get("reply_markup")
    if markup and "inline_keyboard" not in markup:
        markup = None  # a message shows no other
    return {"text": seen.plain, "tags": (seen.tagged, seen.links), "reply_markup": markup}


def _shown(message: Json) -> Json:
    """The message as updates hold it."""
    known = ("message_id", "date", "chat", "from", "text", "reply_markup")
    return {key: message[key] for key in known if message.get(key)}


def _data(message: Json) -> set[str]:
    """What the buttons under a message send."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}


def _check_markup(params: Json) -> None:
    if (markup := params.get("reply_markup")) is None:
        return
    if markup.get("force_reply") is True:
        _require(set(markup) <= {"force_reply", "selective"}, "unsupported reply markup")
        return
    _require(set(markup) == {"inline_keyboard"}, "unsupported reply markup")
    _require(sum(map(len, markup["inline_keyboard"])) <= 100, "reply markup is too long")
    for row in markup["inline_keyboard"]:
        _require(0 < len(row) <= 8, "BUTTON_ROW_TOO_LONG")
        for button in row:
            _check_button(button)


def check_length(plain: str) -> None:
    """Refuse what is too long for a message, or empty."""
    _require(bool(plain.strip()), "message text is empty")
    _require(len(plain.encode("utf-16-le")) <= 2 * 4096, "message is too long")


def check_result(result: Json) -> None:
    """Refuse what is no result for an inline or guest query; the bot sends only articles."""
    known = {"type", "id", "title", "description", "input_message_content", "reply_markup"}
    _require(not result.keys() - known, f"unknown fields {sorted(result.keys() - known)}")
    _require(result.get("type") == "article", "RESULT_TYPE_INVALID")
    _require(1 <= len(result.get("id", "").encode()) <= 64, "RESULT_ID_INVALID")
    _require(bool(result.get("title", "").strip()), "ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content", {})
    unknown = content.keys() - {"message_text", "parse_mode", "link_preview_options"}
    _require(not unknown, f"unknown fields {sorted(unknown)}")
    _require(content.get("parse_mode") == "HTML", "unsupported parse_mode")
    check_length(read_html(content.get("message_text", "")).plain)
    _check_markup(result)


def _check_results_button(button: Json) -> None:
    _require(set(button) == {"text", "start_parameter"}, "button needs exactly one action")
    _require(bool(button["text"].strip()), "button text is empty")
    start = button["start_parameter"]
    _require(bool(re.fullmatch(r"[\w-]{1,64}", start, re.ASCII)), "START_PARAM_INVALID")


def _check_button(button: Json) -> None:
    text, actions = button.get("text"), button.keys() - {"text"}
    _require(bool(text), "inline keyboard button text is empty")
    _require(len(actions) == 1, "text buttons are unallowed in the inline keyboard")
    if "url" in actions:
        url = button["url"]
        _require(bool(_URL.fullmatch(url)), f"inline keyboard button URL '{url}' is invalid")
    elif actions == {"switch_inline_query"}:
        _require(len(button["switch_inline_query"]) <= LONGEST_QUERY, "BUTTON_DATA_INVALID")
    elif actions == {"copy_text"}:
        _require(button["copy_text"].keys() == {"text"}, "can't parse copy text button")
        _require(1 <= len(button["copy_text"]["text"]) <= 256, "COPY_TEXT_INVALID")
    elif actions == {"switch_inline_query_current_chat"}:
        query = button["switch_inline_query_current_chat"]
        _require(len(query) <= LONGEST_QUERY, "BUTTON_DATA_INVALID")
    else:
        _require(actions == {"callback_data"}, f"unknown button action {actions}")
        size = len(button["callback_data"].encode())
        _require(1 <= size <= 64, "BUTTON_DATA_INVALID")


def _set_webhook(params: Json) -> bool:
    _require(params["url"].startswith("https://"), "bad webhook: An HTTPS URL must be provided")
    secret = params.get("secret_token", "")
    _require(bool(re.fullmatch(r"[\w-]{1,256}", secret, re.ASCII)), "secret token is unallowed")
    return True


def _set_my_commands(params: Json) -> bool:
    code = params.get("language_code", "")
    _require(bool(re.fullmatch(r"([a-z]{2})?", code)), "invalid language code specified")
    for command in params["commands"]:
        _require(bool(_COMMAND.fullmatch(command["command"])), "BOT_COMMAND_INVALID")
        _require(1 <= len(command["description"]) <= 256, "BOT_COMMAND_DESCRIPTION_INVALID")
    return True


@dataclass(frozen=True)
class ReadHtml:
    """What a user sees, and the words within each tag, in the order in which the tags close."""

    plain: str
    tagged: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...] = ()  # words and the address that they lead to


def read_html(html: str) -> ReadHtml:
    """Parse Telegram's HTML; anything that is not quite right is refused."""
    plain, tagged, open_tags = "", [], list[tuple[str, int]]()
    links, address = list[tuple[str, str]](), ""
    for match in _TOKENS.finditer(html):
        token, (closing, tag, href, expandable) = match.group(), match.groups()
        _require(token not in ("<", ">", "&"), f"can't parse entities: bare {token!r}")
        opened = open_tags[-1][0].partition(" ")[0] if open_tags else None
        if not tag:
            plain += unescape(token)
        elif closing:
            is_plain = href is None and not expandable
            _require(is_plain and opened == tag, f"can't parse entities: {token}")
            whole, at = open_tags.pop()
            tagged.append((whole, plain[at:]))
            if tag == "a":
                links.append((plain[at:], address))
        elif tag == "a" and not expandable:
            address = _address(href, any(name == tag for name, _ in open_tags))
            open_tags.append((tag, len(plain)))
        else:
            known = tag in _TAGS and href is None and (tag == "blockquote" or not expandable)
            _require(known, f"can't parse entities: unsupported start tag {token!r}")
            nested = tag == "blockquote" and any(name.startswith(tag) for name, _ in open_tags)
            _require(not nested, "can't parse entities: nested blockquote")
            open_tags.append((tag + (expandable or ""), len(plain)))
    _require(not open_tags, f"can't parse entities: can't find end tags of {open_tags}")
    _require(len(tagged) <= 100, "more entities than Telegram shows")
    return ReadHtml(plain, tuple(tagged), tuple(links))


def _address(href: str | None, is_nested: bool) -> str:
    """Where a link leads; Telegram drops a wrong one without a word, this stand-in refuses it."""
    _require(not is_nested, "can't parse entities: nested link")
    raw = re.sub(r"&(?:lt|gt|amp|quot|#\d+|#x[\da-f]+);", "", href or "")
    address = unescape(href or "")
    is_right = "&" not in raw and _URL.fullmatch(address) and address.startswith("http")
    _require(bool(is_right), f"can't parse entities: link to {href!r}")
    return address


def read_png(data: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and rows of pixels of a picture with a palette; a broken one is refused."""
    _require(data.startswith(b"\x89PNG\r\n\x1a\n"), "IMAGE_PROCESS_FAILED")
    chunks, at = dict[bytes, bytes](), 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        (checksum,) = struct.unpack(">I", data[at + 8 + size : at + 12 + size])
        _require(checksum == zlib.crc32(kind + content), "IMAGE_PROCESS_FAILED")
        chunks[kind] = content
        at += 12 + size
    _require(list(chunks) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"], "IMAGE_PROCESS_FAILED")
    width, height, *rest = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    _require(rest == [8, 3, 0, 0, 0], "IMAGE_PROCESS_FAILED")
    pixels = zlib.decompress(chunks[b"IDAT"])
    rows = [pixels[y : y + width + 1] for y in range(0, len(pixels), width + 1)]
    _require(len(rows) == height, "IMAGE_PROCESS_FAILED")
    _require(all(row[0] == 0 for row in rows), "IMAGE_PROCESS_FAILED")
    _require(max(map(max, rows)) < len(chunks[b"PLTE"]) // 3, "IMAGE_PROCESS_FAILED")
    return width, height, [row[1:] for row in rows]
