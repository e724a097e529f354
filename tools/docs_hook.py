"""Pages of the documentation that are made from what they describe, for MkDocs.

The rules of grades and comparisons are drawn from the code and its tables; the front page, the
model card, the sources of data and the security page are files that stand elsewhere.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def on_files(files: Any, config: Any) -> Any:  # noqa: ANN401
    """Add the pages that are made."""
    from mkdocs.structure.files import File

    for name, make in MADE.items():
        files.append(File.generated(config, name, content=make()))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:  # noqa: ANN401, ARG001
    """Let links to files outside of the pages be words: they are no part of the site."""

    def keep(found: "re.Match[str]") -> str:
        target = found[2].partition("#")[0]
        if "://" in target or not target:
            return found[0]
        inside = (Path(config["docs_dir"]) / page.file.src_uri).parent / target
        made = {str(Path(config["docs_dir"]) / name) for name in MADE}
        if inside.resolve().is_relative_to(config["docs_dir"]) and (
            inside.exists() or str(inside.resolve()) in made
        ):
            return found[0]
        return found[1]

    return re.sub(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)", keep, markdown)


def _rules() -> str:
    return "\n".join(_tell_rules()) + "\n"


def _tell_rules() -> Iterator[str]:
    from allegata.incidents.comparing import BIAS, COMPARISONS
    from allegata.incidents.grades import load_grade_rules

    yield "# Rules\n"
    yield "Made from the code and its tables; nothing else decides.\n"
    yield "## Suggested grades\n"
    yield "The rules are tried in this order, and the first that holds suggests the grade. A person"
    yield "can give another one; both stand.\n"
    yield "| rule | suggests | where | whose rule |"
    yield "| --- | --- | --- | --- |"
    for rule in load_grade_rules():
        when = "; ".join(_limits(name, *limits) for name, limits in rule.when.items())
        yield f"| `{rule.rule}` | {rule.grade.value} | {rule.says} ({when}) | {rule.origin} |"
    yield "\n## One happening or two\n"
    yield f"Two accounts are put together where the sum of what speaks for it is above {-BIAS}."
    yield "Each of these gives a number and says why:\n"
    yield "| comparison | what it looks at |"
    yield "| --- | --- |"
    for comparison in COMPARISONS:
        words = (inspect.getdoc(comparison) or "").splitlines()[0]
        yield f"| `{comparison.__name__}` | {words} |"


def _limits(name: str, least: int | None, most: int | None) -> str:
    if least == most:
        return f"{name} {least}"
    if most is None:
        return f"{name} at least {least}"
    return f"{name} at most {most}" if least is None else f"{name} {least} to {most}"


def _copy(path: str) -> Callable[[], str]:
    return (ROOT / path).read_text


def _front() -> str:
    """The README, with its links as they stand from the folder of the pages."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return text.replace("](docs/", "](")


MADE: dict[str, Callable[[], str]] = {
    "index.md": _front,
    "rules.md": _rules,
    "model.md": _copy("src/allegata/encoder/weights/MODEL_CARD.md"),
    "sources.md": _copy("knowledge/SOURCES.md"),
    "security.md": _copy("SECURITY.md"),
}
