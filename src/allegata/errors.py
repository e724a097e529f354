"""Everything that can go wrong by name.

AllegataError
├── InputError       a document, path or setting of the user
├── KnowledgeError   a file in `knowledge/`
├── WeightsError     the reading model is absent or altered
└── StoreError       the ledger
    └── DamageError  the ledger was damaged or altered
"""

__all__ = [
    "AllegataError",
    "DamageError",
    "InputError",
    "KnowledgeError",
    "StoreError",
    "WeightsError",
]


class AllegataError(Exception):
    """A failure that allegata foresees. Its message says what, where, and what to do."""


class InputError(AllegataError):
    """A document, path or setting of the user that cannot be used.

    Attributes:
        where: The file and, where known, the place inside it (line, record, byte).
        what: What is wrong, in words for the user.
        hint: What the user can do about it.
    """

    def __init__(self, where: str, what: str, hint: str = "") -> None:
        super().__init__(f"{where}: {what}" + (f" {hint}" if hint else ""))
        self.where = where
        self.what = what
        self.hint = hint

    def __reduce__(self) -> tuple[type["InputError"], tuple[str, str, str]]:
        # an exception is otherwise rebuilt from its message alone when it comes from a process
        return type(self), (self.where, self.what, self.hint)


class KnowledgeError(AllegataError):
    """A file in `knowledge/` that does not follow its form."""


class WeightsError(AllegataError):
    """The reading model is absent, altered, or not the one that this version needs."""


class StoreError(AllegataError):
    """The ledger cannot be opened, read or written."""


class DamageError(StoreError):
    """What the ledger holds is not what was written to it."""
