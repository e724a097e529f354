"""The commands that keep and ask a ledger, their options and their help."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from allegata.cli.days import parse_day
from allegata.cli.exits import explain_failures

__all__ = ["register"]

LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="FILE",
        envvar="ALLEGATA_LEDGER",
        help="The ledger: a file, or postgresql://… By default allegata.db in this folder.",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print JSON, one object a line, for other programs.")
]
KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="A kind of event, such as air_strike."),
]
ActorOption = Annotated[
    list[str] | None,
    typer.Option("--actor", metavar="NAME", help="Who took part: part of a name, or an id."),
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="NAME", help="Who says so: part of a name, or an id."),
]
OutletOption = Annotated[
    list[str] | None, typer.Option("--outlet", metavar="NAME", help="Who published it.")
]
PlaceOption = Annotated[
    str | None, typer.Option("--place", metavar="NAME", help="Where: part of a name, or an id.")
]
CountryOption = Annotated[
    str | None, typer.Option("--country", metavar="CC", help="A country by its two letters.")
]
BoxOption = Annotated[
    str | None,
    typer.Option("--box", metavar="W,S,E,N", help="A box on the map, in degrees."),
]
FromOption = Annotated[
    date | None,
    typer.Option("--from", metavar="DAY", parser=parse_day, help="No earlier than this day."),
]
ToOption = Annotated[
    date | None,
    typer.Option("--to", metavar="DAY", parser=parse_day, help="No later than this day."),
]
GradeOption = Annotated[
    list[str] | None,
    typer.Option("--grade", metavar="GRADE", help="confirmed, fair, weak, contested, ..."),
]
AsOfOption = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        metavar="DAY",
        parser=parse_day,
        help="What had been published and was in the ledger by this day.",
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", min=1, max=256, metavar="N", help="Processes that read side by side."),
]
SecondReaderOption = Annotated[
    str | None,
    typer.Option(
        "--second-reader",
        metavar="URL",
        help="A language model that you run, asked for a second opinion on each report.",
    ),
]
SecondModelOption = Annotated[
    str, typer.Option("--second-model", metavar="NAME", help="The model that it is to use.")
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="The most shown.")]
OffsetOption = Annotated[int, typer.Option("--offset", min=0, help="How many are passed over.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for command in (
        ingest,
        fetch,
        search,
        incidents,
        show,
        sources,
        contradictions,
        laundering,
        verify,
        quarantine,
        stats,
    ):
        app.command()(command)


def ingest(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="Files, directories, globs, addresses with --fetch, or - for standard input.",
        ),
    ] = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    published: Annotated[
        date | None,
        typer.Option(
            metavar="DAY", parser=parse_day, help="The day of publication of all documents."
        ),
    ] = None,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Allow http and https addresses to be fetched.")
    ] = False,
    gazetteer: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", exists=True, dir_okay=False, help="Places of your own."),
    ] = None,
    actors: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", exists=True, dir_okay=False, help="Actors of your own."),
    ] = None,
    jobs: JobsOption = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on with what is put into the folder, until Ctrl-C.")
    ] = False,
    second_reader: SecondReaderOption = None,
    second_model: SecondModelOption = "",
    readings: Annotated[
        Path | None,
        typer.Option("--readings", metavar="FOLDER", help="What `scale read` wrote."),
    ] = None,
) -> None:
    """Read documents into a ledger and put their reports together into incidents.

    What the ledger has read already is passed over, so the command can be repeated, and stopped at
    any moment. Exit codes as of `read`.
    """
    with explain_failures():
        from allegata.cli.ingest import (
            IngestOrder,
            ingest_readings,
            ingest_sources,
            watch_folder,
        )
        from allegata.errors import InputError

        if bool(inputs) == bool(readings):
            raise InputError("SOURCE", "is absent, or there beside --readings.", "Name one.")
        order = IngestOrder(
            sources=tuple(inputs or ()),
            ledger=ledger,
            as_json=as_json,
            published=published,
            fetch=fetch,
            gazetteers=tuple(gazetteer or ()),
            actors=tuple(actors or ()),
            jobs=jobs,
            second_reader=(second_reader, second_model) if second_reader else None,
        )
        if readings:
            code = ingest_readings(order, readings)
        else:
            code = watch_folder(order) if watch else ingest_sources(order)
    raise typer.Exit(code)


def fetch(
    feeds: Annotated[list[str], typer.Argument(metavar="FEED", help="Addresses of RSS or Atom.")],
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    jobs: JobsOption = None,
) -> None:
    """Fetch feeds and the pages of their entries into a ledger. The only command that needs a net.

    Robots.txt is heeded, hosts are asked one page at a time with pauses, pages of the last hours
    are not asked for again, and addresses of private networks are refused. Exit codes as of `read`.
    """
    with explain_failures():
        from allegata.cli.ingest import IngestOrder, fetch_sources

        order = IngestOrder(tuple(feeds), ledger, as_json, fetch=True, jobs=jobs)
        code = fetch_sources(order)
    raise typer.Exit(code)


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WORDS]", help='Words; "in a row" in quotation marks; begin*.'),
    ] = None,
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
    as_of: AsOfOption = None,
    limit: LimitOption = 20,
    offset: OffsetOption = 0,
) -> None:
    """Search the texts of all reports."""
    with explain_failures():
        from allegata.cli.asked import Asked
        from allegata.cli.lists import list_hits

        asked = Asked(
            ledger, as_json, limit, offset, kind, actor, source, outlet, place, country, box,
            first, last, None, as_of,
        )  # fmt: skip
        code = list_hits(" ".join(words or ()), asked)
    raise typer.Exit(code)


def incidents(
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
    order: Annotated[
        str, typer.Option(help="By reports, date or contested (number of contradictions).")
    ] = "reports",
    limit: LimitOption = 30,
    offset: OffsetOption = 0,
) -> None:
    """List what is alleged, by whom, and how many stand behind it."""
    with explain_failures():
        from allegata.cli.asked import Asked
        from allegata.cli.lists import list_incident_lines

        asked = Asked(
            ledger, as_json, limit, offset, kind, actor, source, outlet, place, country, box,
            first, last, grade, as_of,
        )  # fmt: skip
        code = list_incident_lines(asked, order)
    raise typer.Exit(code)


def show(
    name: Annotated[
        str, typer.Argument(metavar="ID", help="An incident or a report; its first letters do.")
    ],
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    width: Annotated[int | None, typer.Option(min=40, max=400, metavar="N")] = None,
) -> None:
    """Show the dossier of an incident, or the reading of a report and where it was found."""
    with explain_failures():
        from allegata.cli.shown import show_one

        code = show_one(name, ledger, as_json=as_json, as_of=as_of, width=width)
    raise typer.Exit(code)


def sources(
    words: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Part of a name, or an id.")
    ] = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    limit: LimitOption = 30,
    offset: OffsetOption = 0,
) -> None:
    """List who is cited, how often and by how many outlets."""
    with explain_failures():
        from allegata.cli.lists import list_source_lines

        code = list_source_lines(words, ledger, as_json=as_json, limit=limit, offset=offset)
    raise typer.Exit(code)


def contradictions(
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    about: Annotated[
        list[str] | None,
        typer.Option(metavar="WHAT", help="occurrence, blame, count, place, time or means."),
    ] = None,
    kind: KindOption = None,
    actor: ActorOption = None,
    source: SourceOption = None,
    place: PlaceOption = None,
    country: CountryOption = None,
    box: BoxOption = None,
    first: FromOption = None,
    last: ToOption = None,
    limit: LimitOption = 30,
    offset: OffsetOption = 0,
) -> None:
    """List what sources say of one incident that does not go together."""
    with explain_failures():
        from allegata.cli.asked import Asked
        from allegata.cli.lists import list_contradiction_lines

        asked = Asked(
            ledger, as_json, limit, offset, kind, actor, source, None, place, country, box,
            first, last, None, None,
        )  # fmt: skip
        code = list_contradiction_lines(asked, tuple(about or ()))
    raise typer.Exit(code)


def laundering(
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    kind: KindOption = None,
    actor: ActorOption = None,
    source: SourceOption = None,
    place: PlaceOption = None,
    country: CountryOption = None,
    box: BoxOption = None,
    first: FromOption = None,
    last: ToOption = None,
    limit: LimitOption = 30,
    offset: OffsetOption = 0,
) -> None:
    """List where an outlet says in its own voice what an earlier report attributes."""
    with explain_failures():
        from allegata.cli.asked import Asked
        from allegata.cli.lists import list_laundering_lines

        asked = Asked(
            ledger, as_json, limit, offset, kind, actor, source, None, place, country, box,
            first, last, None, None,
        )  # fmt: skip
        code = list_laundering_lines(asked)
    raise typer.Exit(code)


def verify(
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    head: Annotated[
        str | None,
        typer.Option(metavar="HASH", help="A head noted earlier, which must be in the chain."),
    ] = None,
    seal: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A seal made earlier; its head must be in the chain."),
    ] = None,
    signers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Allowed signers, as OpenSSH has it: NAME KEY."),
    ] = None,
    who: Annotated[
        str, typer.Option("--by", metavar="NAME", help="Who must have signed the seal.")
    ] = "",
) -> None:
    """Recompute every hash of a ledger and all that is drawn from it, and name what differs.

    Exit codes: 0 all is as it was written, 4 something was damaged or altered.
    """
    with explain_failures():
        from allegata.cli.upkeep import Sealed, verify_ledger

        code = verify_ledger(
            ledger, as_json=as_json, head=head, sealed=Sealed.of(seal, signers, who)
        )
    raise typer.Exit(code)


def quarantine(
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what was read after all, later.")
    ] = False,
) -> None:
    """List what was set aside, why, and what to do about it."""
    with explain_failures():
        from allegata.cli.upkeep import list_quarantine

        code = list_quarantine(ledger, as_json=as_json, everything=everything)
    raise typer.Exit(code)


def stats(ledger: LedgerOption = None, as_json: JsonOption = False) -> None:
    """Count what a ledger holds, and print its head and digest."""
    with explain_failures():
        from allegata.cli.upkeep import print_stats

        code = print_stats(ledger, as_json=as_json)
    raise typer.Exit(code)
