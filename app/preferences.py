"""What does the person want of every picture?  Typed, kept in one readable file, and never lost."""

from __future__ import annotations

import itertools
import logging
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from PySide6.QtCore import QObject, QSaveFile, QTimer, Signal, Slot

from app.translation import translate

_LOG = logging.getLogger("lacuna")
_WRITE_AFTER_MS = 400
RECENT_FILES = 12
Step = Callable[[dict[str, Any]], dict[str, Any]]
STEPS: tuple[Step, ...] = ()
"""What turns a file of version 1 into one of version 2, that into one of version 3, and so on."""
VERSION = len(STEPS) + 1
Share = Annotated[float, Field(ge=0, le=1)]
Note = Callable[[], str]
"""Returns a sentence in the language spoken when it is read, which these very preferences decide."""
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class Preferences(BaseModel):
    """Everything that is kept; a field that this version does not know is kept as it is.

    Attributes:
        version: Of the file's layout.
        language: Of the screen.
        theme: Light or dark.
        reduced_motion: True: nothing blinks or slides; "system": as the system says.
        threads: Processor threads of a fill; 0 = all.
        undo_mb: Memory that undo may hold.
        memory_mb: Memory that a fill may take; 0 = what is free.
        fill_on_release: True: a stroke is filled as soon as it ends.
        cursor: "ring": the brush's rim; "cross": its middle only.
        wheel: What the wheel does without keys held.
        pressure_sizes, pressure_hardens: What the pen's pressure changes.
        smoothing_px: Length of the string that a stroke is drawn on, in screen pixels; 0 = none.
        brush_hardness, brush_opacity: Of the brush; its size follows the picture's.
        mask_colour, mask_opacity, mask_style: How the mask is shown.
        overlay_kind, overlay_opacity, overlay_palette: How the source views are shown.
        recent: Files opened last, newest first.
        keys: A person's own keys, by action id.
        hints_seen: Names of hints that need not be shown again.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    version: Annotated[int, Field(ge=1)] = VERSION
    language: Literal["system", "en", "zh_CN"] = "system"
    theme: Literal["system", "light", "dark"] = "system"
    reduced_motion: Literal["system"] | bool = "system"
    threads: Annotated[int, Field(ge=0, le=256)] = 0
    undo_mb: Annotated[int, Field(ge=64, le=65536)] = 1024
    memory_mb: Annotated[int, Field(ge=0, le=1 << 20)] = 0
    fill_on_release: bool = False
    cursor: Literal["ring", "cross"] = "ring"
    wheel: Literal["zooms", "scrolls"] = "zooms"
    pressure_sizes: bool = True
    pressure_hardens: bool = False
    smoothing_px: Annotated[int, Field(ge=0, le=100)] = 0
    brush_hardness: Share = 1.0
    brush_opacity: Share = 1.0
    mask_colour: Colour = "#ff2d78"
    mask_opacity: Share = 0.55
    mask_style: Literal["veil", "outline", "ants"] = "veil"
    overlay_kind: Literal["wheel", "arrows", "density", "confidence"] = "wheel"
    overlay_opacity: Share = 0.7
    overlay_palette: Literal["hue", "blue_yellow", "paper"] = "hue"
    recent: Annotated[tuple[str, ...], Field(max_length=RECENT_FILES)] = ()
    keys: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    hints_seen: tuple[str, ...] = ()


NOT_A_CHOICE = ("version", "recent", "keys", "hints_seen")
"""Fields that restoring the defaults leaves alone: memories, and keys, which have an editor of their own."""


class PreferenceStore(QObject):
    """The preferences of this program, and the file they are kept in.

    Args:
        path: The file; made at the first change. None = where this system keeps such files.
        is_kept: False neither reads nor writes a file: everything is as at a first start.
        parent: Whose life it shares.

    Signals:
        changed: (name) A field has another value.
    """

    changed = Signal(str)

    def __init__(
        self, path: Path | None = None, parent: QObject | None = None, *, is_kept: bool = True
    ) -> None:
        super().__init__(parent)
        self.path = path or default_path()
        self.values, self._note = read_preferences(self.path) if is_kept else (Preferences(), str)
        self._is_written = not self.note
        was_not_understood = bool(self.note) and self.path.exists()
        self._may_write = is_kept and not was_not_understood
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WRITE_AFTER_MS)
        self._timer.timeout.connect(self.flush)

    @property
    def note(self) -> str:
        """A sentence for the person when the file could not be used as it was; else empty."""
        return self._note()

    def change(self, **changes: object) -> None:
        """Take other values at once; they are written soon.

        Raises:
            pydantic.ValidationError: a value that its field cannot have; nothing is changed.
        """
        before = self.values
        self.values = Preferences.model_validate({**before.model_dump(), **changes})
        differing = [name for name in changes if getattr(before, name) != getattr(self.values, name)]
        if differing:
            self._is_written = False
            self._timer.start()
        for name in differing:
            self.changed.emit(name)

    def restore_defaults(self) -> None:
        """Forget every choice, but not what is merely remembered."""
        fresh = Preferences().model_dump()
        self.change(**{name: value for name, value in fresh.items() if name not in NOT_A_CHOICE})

    def remember_file(self, path: Path) -> None:
        """Put a file first among those opened last; one whose name is no Unicode cannot be kept."""
        name = str(path.absolute())
        try:
            name.encode()
        except UnicodeEncodeError:
            return
        others = (known for known in self.values.recent if known != name)
        self.change(recent=(name, *itertools.islice(others, RECENT_FILES - 1)))

    def see_hint(self, name: str) -> bool:
        """Return True the first time a hint is asked for; from then on False."""
        is_new = name not in self.values.hints_seen
        if is_new:
            self.change(hints_seen=(*self.values.hints_seen, name))
        return is_new

    @Slot()
    def flush(self) -> None:
        """Write now what is not written yet; whatever fails, the old file stays whole."""
        self._timer.stop()
        if self._is_written or not self._may_write:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            _LOG.info("preferences not written: %s", error)
            return
        file = QSaveFile(str(self.path))
        data = tomli_w.dumps(self.values.model_dump(mode="python")).encode()
        if file.open(QSaveFile.OpenModeFlag.WriteOnly) and file.write(data) == len(data) and file.commit():
            self._is_written = True
        else:
            _LOG.info("preferences not written: %s", file.errorString())


def default_path() -> Path:
    """Return where this system keeps a program's choices."""
    return Path(platformdirs.user_config_dir("Lacuna", appauthor=False)) / "preferences.toml"


