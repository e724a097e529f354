"""Turn `knowledge/*.yaml` into the JSON that ships in the package: `make knowledge`.

People edit YAML, with comments, origins and examples. The package reads JSON, so that it needs no
YAML at run time and starts fast. With `--check` nothing is written, and the exit status is 1 where
a compiled table differs from its source.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from allegata.errors import KnowledgeError
from allegata.knowledge.checking import check_form
from allegata.knowledge.forms import FORMS
from allegata.knowledge.source import Node, read_source
from allegata.knowledge.tables import Value

__all__ = ["compile_tables", "main"]

SOURCES = Path(__file__).resolve().parents[3] / "knowledge"
COMPILED = Path(__file__).resolve().parent / "data"


def compile_tables(sources: Path = SOURCES) -> dict[str, str]:
    """Compile every table.

    Args:
        sources: Folder of the YAML files.

    Returns:
        The JSON of each table by its name, in order of name.

    Raises:
        KnowledgeError: A source does not follow its form; names file and line.
    """
    return {path.stem: _compile(path) for path in sorted(sources.glob("*.yaml"))}


def _compile(path: Path) -> str:
    root = read_source(path)
    if not isinstance(root.value, list | dict):
        raise KnowledgeError(f"{path.name}:{root.line}: a table is a list of entries or a mapping.")
    form = FORMS.get(path.stem)
    if form is not None:
        check_form(root, form, path.name)
    return _layout(root)


def _layout(root: Node) -> str:
    """JSON with one entry a line, so that a difference shows which entry changed."""
    table = root.plain()
    if isinstance(table, dict):
        rows = [f"{_dump(key)}: {_dump(value)}" for key, value in table.items()]
        return "{\n" + ",\n".join(rows) + "\n}\n"
    if isinstance(table, list):
        return "[\n" + ",\n".join(map(_dump, table)) + "\n]\n"
    return _dump(table)


def _dump(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compile, or with `--check` compare. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="allegata.knowledge.compile", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail on a difference")
    parser.add_argument("--sources", type=Path, default=SOURCES, help="folder of the YAML files")
    parser.add_argument("--compiled", type=Path, default=COMPILED, help="folder of the JSON files")
    options = parser.parse_args(arguments)
    try:
        tables = compile_tables(options.sources)
    except KnowledgeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    stale = _stale(tables, options.compiled)
    if options.check:
        for path in stale:
            sys.stderr.write(f"{path.name}: differs from its source. Run `make knowledge`.\n")
        return 1 if stale else 0
    options.compiled.mkdir(parents=True, exist_ok=True)
    for path in stale:
        _write(path, tables.get(path.stem))
    sys.stderr.write(f"{len(tables)} tables, {len(stale)} rewritten\n")
    return 0


def _stale(tables: dict[str, str], compiled: Path) -> list[Path]:
    """The files that are absent, differ, or have lost their source."""
    wanted = {compiled / f"{name}.json": text for name, text in tables.items()}
    there = {path: path.read_text(encoding="utf-8") for path in sorted(compiled.glob("*.json"))}
    return [path for path in sorted({*wanted, *there}) if wanted.get(path) != there.get(path)]


def _write(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
