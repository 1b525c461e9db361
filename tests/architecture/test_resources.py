"""May the bundled photographs be given away, and do their masks fit?"""

from __future__ import annotations

import json

import numpy as np
from PIL import Image

from tests.architecture.source import ROOT

SAMPLES = ROOT / "resources" / "samples"
ENTRIES = json.loads((SAMPLES / "samples.json").read_text(encoding="utf-8"))


def test_every_sample_is_credited_under_a_free_licence() -> None:
    credits = (SAMPLES / "CREDITS.md").read_text(encoding="utf-8")
    for entry in ENTRIES:
        assert entry["title"]
        assert entry["source"]
        assert entry["licence"] in {"Public domain", "CC0-1.0", "CC-BY-3.0", "CC-BY-4.0"}
        assert entry["file"] in credits
        assert entry["credit"].split(",")[0] in credits


def test_nothing_else_lies_beside_them_and_all_is_small() -> None:
    listed = {entry[key] for entry in ENTRIES for key in ("file", "mask") if key in entry}
    files = [path for path in SAMPLES.iterdir() if path.suffix not in {".json", ".md"}]
    assert {path.name for path in files} == listed
    assert sum(path.stat().st_size for path in files) < 2_000_000


def test_masks_are_black_and_white_and_fit_their_photograph() -> None:
    masked = [entry for entry in ENTRIES if "mask" in entry]
    assert masked
    for entry in masked:
        with Image.open(SAMPLES / entry["file"]) as photo, Image.open(SAMPLES / entry["mask"]) as mask:
            assert photo.size == mask.size
            assert mask.mode == "L"
            assert np.unique(np.asarray(mask)).tolist() == [0, 255]
