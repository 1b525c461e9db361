"""Which language does the window speak?  English, as it stands in the code, or what is installed over it.

Texts of the window are marked with `tr` and `translate`; those of the core, which knows no Qt, go through
`core_text`. `python -m tests.harness.translations` collects both into resources/translations.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Literal, get_args

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from inpainting_core.api import Sentence

Language = Literal["system", "en", "zh_CN"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
FOLDER = Path(__file__).parents[1] / "resources" / "translations"
_MNEMONIC = re.compile(r"\s*\(&.\)|&(?=.)")
_LOG = logging.getLogger("lacuna")


class Translator(QObject):
    """Puts the window's language in place; widgets made from then on speak it.

    Args:
        application: Whose texts are translated.

    Signals:
        changed: Another language is spoken: what is on the screen must be made again.
    """

    changed = Signal()

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._installed: tuple[QTranslator, ...] = ()
        self._spoken = "en"

    @property
    def spoken(self) -> str:
        """The language in use: "en" or "zh_CN"."""
        return self._spoken

    def set_language(self, language: Language) -> None:
        """Speak `language`; nothing happens when it is spoken already."""
        spoken = spoken_for(language)
        if spoken == self._spoken:
            return
        self.remove()
        if spoken != "en":
            qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
            for file in (qt / f"qtbase_{spoken}.qm", FOLDER / f"lacuna_{spoken}.qm"):
                self._install(file)
            QLocale.setDefault(QLocale(spoken))  # dates and numbers, too
        self._spoken = spoken
        self.changed.emit()

    def remove(self) -> None:
        """Speak English, without announcing it."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
            translator.deleteLater()
        self._installed = ()
        self._spoken = "en"
        QLocale.setDefault(QLocale.system())

    def _install(self, file: Path) -> None:
        translator = QTranslator(self)
        if translator.load(str(file)):
            QCoreApplication.installTranslator(translator)
            self._installed = (*self._installed, translator)
        else:
            _LOG.info("no translation in %s", file)


def spoken_for(language: Language) -> str:
    """Return the language that is spoken when `language` is wished: "en" or "zh_CN"."""
    if language != "system":
        return language
    for name in QLocale.system().uiLanguages():
        locale = QLocale(name)
        if locale.language() == QLocale.Language.English:
            return "en"
        if locale.script() == QLocale.Script.SimplifiedHanScript:
            return "zh_CN"
    return "en"


def translate(context: str, text: str) -> str:
    """Return a text of the window in its language; where there is no class to say `self.tr`."""
    return QCoreApplication.translate(context, text)


def core_text(text: str) -> str:
    """Return a text of the core (a `Sentence` or a word of its catalogue) in the window's language."""
    if not isinstance(text, Sentence):
        return QCoreApplication.translate("Core", text)
    values = {
        name: core_text(value) if isinstance(value, Sentence) else value
        for name, value in text.values.items()
    }
    return QCoreApplication.translate("Core", text.template).format(**values)


def plain(text: str) -> str:
    """Return a command's name without what marks its key, in either language's manner, and without dots."""
    return _MNEMONIC.sub("", text).rstrip("\u2026")
