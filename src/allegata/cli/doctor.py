"""The command `doctor`: is everything here, and is it what it should be?"""

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

from allegata.cli.exits import ExitCode
from allegata.encoder.weights import open_weights
from allegata.errors import AllegataError
from allegata.knowledge import load_table

__all__ = ["examine"]

_LIBRARIES = ("numpy", "onnxruntime", "trafilatura", "rich", "typer")


def examine() -> ExitCode:
    """Print what is installed and what state it is in.

    Returns:
        `OK`, or `INTEGRITY` when the reading model or a table is absent or altered.
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
    return ExitCode.OK if is_well else ExitCode.INTEGRITY


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
