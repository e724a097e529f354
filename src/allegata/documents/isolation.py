"""Parsing in a process of its own, which can be stopped: no document may hang or fell the rest."""

import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from typing import IO

from allegata.errors import InputError

__all__ = ["Isolation", "Message", "read_message", "write_message"]

Message = Mapping[str, object]

_SIZES = struct.Struct("<QQ")
MOST_JOBS = 500
"""After so many documents the process is replaced, so that what parsers keep never adds up."""

MOST_RSS_BYTES = 300 * 2**20
"""A process that has grown beyond this is replaced when its document is done."""


def write_message(stream: IO[bytes], message: Message, payload: bytes = b"") -> None:
    """Write a message and bytes that go with it. Lone surrogates are kept."""
    packed = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    stream.write(_SIZES.pack(len(packed), len(payload)) + packed)
    stream.write(payload)
    stream.flush()


def read_message(stream: IO[bytes]) -> tuple[dict[str, object], bytes] | None:
    """Read what `write_message` wrote; None where the other side is gone."""
    head = stream.read(_SIZES.size)
    if len(head) < _SIZES.size:
        return None
    n_packed, n_payload = _SIZES.unpack(head)
    packed, payload = stream.read(n_packed), stream.read(n_payload)
    if len(packed) < n_packed or len(payload) < n_payload:
        return None
    message = json.loads(packed.decode("utf-8", "surrogatepass"))
    return (message, payload) if isinstance(message, dict) else None


class Isolation:
    """One helper process, started with the first job and used again for the next ones.

    Close it when done; it also ends when this process does.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._n_jobs = 0

    def run(
        self, job: str, where: str, options: Message, payload: bytes = b""
    ) -> Iterator[Message]:
        """Have one job done.

        Args:
            job: A name in `worker.JOBS`.
            where: The document, for messages.
            options: Values that JSON can hold.
            payload: Bytes that go with them.

        Yields:
            What the job gives, one after another; each may take the full time.

        Raises:
            InputError: The job refused the document, took too long, or felled its process.
        """
        done = False
        try:
            send: Message | None = {"job": job, "seconds": self._seconds, **options}
            n_given = 0
            while True:
                answer = self._ask(send, payload, where, n_given)
                if "item" not in answer:
                    break
                send, payload = None, b""
                n_given += 1
                item = answer["item"]
                if isinstance(item, dict):
                    yield item
            done = True
        finally:
            if not done:
                self.close()
        self._retire(answer)
        if "error" in answer:
            raise InputError(where, str(answer["error"]), str(answer.get("hint", "")))

    def run_one(self, job: str, where: str, options: Message, payload: bytes = b"") -> Message:
        """Have a job done that gives one thing; as `run` otherwise."""
        items = list(self.run(job, where, options, payload))
        if len(items) != 1:
            raise InputError(where, "gave no text.", "Save its text as plain text.")
        return items[0]

    def close(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        process.wait()

    def _ask(self, send: Message | None, payload: bytes, where: str, n_given: int) -> Message:
        """Wait for one answer, and not longer than allowed."""
        late = threading.Event()
        process = self._process or self._start()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            answer = _converse(process, send, payload)
        finally:
            timer.cancel()
        if answer is not None:
            return answer
        self.close()
        after = f" after {n_given} documents of it" if n_given else ""
        if late.is_set():
            raise InputError(
                where,
                f"took longer than {self._seconds:g} seconds{after} and was stopped.",
                "Save its text as plain text and read that.",
            )
        raise InputError(
            where,
            f"stopped the process that was reading it{after}: it is damaged or needs too much"
            " memory.",
            "Save its text as plain text and read that.",
        )

    def _start(self) -> subprocess.Popen[bytes]:
        """Start the process; it finds modules where this one does, never in the working folder."""
        places = [place for place in sys.path if place]
        self._n_jobs = 0
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "allegata.documents.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(places), "PYTHONUTF8": "1"},
        )
        return self._process

    def _retire(self, answer: Message) -> None:
        self._n_jobs += 1
        rss = answer.get("rss")
        if self._n_jobs >= MOST_JOBS or (isinstance(rss, int) and rss > MOST_RSS_BYTES):
            self.close()


def _converse(
    process: subprocess.Popen[bytes], send: Message | None, payload: bytes
) -> dict[str, object] | None:
    if process.stdin is None or process.stdout is None:
        return None
    try:
        if send is not None:
            write_message(process.stdin, send, payload)
        answer = read_message(process.stdout)
    except (OSError, ValueError):
        return None
    return answer[0] if answer is not None else None
