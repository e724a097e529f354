"""The commands that show a ledger in the browser or on paper: `serve`, `report`."""

from pathlib import Path
from typing import Annotated

import typer

from allegata.cli.exits import explain_failures, say
from allegata.cli.ledger_commands import LedgerOption

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(serve)
    app.command()(report)


def serve(
    file: Annotated[
        str | None, typer.Argument(metavar="[LEDGER]", help="The ledger; as --ledger.")
    ] = None,
    ledger: LedgerOption = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="N", help="To listen on; 0 for any free one.")
    ] = 8765,
    host: Annotated[str, typer.Option(metavar="NAME", help="This machine: 127.0.0.1 or ::1.")] = (
        "127.0.0.1"
    ),
    basemap: Annotated[
        Path | None,
        typer.Option(
            "--map", metavar="FILE", help="A .pmtiles file under the maps, instead of bare land."
        ),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Whether to open it in the browser.")
    ] = False,
) -> None:
    """Show a ledger in the browser, to the person at this machine alone. Ctrl-C ends it.

    The address that is printed holds a key; without it nobody gets in. Nothing is fetched from
    elsewhere.
    """
    with explain_failures():
        from allegata.ledger import DEFAULT_NAME
        from allegata.web.serving import serve as serve_pages

        def tell(address: str) -> None:
            print(address, flush=True)
            say("Open this address in a browser on this machine. Ctrl-C ends it.")
            if browser:
                import webbrowser

                webbrowser.open(address)

        serve_pages(
            file or ledger or DEFAULT_NAME, host=host, port=port, tell=tell, basemap=basemap
        )


def report(
    incident: Annotated[
        str, typer.Argument(metavar="ID", help="An incident or a report; its first letters do.")
    ],
    pdf: Annotated[Path, typer.Option("--pdf", metavar="FILE", help="The PDF to write.")],
    public: Annotated[
        bool,
        typer.Option("--public", help="Withhold names of people, numbers and exact places."),
    ] = False,
    ledger: LedgerOption = None,
) -> None:
    """Print the dossier of an incident, or a report with who says what, as PDF.

    It is the page that `serve` shows, printed by the Chromium on this machine, with the head of
    the ledger on every page.
    """
    with explain_failures():
        from allegata.cli.asked import open_ledger
        from allegata.errors import InputError
        from allegata.ledger import DEFAULT_NAME
        from allegata.ledger.asking import find_incident
        from allegata.ledger.loading import number_of_report
        from allegata.web.printing import print_page

        with open_ledger(ledger) as opened, opened.reading() as connection:
            if incident.startswith("r") and public:
                raise InputError("--public", "goes with an incident: a report is its whole text.")
            if incident.startswith("r"):
                number_of_report(connection, incident)
                page = f"/documents/{incident}"
            else:
                page = f"/incidents/{find_incident(connection, incident)[1]}"
                page += "?public=1" if public else ""
        print_page(ledger or DEFAULT_NAME, page, pdf)
        say(f"{pdf} written.")
