"""Days and ranges in a few characters, the same in a terminal and on a page."""

from datetime import date

__all__ = ["show_days", "show_range"]


def show_days(first: date | None, last: date | None) -> str:
    """Days in a few characters."""
    if first is None and last is None:
        return "date unknown"
    if first == last and first is not None:
        return first.isoformat()
    if first is None:
        return f"by {last}"
    return f"{first} to {last}" if last else f"from {first}"


def show_range(low: int | None, high: int | None) -> str:
    """A range in a few characters: `40-107`, `65+`, nothing where there is none."""
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,}+"
    return f"{low:,}" if low == high else f"{low:,}-{high:,}"
