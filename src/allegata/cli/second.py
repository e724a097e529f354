"""A second reader: asked for its opinion, and what it reads otherwise."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING

from rich.text import Text
from sqlalchemy import select

from allegata.cli.asked import open_ledger
from allegata.cli.exits import ExitCode, say
from allegata.cli.styles import DIM, STRONG
from allegata.cli.tables import make_console
from allegata.ledger import Ledger
from allegata.ledger.schema import report
from allegata.types.visible import make_line_visible

if TYPE_CHECKING:
    from allegata.second import Endpoint

__all__ = ["ask_second", "check_endpoint", "list_second", "read_second"]


def check_endpoint(told: tuple[str, str]) -> "Endpoint":
    """The second reader that a person named.

    Raises:
        InputError: It may not be asked.
    """
    from allegata.second import Endpoint

    endpoint = Endpoint(*told)
    endpoint.check()
    return endpoint


def read_second(ledger: Ledger, endpoint: "Endpoint", reports: Sequence[str]) -> ExitCode:
    """Have reports read a second time, and tell what came of it.

    Returns:
        `OK`, or `SET_ASIDE` where it gave no usable answer for some.
    """
    from allegata.second import read_again

    came = read_again(ledger, endpoint, reports, on_fault=lambda fault: say(f"set aside: {fault}"))
    n_left = len(reports) - came.n_read - came.n_known - came.n_failed
    say(
        f"{endpoint.run.model}: {came.n_read:,} read a second time"
        + (f", {came.n_known:,} known already" if came.n_known else "")
        + (f", {came.n_failed:,} without a usable answer" if came.n_failed else "")
        + (f", {n_left:,} not sent" if n_left else "")
        + (
            f"; {came.n_dropped:,} claims and events dropped, for their words do not stand there"
            if came.n_dropped
            else ""
        )
        + ". Nothing of ours was changed; `allegata review second` lists what differs."
    )
    return ExitCode.SET_ASIDE if came.n_failed or n_left else ExitCode.OK


def ask_second(
    where: str | None, told: tuple[str, str], reports: Sequence[str], *, everything: bool
) -> ExitCode:
    """Have reports of a ledger read a second time."""
    endpoint = check_endpoint(told)
    with open_ledger(where, read_only=False) as ledger:
        names = list(reports)
        if everything:
            with ledger.reading() as connection:
                query = select(report.c.id).order_by(report.c.number)
                names = list(connection.execute(query).scalars())
        return read_second(ledger, endpoint, names)


def list_second(where: str | None, *, as_json: bool, limit: int, offset: int) -> ExitCode:
    """Print where second readings differ and nobody decided yet."""
    from allegata.ledger.second import list_differences

    with open_ledger(where) as ledger, ledger.reading() as connection:
        found = list(islice(list_differences(connection), offset, offset + limit))
    console = make_console()
    for one in found:
        if as_json:
            print(json.dumps(asdict(one), ensure_ascii=False))
            continue
        console.print(
            Text.assemble((one.ours or one.report, STRONG), f"  {make_line_visible(one.what)}")
        )
        console.print(Text(f"  “{make_line_visible(one.words)}”"))
        console.print(Text(f"  {make_line_visible(one.by)}", DIM))
    if not found and not as_json:
        print("No second reading differs in anything that waits.")
    return ExitCode.OK
