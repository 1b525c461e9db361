"""Does a document come back from its file bit for bit, or is it refused in one clear sentence?"""

from __future__ import annotations

import io
import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from app.document import rebuilding
from app.document.bundle import BundleWriter, peek, read_bundle, write_bundle
from app.document.document import Document
from app.document.provenance import End
from app.document.snapshot import Snapshot
from inpainting_core.api import ImageReadError, ImageWriteError, Photo, Point
from tests.app.bundles import assert_same, assert_same_variants, documents, fill, give_variants
from tests.app.pictures import draw, gradient

Content = dict[str, bytes]


def an_edited_document(dtype: type = np.uint8) -> Document:
    doc = Document(Photo(gradient(300, 320, dtype)), Path("/pictures/beach.jpg"))
    fill(doc, np.random.default_rng(5), (0, -1))
    draw(doc, [Point(10, 10), Point(200, 300)], 12)
    doc.plane_of_rules()[5:9, 5:9] = 0
    return doc


def contents(path: Path) -> Content:
    with ZipFile(path) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def pack(path: Path, content: Content) -> Path:
    with ZipFile(path, "w") as bundle:
        for name, data in content.items():
            bundle.writestr(name, data)
    return path


def manifest_with(content: Content, **changes: object) -> Content:
    manifest = json.loads(content["manifest.json"]) | changes
    return content | {"manifest.json": json.dumps(manifest).encode()}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doc=documents())
def test_every_document_comes_back_bit_for_bit(doc: Document, tmp_path: Path) -> None:
    path = tmp_path / "project.lacuna"
    write_bundle(path, Snapshot.of(doc))
    again = read_bundle(path)
    assert_same(doc, again)
    assert not again.history.can_undo
    write_bundle(path, Snapshot.of(again))
    assert_same(doc, read_bundle(path))


def test_traces_lead_to_the_same_places(tmp_path: Path) -> None:
    doc = an_edited_document()
    write_bundle(tmp_path / "p.lacuna", Snapshot.of(doc))
    again = read_bundle(tmp_path / "p.lacuna")
    filled = [Point(int(y), int(x)) for y, x in np.argwhere(doc.provenance.owner > 0)[::97]]
    assert filled
    assert [again.provenance.trace(pixel) for pixel in filled] == [
        doc.provenance.trace(pixel) for pixel in filled
    ]
    assert {doc.provenance.trace(pixel).end for pixel in filled} <= set(End)


def test_work_goes_on_where_it_was(tmp_path: Path) -> None:
    doc = an_edited_document()
    write_bundle(tmp_path / "p.lacuna", Snapshot.of(doc))
    again = read_bundle(tmp_path / "p.lacuna")
    assert again.is_modified
    for one in (doc, again):
        fill(one, np.random.default_rng(8), (0, -1))
    np.testing.assert_array_equal(doc.image, again.image)
    np.testing.assert_array_equal(doc.provenance.owner, again.provenance.owner)
    again.undo()
    write_bundle(tmp_path / "q.lacuna", Snapshot.of(again))
    assert len(read_bundle(tmp_path / "q.lacuna").provenance.fills) == 1


def test_other_programs_can_read_what_is_inside(tmp_path: Path) -> None:
    doc = an_edited_document(np.uint16)
    write_bundle(tmp_path / "p.lacuna", Snapshot.of(doc))
    content = contents(tmp_path / "p.lacuna")
    bands = [np.frombuffer(content[f"photograph/{number}.png"], np.uint8) for number in range(3)]
    stored = np.concatenate([cv2.imdecode(band, cv2.IMREAD_UNCHANGED) for band in bands])
    np.testing.assert_array_equal(stored[..., ::-1], gradient(300, 320, np.uint16))
    offsets = np.load(io.BytesIO(content["fills/0/offsets.npy"]), allow_pickle=False)
    field = doc.provenance.fills[0].field
    assert field is not None
    np.testing.assert_array_equal(offsets, field.offsets)


