"""Which documents are bundled in tests, and when are two of them the same?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from app.document.document import Document
from app.document.edits import Edit, Filled, filling
from app.document.painting import RestoreStroke, RulesStroke
from app.document.patches import Patch
from app.document.settings import AREA_KINDS, FillSettings, SourceArea
from app.document.variants import Variant, Variants
from inpainting_core.api import (
    ENGINES,
    Box,
    Encoding,
    FilledRegion,
    FillResult,
    HeatMap,
    MaskShape,
    Nib,
    Photo,
    Pin,
    Point,
    ellipse,
)
from tests.app.pictures import draw, task_of
from tests.harness.fake_filler import planted_region

STEPS = ("paint", "erase", "fill", "computed fill", "rules", "restore", "undo", "clear", "settings")


@st.composite
def documents(draw_value: st.DrawFn) -> Document:
    """Return a document in which up to eight things were done."""
    height, width = draw_value(st.integers(1, 300)), draw_value(st.integers(2, 300))
    seed, steps = draw_value(st.integers(0, 2**31)), draw_value(st.lists(st.sampled_from(STEPS), max_size=8))
    rng = np.random.default_rng(seed)
    path = Path("/pictures/caf\u00e9.jpg") if rng.random() < 0.5 else None
    doc = Document(_photo(rng, height, width), path)
    for step in steps:
        _do(step, doc, rng)
    if rng.random() < 0.3:
        doc.mark_saved(doc.history.picture_version, Path("/pictures/saved.png"))
    return doc


def _photo(rng: np.random.Generator, height: int, width: int) -> Photo:
    dtype = rng.choice([np.uint8, np.uint16])
    top = int(np.iinfo(dtype).max) + 1
    tables = tuple(tuple(rng.integers(1, 256, 64).tolist()) for _ in range(2))
    jpeg = Encoding("JPEG", {"qtables": tables, "subsampling": 2, "progressive": True})
    return Photo(
        rng.integers(0, top, (height, width, 3), dtype),
        rng.integers(0, top, (height, width), dtype) if rng.random() < 0.5 else None,
        icc=rng.bytes(40) if rng.random() < 0.5 else None,
        exif=rng.bytes(60) if rng.random() < 0.5 else None,
        xmp=b"<x/>" if rng.random() < 0.5 else None,
        iptc=rng.bytes(9) if rng.random() < 0.5 else None,
        dpi=(72.0, 96.5) if rng.random() < 0.5 else None,
        is_grey=bool(rng.random() < 0.5),
        encoding=[None, jpeg, Encoding("TIFF", {"compression": 1}), Encoding("WebP", {"lossless": True})][
            rng.integers(4)
        ],
        notes=("The file holds several pictures; the first one was read.",) if rng.random() < 0.3 else (),
    )


def _do(step: str, doc: Document, rng: np.random.Generator) -> None:  # noqa: PLR0912
    here = Point(int(rng.integers(doc.size.h)), int(rng.integers(doc.size.w)))
    there = Point(int(rng.integers(doc.size.h)), int(rng.integers(doc.size.w)))
    if step in ("paint", "erase"):
        draw(doc, [here, there], int(rng.integers(1, 40)), paints=step == "paint")
    elif step in ("fill", "computed fill"):
        fill(doc, rng, (0, -1) if step == "fill" else None)
    elif step in ("rules", "restore"):
        stroke = RulesStroke(doc, "never", 0) if step == "rules" else RestoreStroke(doc)
        stroke.draw(here, there, Nib(20))
        if (edit := stroke.finish()) is not None:
            doc.remember(edit)
    elif step == "undo" and doc.history.can_undo:
        doc.undo()
    elif step == "clear" and doc.has_mask:
        doc.remember_mask()
        whole = Box(0, 0, *doc.size)
        doc.apply(Edit("clear", mask=(Patch.of(whole, doc.mask.copy()),)))
    elif step == "settings":
        doc.apply(Edit("option", settings=(doc.settings, some_settings(rng, here, there))))


def some_settings(rng: np.random.Generator, here: Point, there: Point) -> FillSettings:
    fresh = FillSettings(ENGINES[rng.integers(len(ENGINES))].id)
    for option in fresh.engine.options[:1]:
        value = option.choices[-1] if option.kind == "choice" else int(option.low)
        fresh = fresh.with_option(option.key, value)
    return replace(
        fresh,
        seed=int(rng.integers(2**31)),
        mask_shape=MaskShape(int(rng.integers(-9, 9)), 2, 3, 4),
        area=SourceArea(AREA_KINDS[rng.integers(len(AREA_KINDS))], int(rng.integers(1, 500))),
        pins=(Pin(here, there, int(rng.integers(1, 60))),),
    )


def fill(doc: Document, rng: np.random.Generator, offset: tuple[int, int] | None) -> None:
    """Fill an ellipse, copied or computed, as the editor does."""
    bottom, right = int(rng.integers(1, doc.size.h + 1)), int(rng.integers(1, doc.size.w + 1))
    region = ellipse(doc.size, Point(0, 0), Point(bottom - 1, right - 1))
    mask = np.zeros(doc.size, np.bool_)
    mask[region.box.slices] = region.coverage > 0
    if not mask.any():
        return
    planted = planted_region(doc.image, mask, offset, int(rng.integers(200)))
    box = planted.box
    values = rng.random((box.height, box.width), np.float32)
    values[0, 0] = np.nan
    energy = HeatMap(Point(box.top, box.left), (1.0, 1.0), values, "How badly", "worst")
    maps = {"energy": energy} if offset else {}
    done = FilledRegion(box, planted.mask, planted.pixels, planted.field, maps)
    result = FillResult(1, "patchmatch" if offset else "telea", (done,), {"total": 0.0})
    planes = doc.image, doc.mask, doc.provenance.owner
    doc.remember_mask()
    doc.apply(filling(task_of(doc, mask), result, planes, len(doc.provenance.fills), doc.settings))


def give_variants(doc: Document) -> None:
    """Fill the mask, copied, with three outcomes; the second is in the picture."""
    task = doc.fill_task()
    task = replace(task, image=np.broadcast_to(np.zeros((), doc.image.dtype), doc.image.shape))
    hole = doc.hole
    items = []
    for seed, offset in enumerate(((0, -1), (-1, 0), (0, -2))):
        planted = planted_region(doc.image, hole, offset)
        values = np.full((planted.box.height, planted.box.width), seed / 3, np.float32)
        energy = HeatMap(Point(planted.box.top, planted.box.left), (1.0, 1.0), values, "How badly", "worst")
        done = replace(planted, maps={"energy": energy})
        settings = replace(task.settings, seed=seed)
        result = FillResult(task.id, "patchmatch", (done,), {"total": 0.5 + seed})
        items.append(Variant(replace(task, settings=settings, id=task.next_id()), result))
    doc.remember_mask()
    planes = doc.image, doc.mask, doc.provenance.owner
    edit = filling(items[1].task, items[1].result, planes, len(doc.provenance.fills), doc.settings)
    doc.apply(edit)
    doc.variants = Variants(edit, tuple(items), 1)


def assert_same_variants(one: Variants | None, other: Variants | None) -> None:
    """Fail unless they show and offer the same, to the last bit."""
    assert (one is None) == (other is None)
    if one is None or other is None:
        return
    assert (one.shown, one.edit.name) == (other.shown, other.edit.name)
    for kind in ("mask", "image", "owner"):
        for mine, yours in zip(getattr(one.edit, kind), getattr(other.edit, kind), strict=True):
            assert mine.box == yours.box
            np.testing.assert_array_equal(mine.flips, yours.flips)
    for mine, yours in zip(one.items, other.items, strict=True):
        assert (mine.task.box, mine.task.is_refill) == (yours.task.box, yours.task.is_refill)
        assert mine.task.settings == yours.task.settings
        np.testing.assert_array_equal(mine.task.coverage, yours.task.coverage)
        np.testing.assert_array_equal(mine.task.painted, yours.task.painted)
        assert mine.result.engine_id == yours.result.engine_id
        assert mine.result.seconds == yours.result.seconds
        for here, there in zip(mine.result.regions, yours.result.regions, strict=True):
            np.testing.assert_array_equal(here.mask, there.mask)
            np.testing.assert_array_equal(here.pixels, there.pixels)
            _assert_same_fill(
                Filled.of(here, mine.result.engine_id), Filled.of(there, yours.result.engine_id)
            )


def assert_same(one: Document, other: Document) -> None:
    """Fail unless all but the history is the same, bit for bit."""
    whole = Box(0, 0, *one.size)
    pairs = {
        "image": (one.image, other.image),
        "alpha": (one.photo.alpha, other.photo.alpha),
        "mask": (one.mask, other.mask),
        "rules": (one.rules, other.rules),
        "owner": (one.provenance.owner, other.provenance.owner),
        "original": (one.original.read(one.image, whole), other.original.read(other.image, whole)),
    }
    for name, (mine, yours) in pairs.items():
        assert (mine is None) == (yours is None), name
        if mine is not None and yours is not None:
            assert mine.dtype == yours.dtype, name
            np.testing.assert_array_equal(mine, yours, err_msg=name)
    assert _shown(one) == _shown(other)
    plain = np.zeros((1, 1, 3), np.uint8)
    assert replace(one.photo, pixels=plain, alpha=None) == replace(other.photo, pixels=plain, alpha=None)
    for name in ("path", "project", "is_modified", "mask_area", "settings", "mask_box"):
        assert getattr(one, name) == getattr(other, name), name
    assert one.original.is_changed == other.original.is_changed
    assert (one.last_mask is None) == (other.last_mask is None)
    if one.last_mask is not None and other.last_mask is not None:
        assert one.last_mask.box == other.last_mask.box
        np.testing.assert_array_equal(one.last_mask.flips, other.last_mask.flips)
    assert len(one.provenance.fills) == len(other.provenance.fills)
    for mine, yours in zip(one.provenance.fills, other.provenance.fills, strict=True):
        _assert_same_fill(mine, yours)


def _shown(doc: Document) -> list[bytes]:
    """Return what is drawn, at every level, now and before."""
    drawn = []
    for levels in (doc.shown, doc.shown_mask, doc.shown_alpha, doc.shown_rules):
        for level in range(len(levels.arrays) if levels is not None else 0):
            drawn.append(levels.read(level, Box(0, 0, *levels.size_of(level))).tobytes())
    for level in range(len(doc.shown.arrays)):
        drawn.append(doc.original.block(level, Box(0, 0, *doc.shown.size_of(level))).tobytes())
    return drawn


def _assert_same_fill(one: Filled, other: Filled) -> None:
    assert (one.box, one.engine_id, one.why_no_field) == (other.box, other.engine_id, other.why_no_field)
    for mine, yours in ((one.field, other.field), (one.energy, other.energy)):
        assert (mine is None) == (yours is None)
        if mine is None or yours is None:
            continue
        for name, value in vars(mine).items():
            if isinstance(value, np.ndarray):
                assert value.dtype == getattr(yours, name).dtype
                np.testing.assert_array_equal(value, getattr(yours, name), err_msg=name)
            else:
                assert value == getattr(yours, name), name
