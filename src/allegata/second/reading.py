"""Reports read a second time, one after another, and kept beside the readings that count."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from allegata.errors import InputError
from allegata.ledger import Ledger
from allegata.ledger.loading import load_document, number_of_report
from allegata.ledger.second import add_opinion, has_opinion
from allegata.ledger.writing import write
from allegata.second.answers import ground
from allegata.second.asking import Endpoint, ask_model, number_sentences

__all__ = ["Outcome", "read_again"]

_PATIENCE = 3
"""After so many failures one after another nothing more is sent."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        n_read: Reports that were read a second time.
        n_known: Those that this reader had read before.
        n_failed: Those that it gave no usable answer for.
        n_dropped: Claims and events whose words do not stand in the report.
    """

    n_read: int = 0
    n_known: int = 0
    n_failed: int = 0
    n_dropped: int = 0


def read_again(
    ledger: Ledger,
    endpoint: Endpoint,
    reports: Sequence[str],
    *,
    on_fault: Callable[[InputError], None] | None = None,
) -> Outcome:
    """Have reports read by a second reader, each by itself.

    Args:
        ledger: Open for writing. Nothing of it changes but the second readings.
        endpoint: The reader.
        reports: Ids of reports.
        on_fault: Told of each report that it gave no usable answer for.

    Returns:
        What came of it.

    Raises:
        InputError: The reader may not be asked, or a report is not there.
        StoreError: Nothing can be written.
    """
    endpoint.check()
    n_read = n_known = n_failed = n_dropped = in_a_row = 0
    for name in reports:
        with ledger.reading() as connection:
            number = number_of_report(connection, name)
            if has_opinion(connection, number, endpoint.run):
                n_known += 1
                continue
            document = load_document(connection, number)
        try:
            question = number_sentences(document)
            opinion = ground(ask_model(endpoint, question), question)
        except InputError as error:
            n_failed, in_a_row = n_failed + 1, in_a_row + 1
            if on_fault is not None:
                on_fault(InputError(document.uri, f"no second reading: {error}"))
            if in_a_row >= _PATIENCE:
                break
            continue
        in_a_row = 0
        with write(ledger) as writing:
            add_opinion(writing, number, endpoint.run, opinion)
        n_read, n_dropped = n_read + 1, n_dropped + opinion.n_dropped
    return Outcome(n_read, n_known, n_failed, n_dropped)