def test_the_photograph_is_encoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    doc = an_edited_document()
    writer = BundleWriter(tmp_path / "p.lacuna")
    writer.write(Snapshot.of(doc))
    monkeypatch.setattr(Snapshot, "photograph", property(lambda _self: pytest.fail("encoded again")))
    fill(doc, np.random.default_rng(9), (0, -1))
    writer.write(Snapshot.of(doc))
    assert_same(doc, read_bundle(writer.path))


def varied_document(dtype: type[np.uint8] | type[np.uint16] = np.uint8) -> Document:
    """Return a document whose newest step is a fill with three outcomes, over an older fill."""
    doc = an_edited_document(dtype)
    draw(doc, [Point(20, 20), Point(120, 90)], 31)
    give_variants(doc)
    return doc


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_the_outcomes_of_the_newest_fill_come_back(
    dtype: type[np.uint8] | type[np.uint16], tmp_path: Path
) -> None:
    doc = varied_document(dtype)
    write_bundle(tmp_path / "p.lacuna", Snapshot.of(doc))
    again = read_bundle(tmp_path / "p.lacuna")
    assert_same(doc, again)
    assert_same_variants(doc.variants, again.variants)
    assert again.variants is not None
    assert again.history.newest is again.variants.edit
    for one in (doc, again):
        one.undo()
    assert_same(doc, again)
    for one in (doc, again):
        one.redo()
    assert_same(doc, again)


def test_outcomes_are_kept_only_of_the_newest_step(tmp_path: Path) -> None:
    doc = varied_document()
    draw(doc, [Point(200, 200), Point(210, 210)], 9)
    assert Snapshot.of(doc).variants is None
    write_bundle(tmp_path / "p.lacuna", Snapshot.of(doc))
    assert read_bundle(tmp_path / "p.lacuna").variants is None
    doc.undo()
    assert Snapshot.of(doc).variants is not None


def test_as_many_outcomes_are_kept_as_fit() -> None:
    variants = varied_document().variants
    assert variants is not None
    each = variants.items[0].nbytes
    assert len({item.nbytes for item in variants.items}) == 1
    assert variants.within(each - 1) is None
    for room, numbers in ((1, [1]), (2, [0, 1]), (3, [0, 1, 2])):
        kept = variants.within(room * each)
        assert kept is not None
        assert kept.items == tuple(variants.items[number] for number in numbers)
        assert kept.items[kept.shown] is variants.items[1]


def other_variants(**parts: object) -> Callable[[Content], Content]:
    """Say something else of the variants in the manifest."""

    def change(content: Content) -> Content:
        said = json.loads(content["manifest.json"])["variants"]
        return manifest_with(content, variants=said | parts)

    return change


def flipped(name: str, place: tuple[int, ...], value: object) -> Callable[[Content], Content]:
    """Change one value of an array."""

    def change(content: Content) -> Content:
        values = np.load(io.BytesIO(content[name])).copy()
        values[place] = value
        return content | {name: array(values, values.dtype.str)}

    return change


@pytest.mark.parametrize(
    "change",
    [
        other_variants(shown=3),
        other_variants(box=[-5, 0, 10, 10]),
        other_variants(box=[0, 0, 5, 5]),
        other_variants(items=[]),
        flipped("variants/0/0/filled.npy", (0, 0), True),
        flipped("variants/flips/0.npy", (0, 0), 1),
        flipped("variants/flips/0.npy", (50, 40), 1 << 20),
        flipped("variants/2/0/offsets.npy", (50, 40, 0), 20_000),
        flipped("variants/2/0/energy.npy", (0, 0), 1.5),
        lambda content: {name: data for name, data in content.items() if name != "variants/1/0/pixels.png"},
        lambda content: content | {"variants/0/0/pixels.png": content["thumbnail.png"]},
        lambda content: content | {"owner/0.npy": array(np.zeros((256, 256)), "<i4")},
    ],
)
def test_outcomes_that_contradict_the_picture_are_refused(
    change: Callable[[Content], Content], tmp_path: Path
) -> None:
    path = tmp_path / "p.lacuna"
    write_bundle(path, Snapshot.of(varied_document()))
    pack(path, change(contents(path)))
    with pytest.raises(ImageReadError, match="damaged"):
        read_bundle(path)


