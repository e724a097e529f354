"""The command `seal`: the state of a ledger, signed, to be kept elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from allegata.cli.exits import explain_failures, say
from allegata.cli.ledger_commands import LedgerOption

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(seal)


def seal(
    key: Annotated[Path, typer.Option("--key", metavar="KEY", help="An SSH key that signs.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="By default allegata-ENTRY.seal."),
    ] = None,
    ledger: LedgerOption = None,
) -> None:
    """Sign the head of a ledger, so that a later rewriting of it shows.

    Writes the seal and beside it its signature (.sig). Keep both where the ledger is not, or give
    them to somebody else.
    """
    with explain_failures():
        from datetime import UTC, datetime

        from allegata.cli.asked import open_ledger
        from allegata.errors import InputError, StoreError
        from allegata.ledger.sealing import Seal, make_seal
        from allegata.ledger.signing import sign

        with open_ledger(ledger) as opened:
            head = opened.head()
        if not head.number:
            raise InputError("the ledger", "holds nothing yet.", "Ingest something first.")
        at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        content = make_seal(Seal(head, at))
        signature = sign(content, key)
        path = out or Path(f"allegata-{head.number}.seal")
        try:
            path.with_name(f"{path.name}.sig").write_bytes(signature)
            path.write_bytes(content)
        except OSError as error:
            raise StoreError(f"{path}: cannot be written: {error.strerror}.") from error
        print(path)
        say(f"Sealed at entry {head.number:,}, head {head.hash}. Keep {path} and {path}.sig apart.")
