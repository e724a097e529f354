"""The command `doctor`: is everything here, and is it what it should be?"""

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from allegata.cli.asked import open_ledger
from allegata.cli.exits import ExitCode
from allegata.encoder.weights import open_weights
from allegata.errors import AllegataError
from allegata.knowledge import load_table
from allegata.ledger import DEFAULT_NAME
from allegata.ledger.health import examine_ledger
from allegata.types.visible import make_line_visible

__all__ = ["examine"]

_LIBRARIES = ("numpy", "onnxruntime", "trafilatura", "rich", "typer")


def examine(where: str | None = None) -> ExitCode:
    """Print what is installed and what state it is in, and the same of a ledger.

    Args:
        where: A ledger; by default the one in the working directory, if there is one.

    Returns:
        `OK`, or `INTEGRITY` when the reading model or a table is absent or altered.

    Raises:
        InputError: There is no such ledger.
        StoreError: It cannot be read.
    """
    print(f"allegata       {_find_version('allegata')}")
    print(f"Python         {platform.python_version()} on {platform.system()}")
    print(f"libraries      {', '.join(f'{name} {_find_version(name)}' for name in _LIBRARIES)}")
    is_well = True
    for name, check in (("reading model", _check_weights), ("data tables", _check_tables)):
        try:
            print(f"{name:<14} {check()}")
        except AllegataError as error:
            is_well = False
            print(f"{name:<14} NOT USABLE: {error}")
    print("All is well." if is_well else "Something is absent or altered. Install allegata again.")
    if where is not None or Path(DEFAULT_NAME).exists():
        print()
        _examine_ledger(where)
    return ExitCode.OK if is_well else ExitCode.INTEGRITY


def _examine_ledger(where: str | None) -> None:
    with open_ledger(where) as ledger:
        for one in examine_ledger(ledger):
            print(f"{one.what:<18} {make_line_visible(one.words)}")
            if one.to_do:
                print(f"{'':<18} → {make_line_visible(one.to_do)}")
    print("`allegata verify` recomputes every hash of it.")


def _check_weights() -> str:
    return f"{open_weights().digest}, every file has its recorded hash"


def _check_tables() -> str:
    names = sorted(_find_tables())
    for name in names:
        load_table(name)
    return f"{len(names)} readable: {', '.join(names)}"


def _find_tables() -> Iterator[str]:
    folder = files("allegata.knowledge").joinpath("data")
    if folder.is_dir():
        for file in folder.iterdir():
            if file.name.endswith(".json"):
                yield file.name.removesuffix(".json")


def _find_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
