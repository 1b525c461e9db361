"""How is a file replaced so that nobody ever sees half of it?

The bytes go to a new file in the same folder, to the disk, and then take the name. Whatever happens
before that, Ctrl+C and a full disk included, the old file is still there and the new one is removed.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from inpainting_core.errors import ImageWriteError


def replace_file(path: Path, data: bytes) -> None:
    """Make `data` the content of the file at `path`; a link is followed, permissions are kept.

    Raises:
        ImageWriteError: the file could not be written; the old one, if any, is untouched.
    """
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, whose content becomes that of the file at `path` when the block ends well.

    Raises:
        ImageWriteError: the file could not be written; the old one, if any, is untouched.
    """
    try:
        target = path.resolve()
        new = target.with_name(f".lacuna-{secrets.token_hex(8)}.part")
        try:
            with new.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, new)
            new.replace(target)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ImageWriteError(
            "{name} could not be written: {reason}.",
            "Choose another folder or name.",
            name=path.name,
            reason=reason,
        ) from error