def test_outcomes_of_an_unknown_engine_are_left_out(tmp_path: Path) -> None:
    path, doc = tmp_path / "p.lacuna", varied_document()
    write_bundle(path, Snapshot.of(doc))
    content = contents(path)
    said = json.loads(content["manifest.json"])["variants"]
    said["items"][0]["engine"] = "of tomorrow"
    pack(path, manifest_with(content, variants=said))
    again = read_bundle(path)
    assert again.variants is None
    assert not again.history.can_undo
    assert_same(doc, again)


def test_another_document_or_a_lost_bundle_is_written_whole(tmp_path: Path) -> None:
    writer, doc = BundleWriter(tmp_path / "p.lacuna"), an_edited_document()
    writer.write(Snapshot.of(doc))
    other = Document(Photo(gradient(20, 30)[::-1].copy()))
    writer.write(Snapshot.of(other))
    assert_same(other, read_bundle(writer.path))
    writer.path.write_bytes(b"nothing")
    writer.write(Snapshot.of(other))
    assert_same(other, read_bundle(writer.path))


def test_a_snapshot_does_not_change_with_its_document() -> None:
    doc = an_edited_document()
    snapshot = Snapshot.of(doc).detached()
    before = [plane.copy() for plane in (snapshot.photograph, snapshot.photo.pixels)]
    kept = {name: {box: tile.copy() for box, tile in getattr(snapshot, name).items()} for name in TILED}
    fill(doc, np.random.default_rng(6), None)
    draw(doc, [Point(0, 0), Point(290, 10)], 30)
    for was, now in zip(before, (snapshot.photograph, snapshot.photo.pixels), strict=True):
        np.testing.assert_array_equal(was, now)
    for name in TILED:
        for box, tile in getattr(snapshot, name).items():
            np.testing.assert_array_equal(tile, kept[name][box])


TILED = ("mask", "rules", "owner", "original")


def test_a_glimpse_shows_name_time_and_a_small_picture(tmp_path: Path) -> None:
    doc = an_edited_document()
    write_bundle(tmp_path / "p.lacuna", Snapshot.of(doc))
    glimpse = peek(tmp_path / "p.lacuna")
    assert glimpse.name == "beach.jpg"
    assert glimpse.written == pytest.approx((tmp_path / "p.lacuna").stat().st_mtime, abs=5)
    small = cv2.imdecode(np.frombuffer(glimpse.thumbnail, np.uint8), cv2.IMREAD_COLOR)[..., ::-1]
    assert small.shape == (300, 320, 3)
    np.testing.assert_array_equal(small, doc.image)


def test_a_failed_write_leaves_the_old_bundle(tmp_path: Path) -> None:
    doc = an_edited_document()
    with pytest.raises(ImageWriteError):
        write_bundle(tmp_path / "no folder" / "p.lacuna", Snapshot.of(doc))


def damaged(change: Callable[[Content], Content]) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        pack(path, change(contents(path)))

    return spoil


def without(name: str) -> Callable[[Path], None]:
    return damaged(lambda content: {key: data for key, data in content.items() if key != name})


def lying_png(name: str, height: int, width: int) -> Callable[[Path], None]:
    """Say that an entry is huge: it must be refused by what it says, before it is unpacked."""

    def change(content: Content) -> Content:
        data = content[name]
        header = b"IHDR" + struct.pack(">II", width, height) + data[24:29]
        return content | {name: data[:12] + header + struct.pack(">I", zlib.crc32(header)) + data[33:]}

    return damaged(change)


def array(value: object, dtype: str) -> bytes:
    file = io.BytesIO()
    np.save(file, np.asarray(value, dtype), allow_pickle=True)
    return file.getvalue()


