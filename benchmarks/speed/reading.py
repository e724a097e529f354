"""The one place where the speed measurements touch the reader's inside."""

from collections.abc import Callable

__all__ = ["Read", "count_sentences", "open_encoder", "open_reader"]

Read = Callable[[str], object]


def open_reader() -> Read:
    """A function that makes a reading of a text, from its segments to its claims."""
    from allegata.documents import read_text
    from allegata.reading import Reader

    reader = Reader()
    return lambda text: reader.read(read_text(text))


def open_encoder() -> Read:
    """A function that only runs the model over the sentences of a text, on one thread."""
    from allegata.encoder import Encoder
    from allegata.sentences import find_sentences

    encoder = Encoder.open()
    return lambda text: encoder.read(text, find_sentences(text))


def count_sentences(text: str) -> int:
    """Sentences of a text, as the reader finds them."""
    from allegata.sentences import find_sentences

    return len(find_sentences(text))