def read_preferences(path: Path) -> tuple[Preferences, Note]:
    """Return the file's preferences and a note for the person, empty when all was well.

    A file that is not TOML, and one with values that cannot be, is set aside under another name; what
    is sound in it is used, the rest is as at the first start.
    """
    try:
        raw = migrated(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Preferences(), str
    except OSError as error:
        _LOG.info("preferences not read: %s", error)
        return Preferences(), lambda: translate(
            "Preferences", "The preferences could not be read and are as at the first start."
        )
    except ValueError:  # not TOML, or not text
        aside = set_aside(path)
        return Preferences(), lambda: translate(
            "Preferences",
            "The preferences were damaged and are as at the first start. The old file is {name}.",
        ).format(name=aside)
    try:
        return Preferences.model_validate(raw), str
    except ValidationError as error:
        bad = {str(problem["loc"][0]) for problem in error.errors()}
        sound = Preferences.model_validate({name: value for name, value in raw.items() if name not in bad})
        names, aside = ", ".join(sorted(bad)), set_aside(path)
        return sound, lambda: translate(
            "Preferences",
            "Some preferences made no sense and are as at the first start: {names}. The old file is {file}.",
        ).format(names=names, file=aside)


def migrated(raw: Mapping[str, Any], steps: tuple[Step, ...] = STEPS) -> dict[str, Any]:
    """Return a file's fields in today's layout; those of a newer version are left as they are."""
    values = dict(raw)
    version = values.get("version", 1)
    if not isinstance(version, int) or version < 1:
        return values
    for step in steps[version - 1 :]:
        values = step(values)
    return {**values, "version": max(version, len(steps) + 1)}


def set_aside(path: Path) -> str:
    """Give the file a name that no other has, so that nothing in it is lost; return that name."""
    names = (path.with_suffix(f".broken-{number}.toml") for number in itertools.count(1))
    free = next(name for name in names if not name.exists())
    try:
        path.replace(free)
    except OSError as error:
        _LOG.info("broken preferences not set aside: %s", error)
        return path.name
    return free.name
