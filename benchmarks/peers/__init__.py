"""Parts of allegata against what others use for the same: both sides in one run, losses too."""

from importlib.metadata import PackageNotFoundError, version

from allegata.errors import InputError

__all__ = ["version_of"]


def version_of(peer: str) -> str:
    """The version of a package that is compared with.

    Raises:
        InputError: It is not installed.
    """
    try:
        return version(peer)
    except PackageNotFoundError as error:
        raise InputError(peer, "is not installed.", "pip install 'allegata[peers]'") from error
