"""A progress bar with rate and time left, on standard error."""

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

__all__ = ["ProgressBar"]


class ProgressBar:
    """A bar while documents are read. What is printed to standard error appears above it."""

    def __init__(self, size: int | None) -> None:
        """Prepare the bar.

        Args:
            size: Of all input, in bytes, or None where it is not known beforehand.
        """
        known = (TaskProgressColumn(), TimeRemainingColumn(compact=True))
        self._bar = Progress(
            TextColumn("reading"),
            BarColumn(bar_width=30),
            TextColumn("{task.fields[rate]}"),
            *(known if size is not None else ()),
            console=Console(stderr=True),
            redirect_stdout=False,
        )
        self._task = self._bar.add_task("", total=size, rate="")
        self._n_documents = 0
        self._began_s = time.monotonic()

    def advance(self, n_bytes: int) -> None:
        """Move on by so many bytes of the input."""
        self._bar.advance(self._task, n_bytes)

    def count(self) -> None:
        """One more document is done."""
        self.show(self._n_documents + 1)

    def show(self, n_documents: int, n_aside: int = 0) -> None:
        """So many documents are done.

        Args:
            n_documents: All so far.
            n_aside: How many of them were set aside.
        """
        self._n_documents = n_documents
        rate = n_documents / max(time.monotonic() - self._began_s, 0.001)
        aside = f", {n_aside:,} set aside" if n_aside else ""
        words = f"{n_documents:,} documents{aside}, {rate:,.1f}/s"
        self._bar.update(self._task, rate=words)

    def __enter__(self) -> "ProgressBar":
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()
