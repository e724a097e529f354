"""The commands, their options and their help."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from allegata.cli.compare_command import register as register_compare
from allegata.cli.days import parse_day
from allegata.cli.erase_command import register as register_erase
from allegata.cli.exits import ExitCode, explain_failures
from allegata.cli.export_command import register as register_export
from allegata.cli.ledger_commands import LedgerOption, register
from allegata.cli.review_commands import review
from allegata.cli.scale_commands import scale
from allegata.cli.seal_command import register as register_seal
from allegata.cli.web_commands import register as register_pages

__all__ = ["app"]

app = typer.Typer(
    name="allegata",
    help="Reads news about armed conflict and shows who says that what happened.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"allegata {version('allegata')}")
        raise typer.Exit(ExitCode.OK)


@app.callback()
def _start(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Reads news about armed conflict and shows who says that what happened."""


@app.command()
def read(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help="Files, directories, globs, http(s) addresses with --fetch, or - for standard "
            "input: text, HTML, PDF, JSONL, CSV, Parquet, RSS, Atom, WARC.",
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON for each document.")
    ] = False,
    published: Annotated[
        date | None,
        typer.Option(
            metavar="YYYY-MM-DD",
            parser=parse_day,
            help="The day of publication of all documents. It overrules what they say themselves.",
        ),
    ] = None,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Allow http and https addresses to be fetched.")
    ] = False,
    gazetteer: Annotated[
        list[Path] | None,
        typer.Option(
            "--gazetteer",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Places of your own: a GeoNames dump, GeoJSON or CSV. May be given several times.",
        ),
    ] = None,
    actors: Annotated[
        list[Path] | None,
        typer.Option(
            "--actors",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Actors of your own: YAML or CSV. May be given several times.",
        ),
    ] = None,
    width: Annotated[
        int | None,
        typer.Option(min=40, max=400, metavar="N", help="Width of the page in characters."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=256,
            metavar="N",
            help="Processes that read at the same time. Short input is read by one, long input "
            "by more.",
        ),
    ] = None,
) -> None:
    """Read documents and show who says what.

    Exit codes:

    0 all was read

    1 failure

    2 wrong usage

    3 some input was set aside; standard error says which and why

    4 the reading model or a data table is absent or altered

    130 interrupted
    """
    with explain_failures():
        from allegata.cli.read import Order, read_files

        order = Order(
            tuple(files),
            published,
            fetch,
            as_json,
            width,
            jobs,
            gazetteers=tuple(gazetteer or ()),
            actors=tuple(actors or ()),
        )
        code = read_files(order)
    raise typer.Exit(code)


register(app)
register_export(app)
register_compare(app)
register_pages(app)
register_seal(app)
register_erase(app)
app.add_typer(review)
app.add_typer(scale)


@app.command()
def doctor(ledger: LedgerOption = None) -> None:
    """Check the installation: versions, the reading model and the data tables by their hashes.

    With a ledger, or where `allegata.db` lies in this folder, also how that is: its schema, its
    size and journal, free disk, who may read it, and what to do about it.

    Exit codes: 0 all is well, 4 something is absent or altered.
    """
    with explain_failures():
        from allegata.cli.doctor import examine

        code = examine(ledger)
    raise typer.Exit(code)


@app.command()
def schema() -> None:
    """Print the JSON Schema of what `read --json` prints."""
    with explain_failures():
        import json

        from allegata.cli.contract import ReadingLine

        typer.echo(json.dumps(ReadingLine.model_json_schema(), indent=2))
