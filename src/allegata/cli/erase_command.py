"""The command `erase`: a text that must not be kept goes for good."""

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli.exits import ExitCode, explain_failures, say
from allegata.cli.ledger_commands import LedgerOption
from allegata.types.visible import make_line_visible

if TYPE_CHECKING:
    from allegata.ledger import Ledger
    from allegata.ledger.erasing import Erased

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(erase)


def erase(
    reports: Annotated[
        list[str] | None, typer.Argument(metavar="REPORT", help="Reports, by their ids.")
    ] = None,
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who erases.")] = "",
    why: Annotated[
        str,
        typer.Option("--why", metavar="WORDS", help="For what reason. These words stay."),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    list_all: Annotated[bool, typer.Option("--list", help="List what was erased.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    ledger: LedgerOption = None,
) -> None:
    """Erase the texts of reports for good, with all that was read from them.

    Every report that published one of these texts goes, with its bytes, its readings and what
    people decided about it. Their hashes stay in the chain, so that the ledger verifies and older
    seals still fit, and so do who erased, when and why. A text that was erased is not taken in
    again. There is no undoing. Copies of the ledger, exports and printed pages are not touched.
    """
    with explain_failures():
        from allegata.cli.asked import open_ledger
        from allegata.errors import InputError
        from allegata.ledger.erasing import erase as erase_texts
        from allegata.ledger.erasing import scrub

        with open_ledger(ledger, read_only=list_all) as opened:
            if list_all:
                _print_list(opened, as_json=as_json)
                return
            if not reports:
                raise InputError("REPORT", "is absent.", "Name the reports to be erased.")
            if not yes and not _is_sure(len(reports)):
                say("Nothing was erased.")
                raise typer.Exit(ExitCode.FAILURE)
            erased = erase_texts(opened, reports, who=who, why=why)
            _tell(erased, as_json=as_json)
            scrub(opened)


def _is_sure(n_reports: int) -> bool:
    from allegata.errors import InputError

    if not sys.stdin.isatty():
        raise InputError("erase", "cannot ask you here.", "Add --yes; there is no undoing.")
    return typer.confirm(f"Erase {n_reports:,} reports for good? There is no undoing.", err=True)


def _tell(erased: "Erased", *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(asdict(erased)))
        return
    for report in erased.reports:
        print(f"erased  {report}")
    say(
        f"{erased.n_rows:,} rows are gone, {erased.n_incidents:,} incidents were put together anew."
        " Copies of the ledger, exports and printed pages still hold what they held."
    )
    if erased.copies:
        say("These reports are near-copies and are still there: " + ", ".join(erased.copies))


def _print_list(ledger: "Ledger", *, as_json: bool) -> None:
    from allegata.ledger.erasing import list_tombstones

    with ledger.reading() as connection:
        found = list_tombstones(connection)
    for one in found:
        if as_json:
            print(json.dumps(asdict(one)))
            continue
        print(f"{one.id}  entry {one.entry:,}  {one.at[:19].replace('T', ' ')} UTC")
        print(
            f"  {len(one.rows):,} rows by {make_line_visible(one.who)}:"
            f" {make_line_visible(one.why)}"
        )
    if not found and not as_json:
        print("Nothing was erased.")
