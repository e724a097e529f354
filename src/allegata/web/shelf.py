"""What all pages have at hand: the ledger, and what was counted of it already."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from allegata.errors import AllegataError
from allegata.ledger import Ledger
from allegata.ledger.spread import Spread, load_spread, state_of
from allegata.web.basemaps import Basemap
from allegata.web.maps import prepare_maps
from allegata.web.rendering import prepare_templates

__all__ = ["Shelf"]

Value = TypeVar("Value")

_MOST = 64


@dataclass
class Shelf:
    """The ledger that pages show.

    Attributes:
        where: Its path or address, as it was given: decisions open it for writing.
        ledger: Open for reading, for as long as the server runs.
        basemap: A map file of the user's own, or None.
    """

    where: str | Path
    ledger: Ledger
    basemap: Basemap | None = None
    _kept: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def name(self) -> str:
        """The ledger as a heading names it."""
        return self.ledger.path.name if self.ledger.path else self.ledger.where

    def spread(self, connection: Connection) -> Spread:
        """What all incidents are counted by, loaded anew only where incidents changed."""
        return self.remember(("spread", state_of(connection)), lambda: load_spread(connection))

    def warm_up(self) -> None:
        """Make ready what the first visit of a page would wait for.

        What fails here fails again where a page needs it, which tells why.
        """
        with suppress(AllegataError):
            prepare_templates()
            prepare_maps()
            with self.ledger.reading() as connection:
                self.spread(connection)

    def remember(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What was made for a key before, or is made now.

        Args:
            key: Must hold all that the value hangs on, the ledger's head among it.
            make: Makes it.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]
        value = make()
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return value
