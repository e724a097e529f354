"""A small server that speaks the interface of language models, and can be hostile."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], bytes | int | None]
"""From what was sent to a body, a status, or None for silence."""


class Model:
    """The server, and what it was sent.

    Attributes:
        url: To be given as `--second-reader`.
        sent: Each request's body.
    """

    def __init__(self, answer: Answer) -> None:
        self.sent: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.silence = threading.Event()
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                model.sent.append(body)
                model.paths.append(self.path)
                answered = answer(body)
                if answered is None:
                    model.silence.wait(20)
                    return
                self.send_response(answered if isinstance(answered, int) else 200)
                if answered in (301, 307):
                    self.send_header("Location", "http://127.0.0.1:1/")
                raw = answered if isinstance(answered, bytes) else b""
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                with suppress(OSError):
                    self.wfile.write(raw)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    @contextmanager
    def running(self) -> Iterator["Model"]:
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.silence.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def completion(answer: object) -> bytes:
    """An answer in the form in which such servers give it."""
    content = answer if isinstance(answer, str) else json.dumps(answer)
    return json.dumps(
        {"choices": [{"message": {"role": "assistant", "content": content}}]}
    ).encode()


def sentences(sent: dict[str, Any]) -> list[str]:
    """The numbered sentences that were sent."""
    lines = sent["messages"][1]["content"].split("\n")
    return [re.sub(r"^\[\d+\] ", "", line) for line in lines]


def span(told: list[str], words: str) -> dict[str, Any]:
    """Words with the sentence that holds them; the first one where none does."""
    number = next((n for n, sentence in enumerate(told) if words in sentence), 0)
    return {"sentence": number, "words": words}
