"""The commands `scale`: many documents, on all cores of one machine or on many machines."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allegata.cli.exits import ExitCode, explain_failures, say
from allegata.cli.ledger_commands import JsonOption

if TYPE_CHECKING:
    from allegata.scale import Engine
    from allegata.scale.finding import Found

__all__ = ["scale"]

scale = typer.Typer(
    name="scale",
    help="Read many documents, and find copies and incidents, with all cores or on a cluster.",
    no_args_is_help=True,
)

ReadingsArgument = Annotated[
    Path, typer.Argument(metavar="READINGS", help="What `scale read` wrote.", file_okay=False)
]
FileArgument = Annotated[Path, typer.Argument(metavar="OUTPUT", help="A file of Parquet.")]
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", min=1, max=10_000, metavar="N", help="Tasks at the same time."),
]
RayOption = Annotated[
    str | None,
    typer.Option(
        "--ray",
        metavar="ADDRESS",
        help="Work on a cluster of Ray; `local` starts one on this machine.",
    ),
]


@scale.command()
def read(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT... OUTPUT",
            help="Files, folders, globs or addresses of a store; last the folder to write to.",
        ),
    ],
    jobs: JobsOption = None,
    ray: RayOption = None,
    as_json: JsonOption = False,
    gazetteer: Annotated[
        list[Path] | None,
        typer.Option("--gazetteer", metavar="FILE", exists=True, help="Places of your own."),
    ] = None,
    actors: Annotated[
        list[Path] | None,
        typer.Option("--actors", metavar="FILE", exists=True, help="Actors of your own."),
    ] = None,
) -> None:
    """Read documents into parts of Parquet, which `ingest --readings` brings into a ledger.

    It can be stopped, or a machine lost, at any moment: the same command goes on with the parts
    that are not there yet. Exit codes as of `read`.
    """
    with explain_failures():
        from allegata.errors import InputError
        from allegata.reading import UsersKnowledge
        from allegata.scale import ReadOrder, read_all

        if len(inputs) < 2:
            raise InputError("OUTPUT", "is absent.", "Name it behind the inputs.")
        knowledge = UsersKnowledge(tuple(gazetteer or ()), tuple(actors or ()))
        order = ReadOrder(tuple(inputs[:-1]), Path(inputs[-1]), knowledge)
        came = read_all(order, _engine(jobs, ray))
        if as_json:
            print(json.dumps(asdict(came)))
        say(
            f"{came.n_read:,} read, {came.n_set_aside:,} set aside, in {came.n_parts:,} parts"
            + (f" of which {came.n_kept:,} were there" if came.n_kept else "")
            + "."
        )
    raise typer.Exit(ExitCode.SET_ASIDE if came.n_set_aside else ExitCode.OK)


@scale.command()
def copies(
    readings: ReadingsArgument,
    output: FileArgument,
    jobs: JobsOption = None,
    ray: RayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find which reports hold another's text: a row for each pair."""
    with explain_failures():
        from allegata.scale import find_copies

        found = find_copies(readings, output, _engine(jobs, ray))
        _tell(found, "copies", as_json=as_json)


@scale.command()
def incidents(
    readings: ReadingsArgument,
    output: FileArgument,
    jobs: JobsOption = None,
    ray: RayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put what reports tell of one happening together: a row for each account."""
    with explain_failures():
        from allegata.scale import find_incidents

        found = find_incidents(readings, output, _engine(jobs, ray))
        _tell(found, "incidents", as_json=as_json)


def _tell(found: "Found", what: str, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(asdict(found)))
    say(f"{found.n_found:,} {what} in {found.n_reports:,} reports.")


def _engine(jobs: int | None, ray: str | None) -> "Engine":
    import os

    from allegata.scale import Engine

    return Engine(jobs or os.cpu_count() or 1, ray)
