"""The command `review`: what waits to be looked at, and what people decide."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from allegata.cli.exits import explain_failures
from allegata.cli.ledger_commands import (
    JsonOption,
    LedgerOption,
    LimitOption,
    OffsetOption,
    SecondModelOption,
    SecondReaderOption,
)

__all__ = ["review"]

review = typer.Typer(
    name="review",
    help="List what waits to be looked at, and keep what people decide.",
    invoke_without_command=True,
)


def _default_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


WhoOption = Annotated[
    str,
    typer.Option("--who", metavar="NAME", help="Whose decision it is; by default the user's."),
]
WhyOption = Annotated[str, typer.Option("--why", metavar="WORDS", help="Why, in words.")]
TargetArgument = Annotated[
    str, typer.Argument(metavar="ID", help="A statement (REPORT#e3) or a claim (REPORT#c2).")
]
IncidentArgument = Annotated[str, typer.Argument(metavar="INCIDENT")]


@review.callback()
def queue(
    context: typer.Context,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    limit: LimitOption = 10,
    offset: OffsetOption = 0,
) -> None:
    """List what waits, incident by incident: contested ones first, the least sure reading first."""
    if context.invoked_subcommand is not None:
        return
    with explain_failures():
        from allegata.cli.review import list_queue

        code = list_queue(ledger, as_json=as_json, limit=limit, offset=offset)
    raise typer.Exit(code)


@review.command()
def second(
    reports: Annotated[
        list[str] | None,
        typer.Argument(metavar="REPORT", help="Reports to be read by --second-reader."),
    ] = None,
    second_reader: SecondReaderOption = None,
    second_model: SecondModelOption = "",
    everything: Annotated[bool, typer.Option("--all", help="All reports of the ledger.")] = False,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    limit: LimitOption = 10,
    offset: OffsetOption = 0,
) -> None:
    """List what a second reader reads otherwise; with --second-reader, have reports read by one."""
    with explain_failures():
        from allegata.cli.second import ask_second, list_second
        from allegata.errors import InputError

        if second_reader:
            if not reports and not everything:
                raise InputError("REPORT", "is absent.", "Name reports, or add --all.")
            told = (second_reader, second_model)
            code = ask_second(ledger, told, reports or (), everything=everything)
        else:
            code = list_second(ledger, as_json=as_json, limit=limit, offset=offset)
    raise typer.Exit(code)


@review.command()
def accept(
    target: TargetArgument, who: WhoOption = "", why: WhyOption = "", ledger: LedgerOption = None
) -> None:
    """Note that a claim or an event was looked at and is read rightly."""
    _decide("accept", target, ledger, who, why)


@review.command()
def reject(
    target: TargetArgument, who: WhoOption = "", why: WhyOption = "", ledger: LedgerOption = None
) -> None:
    """Take out a claim or an event that the text does not hold. It stays in the reading."""
    _decide("reject", target, ledger, who, why)


@review.command()
def edit(
    target: TargetArgument,
    settings: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE",
            help="kind, polarity, modality; act of a claim. Words of the report, exactly as they "
            "stand there or as START-END: trigger, actor, target, instrument; of a claim source, "
            "cue, content.",
        ),
    ],
    who: WhoOption = "",
    why: WhyOption = "",
    ledger: LedgerOption = None,
) -> None:
    """Set a field of an event or a claim to what the text says."""
    _decide("edit", target, ledger, who, why, settings=settings)


@review.command()
def merge(
    target: IncidentArgument,
    others: Annotated[list[str], typer.Argument(metavar="OTHER")],
    who: WhoOption = "",
    why: WhyOption = "",
    ledger: LedgerOption = None,
) -> None:
    """Say that incidents are one happening."""
    _decide("merge", target, ledger, who, why, others=others)


@review.command()
def split(
    target: IncidentArgument,
    reports: Annotated[list[str], typer.Argument(metavar="REPORT", help="Or accounts of them.")],
    who: WhoOption = "",
    why: WhyOption = "",
    ledger: LedgerOption = None,
) -> None:
    """Say that some reports of an incident tell of another happening."""
    _decide("split", target, ledger, who, why, others=reports)


@review.command()
def grade(
    target: Annotated[str, typer.Argument(metavar="ID", help="An incident, or a source's key.")],
    settings: Annotated[
        list[str],
        typer.Argument(
            metavar="GRADE",
            help="Of an incident: fair ...; of a source: reliability=B credibility=3.",
        ),
    ],
    who: WhoOption = "",
    why: WhyOption = "",
    ledger: LedgerOption = None,
) -> None:
    """Give a grade; it stands beside the suggested one."""
    given = [one if "=" in one else f"grade={one}" for one in settings]
    _decide("grade", target, ledger, who, why, settings=given)


@review.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="JSON of Label Studio, or UIMA CAS JSON."),
    ],
    who: WhoOption = "",
    why: WhyOption = "",
    ledger: LedgerOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be decided, and keep nothing.")
    ] = False,
) -> None:
    """Keep what annotators set right in an export of ours as decisions.

    Spans that were moved set words anew; what has no span left is taken out.
    """
    with explain_failures():
        from allegata.cli.review import import_annotated

        code = import_annotated(files, ledger, who=who or _default_name(), why=why, dry_run=dry_run)
    raise typer.Exit(code)


@review.command()
def undo(
    number: Annotated[int | None, typer.Argument(metavar="[NUMBER]")] = None,
    who: WhoOption = "",
    why: WhyOption = "",
    ledger: LedgerOption = None,
) -> None:
    """Undo a decision, the last one by default, by another one."""
    with explain_failures():
        from allegata.cli.review import take_back

        code = take_back(number, ledger, who=who or _default_name(), why=why)
    raise typer.Exit(code)


@review.command()
def log(ledger: LedgerOption = None, as_json: JsonOption = False) -> None:
    """List all decisions, with those that were undone and those that lost their words."""
    with explain_failures():
        from allegata.cli.review import list_log

        code = list_log(ledger, as_json=as_json)
    raise typer.Exit(code)


def _decide(
    action: str,
    target: str,
    ledger: str | None,
    who: str,
    why: str,
    *,
    settings: list[str] | None = None,
    others: list[str] | None = None,
) -> None:
    with explain_failures():
        from allegata.cli.review import keep_decision

        code = keep_decision(
            action,
            target,
            ledger,
            who=who or _default_name(),
            why=why,
            settings=tuple(settings or ()),
            others=tuple(others or ()),
        )
    raise typer.Exit(code)
