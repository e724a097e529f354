"""Signatures by an SSH key, made and checked by `ssh-keygen -Y`: nothing of its own is invented."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from allegata.errors import InputError

__all__ = ["NAMESPACE", "is_signed", "sign"]

NAMESPACE = "allegata"
"""For what a signature counts: one made for mail or git is none of ours."""

_PROGRAM = "ssh-keygen"
_MOST_S = 60


def sign(content: bytes, key: Path) -> bytes:
    """Sign bytes.

    Args:
        content: What is signed.
        key: A private SSH key, or the public half of one that an agent holds.

    Returns:
        The signature, as `ssh-keygen -Y verify -n allegata` reads it.

    Raises:
        InputError: The key cannot be used, or OpenSSH is not installed.
    """
    if not key.is_file():
        raise InputError(str(key), "is no file.", "Name an SSH key: ~/.ssh/id_ed25519.")
    done = _run(["-Y", "sign", "-q", "-f", str(key), "-n", NAMESPACE], content)
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(str(key), f"cannot sign: {told[-1] if told else 'ssh-keygen failed'}.")
    return done.stdout


def is_signed(content: bytes, signature: bytes, signers: Path, who: str) -> bool:
    """Whether a signature of bytes is that of one of those who may sign.

    Args:
        content: What was signed.
        signature: Of `sign`.
        signers: A file of allowed signers, as OpenSSH has it: `who ssh-ed25519 AAAA…`.
        who: The one who is said to have signed, as the file names them.

    Raises:
        InputError: There is no such file, or OpenSSH is not installed.
    """
    if not signers.is_file():
        raise InputError(str(signers), "is no file.", "Write a line for each signer: NAME KEY.")
    with tempfile.NamedTemporaryFile(suffix=".sig") as kept:
        kept.write(signature)
        kept.flush()
        done = _run(
            ["-Y", "verify", "-f", str(signers), "-I", who, "-n", NAMESPACE, "-s", kept.name],
            content,
        )
    return done.returncode == 0


def _run(arguments: list[str], content: bytes) -> "subprocess.CompletedProcess[bytes]":
    program = shutil.which(_PROGRAM)
    if program is None:
        raise InputError(_PROGRAM, "is not installed; signatures are made by it.",
                         "Install OpenSSH.")  # fmt: skip
    return subprocess.run(  # noqa: S603 - no shell, and arguments are paths
        [program, *arguments], input=content, capture_output=True, check=False, timeout=_MOST_S
    )