DAMAGES: dict[str, Callable[[Path], None]] = {
    "no zip": lambda path: path.write_bytes(b"words"),
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-200]),
    "no manifest": without("manifest.json"),
    "no photograph": without("photograph/2.png"),
    "no owner": without("owner/0.npy"),
    "no JSON": damaged(lambda content: content | {"manifest.json": b"{"}),
    "newer": damaged(lambda content: manifest_with(content, version=2)),
    "other format": damaged(lambda content: manifest_with(content, format="zip")),
    "huge": damaged(lambda content: manifest_with(content, size=[32767, 32767])),
    "too long": damaged(lambda content: manifest_with(content, size=[1, 40000])),
    "size as text": damaged(lambda content: manifest_with(content, size=["300", 320])),
    "size as fraction": damaged(lambda content: manifest_with(content, size=[300.5, 320])),
    "other size": damaged(lambda content: manifest_with(content, size=[300, 321])),
    "other depth": damaged(lambda content: manifest_with(content, depth=16)),
    "tile beside the grid": damaged(lambda content: manifest_with(content, changed=[[1, 0, 256, 256]])),
    "tile outside": damaged(lambda content: manifest_with(content, mask=[[512, 0, 256, 256]])),
    "tile twice": damaged(lambda content: manifest_with(content, mask=[[0, 0, 256, 256]] * 2)),
    "no fills": damaged(lambda content: manifest_with(content, fills=[])),
    "leads outside": damaged(lambda content: content | {"../../evil": b"x"}),
    "absolute": damaged(lambda content: content | {"/etc/evil": b"x"}),
    "other drive": damaged(lambda content: content | {"C:\\evil": b"x"}),
    "lying PNG": lying_png("photograph/0.png", 30000, 30000),
    "lying tile": lying_png("changed/0.png", 30000, 30000),
    "grey photograph": damaged(lambda content: content | {"photograph/0.png": content["mask/0.png"]}),
    "owner of another type": damaged(
        lambda content: content | {"owner/0.npy": array(np.zeros((256, 256)), "<f8")}
    ),
    "owner unknown": damaged(lambda content: content | {"owner/0.npy": array(np.full((256, 256), 9), "<i4")}),
    "owner below 0": damaged(
        lambda content: content | {"owner/0.npy": array(np.full((256, 256), -1), "<i4")}
    ),
    "owner with code in it": damaged(
        lambda content: content | {"owner/0.npy": array([Path("x")] * 3, "object")}
    ),
}


@pytest.mark.parametrize("spoil", DAMAGES.values(), ids=DAMAGES.keys())
def test_what_is_wrong_is_refused_in_a_clear_sentence(spoil: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "p.lacuna"
    write_bundle(path, Snapshot.of(an_edited_document()))
    spoil(path)
    with pytest.raises(ImageReadError) as failure:
        read_bundle(path)
    assert "p.lacuna" in failure.value.message
    assert failure.value.hint.endswith(".")
    assert "newer" not in failure.value.message or contents(path)["manifest.json"].count(b'"version": 2')
    assert [entry.name for entry in tmp_path.iterdir()] == ["p.lacuna"]


def test_sources_outside_the_picture_are_refused(tmp_path: Path) -> None:
    path, doc = tmp_path / "p.lacuna", an_edited_document()
    write_bundle(path, Snapshot.of(doc))
    field = doc.provenance.fills[0].field
    assert field is not None
    offsets = field.offsets.copy()
    offsets[tuple(np.argwhere(field.hole)[0])] = 30_000
    pack(path, contents(path) | {"fills/0/offsets.npy": array(offsets, "<i2")})
    with pytest.raises(ImageReadError):
        read_bundle(path)


def test_fields_that_unpack_to_more_than_memory_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.lacuna"
    write_bundle(path, Snapshot.of(an_edited_document()))
    monkeypatch.setattr(rebuilding, "MOST_BYTES", 1000)
    with pytest.raises(ImageReadError, match="too large"):
        read_bundle(path)


def test_what_a_later_version_adds_is_ignored_and_unknown_engines_give_way(tmp_path: Path) -> None:
    path, doc = tmp_path / "p.lacuna", an_edited_document()
    write_bundle(path, Snapshot.of(doc))
    content = contents(path)
    chosen = json.loads(content["manifest.json"])["settings"] | {"engine": "of tomorrow", "more": 1}
    pack(path, manifest_with(content, settings=chosen, more={}) | {"more.bin": b"?"})
    assert_same(doc, read_bundle(path))


@pytest.mark.parametrize("name", ["missing.lacuna", "."])
def test_a_path_without_a_file_is_explained(name: str, tmp_path: Path) -> None:
    with pytest.raises(ImageReadError):
        read_bundle(tmp_path / name)
