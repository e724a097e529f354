"""The command `export`: what a ledger holds, in the formats of others."""

import json
from pathlib import Path
from typing import Annotated

import typer

from allegata.cli.exits import explain_failures, say
from allegata.cli.ledger_commands import (
    ActorOption,
    AsOfOption,
    BoxOption,
    CountryOption,
    FromOption,
    GradeOption,
    JsonOption,
    KindOption,
    LedgerOption,
    OutletOption,
    PlaceOption,
    SourceOption,
    ToOption,
)

__all__ = ["register"]

_MOST_FILES = 12


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(export)


def export(
    name: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="NAME",
            help="csv, acled, ucdp, geojson, parquet, annotations, schema-org, prov, gdelt, plover,"
            " hxl, ftm, ninjs, label-studio, uima-cas or bagit.",
        ),
    ],
    folder: Annotated[
        Path, typer.Option("--into", metavar="FOLDER", help="Where the files are written.")
    ],
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    kind: KindOption = None,
    actor: ActorOption = None,
    source: SourceOption = None,
    outlet: OutletOption = None,
    place: PlaceOption = None,
    country: CountryOption = None,
    box: BoxOption = None,
    first: FromOption = None,
    last: ToOption = None,
    grade: GradeOption = None,
    as_of: AsOfOption = None,
    fatalities: Annotated[
        str,
        typer.Option(
            metavar="RULE",
            help="One number of dead where a format wants one: blank, low or high. No number is"
            " made unless a rule is chosen; those of each source always stand beside it.",
        ),
    ] = "blank",
    raw: Annotated[
        bool,
        typer.Option(
            "--raw",
            help="Leave cells that a spreadsheet would take for a formula as they are, for"
            " programs.",
        ),
    ] = False,
    is_public: Annotated[
        bool,
        typer.Option(
            "--public",
            help="Withhold names of people, telephone numbers, e-mail addresses, coordinates and"
            " exact places.",
        ),
    ] = False,
    key: Annotated[
        Path | None,
        typer.Option(
            "--sign",
            metavar="KEY",
            help="An SSH key that signs the manifest of an evidence package.",
        ),
    ] = None,
) -> None:
    """Write incidents and claims in a format of others, with whose word each is.

    Beside the files stands export.json: the head of the ledger, the hash of each file, what was
    left out and why, and what the format cannot say. What nobody affirms is no row of a table of
    events.
    """
    with explain_failures():
        from allegata.cli.asked import Asked, open_ledger
        from allegata.errors import InputError
        from allegata.exports import Fatalities, Options
        from allegata.exports import export as write

        rules = [rule.value for rule in Fatalities]
        if fatalities not in rules:
            raise InputError(f"--fatalities {fatalities!r}", f"is none of {', '.join(rules)}.")
        if key is not None and name != "bagit":
            raise InputError("--sign", "signs an evidence package (--format bagit) alone.")
        asked = Asked(
            ledger, as_json, 0, 0, kind, actor, source, outlet, place, country, box,
            first, last, grade, as_of,
        )  # fmt: skip
        with open_ledger(ledger) as opened, opened.reading() as connection:
            done = write(
                connection,
                opened.head(connection).hash,
                name,
                folder,
                asked.filters(connection),
                Options(Fatalities(fatalities), raw, key, is_public),
            )
        if as_json:
            print(json.dumps(done.report, ensure_ascii=False))
            return
        files = done.report["files"]
        for file in files[:_MOST_FILES]:
            print(f"{folder / file['name']}  {file['rows']:,} rows")
        if len(files) > _MOST_FILES:
            print(f"and {len(files) - _MOST_FILES:,} more files")
        print(f"{folder / 'export.json'}  what was left out, and what the format cannot say")
        for reason in done.report["left_out"]:
            say(f"{reason['n']:,} left out: {reason['why']}.")
