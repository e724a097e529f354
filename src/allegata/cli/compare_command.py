"""The command `compare`: incidents as people coded them beside those of a ledger."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli.exits import ExitCode, explain_failures, say
from allegata.cli.ledger_commands import JsonOption, LedgerOption
from allegata.types.visible import make_line_visible

if TYPE_CHECKING:
    from allegata.coded import Beside

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(compare)


def compare(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table of coded incidents, CSV.")],
    form: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="NAME", help="acled, ucdp or airwars; by default what columns tell."
        ),
    ] = None,
    alone: Annotated[
        bool,
        typer.Option("--alone", help="List incidents of the ledger that lie beside no row too."),
    ] = False,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lay incidents that people coded beside what the sources in a ledger say.

    For each row the incident that comes nearest in days and places is shown, with what differs.
    Nothing of the table enters the ledger.
    """
    with explain_failures():
        from allegata.cli.asked import open_ledger
        from allegata.coded import CodedIncident, lay_beside, read_rows

        rows, wrong = [], 0
        for row in read_rows(file, form):
            if isinstance(row, CodedIncident):
                rows.append(row)
            else:
                wrong += 1
                say(f"left out: {row}")
        with open_ledger(ledger) as opened, opened.reading() as connection:
            laid = lay_beside(connection, rows)
        for one in laid.rows:
            if as_json:
                print(json.dumps(_plain(one), ensure_ascii=False))
            else:
                _print(one)
        if alone:
            for line in laid.alone:
                if as_json:
                    print(json.dumps({"row": None, "incident": line.id}, ensure_ascii=False))
                else:
                    print(f"beside no row: {line.id}  {make_line_visible(line.fields['title'])}")
        n_beside = sum(one.line is not None for one in laid.rows)
        say(
            f"{len(rows):,} rows, {n_beside:,} with an incident beside them;"
            f" {len(laid.alone):,} incidents near these rows lie beside none."
        )
    raise typer.Exit(ExitCode.SET_ASIDE if wrong else ExitCode.OK)


def _plain(one: "Beside") -> dict[str, object]:
    coded, line = one.coded, one.line
    return {
        "row": coded.id,
        "line": coded.line,
        "first": coded.first.isoformat(),
        "last": coded.last.isoformat(),
        "place": coded.place,
        "kind": coded.code,
        "killed_low": coded.killed_low,
        "killed_high": coded.killed_high,
        "incident": line.id if line else None,
        "title": line.fields["title"] if line else None,
        "days": one.days if line else None,
        "km": one.km if line else None,
        "told_killed_low": line.fields["killed_low"] if line else None,
        "told_killed_high": line.fields["killed_high"] if line else None,
        "numbers": one.numbers or None,
        "actors_named": list(one.actors),
        "actors_not_named": [name for name in coded.actors if name not in one.actors],
        "n_deny": line.fields["n_deny"] if line else None,
        "n_independent_origins": line.fields["n_origins"] if line else None,
        "others": list(one.others),
    }


def _print(one: "Beside") -> None:
    from allegata.types.brief import show_days, show_range

    coded, line = one.coded, one.line
    when = show_days(coded.first, coded.last)
    what = ", ".join(map(make_line_visible, filter(None, (coded.code, coded.place))))
    print(f"{make_line_visible(coded.id)}  {what}, {when}")
    if line is None:
        print("  no incident of the ledger lies near it\n")
        return
    fields = line.fields
    print(f"  {line.id}  {make_line_visible(fields['title'])}")
    apart = [f"{one.days} days apart" if one.days else "same days", f"{one.km:g} km apart"]
    if one.numbers == "not told":
        apart.append("no source gives a number of dead")
    elif one.numbers != "not coded":
        told = show_range(fields["killed_low"], fields["killed_high"])
        mine = show_range(coded.killed_low, coded.killed_high)
        apart.append(f"killed {mine}, {one.numbers} what sources say ({told})")
    absent = [name for name in coded.actors if name not in one.actors]
    if absent:
        apart.append(f"no source names {', '.join(map(make_line_visible, absent))}")
    if fields["n_deny"]:
        apart.append(f"{fields['n_deny']} deny it")
    print(f"  {'; '.join(apart)}")
    if one.others:
        print(f"  also near: {', '.join(one.others[:5])}")
    print()
