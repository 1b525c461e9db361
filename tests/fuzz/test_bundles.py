"""Does every damaged bundle give a document or a refusal, soon and in little memory?"""

from __future__ import annotations

import functools
import io
import resource
import struct
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.document import rebuilding
from app.document.bundle import peek, read_bundle, write_bundle
from app.document.document import Document
from app.document.edits import Edit, filling
from app.document.snapshot import Snapshot
from app.document.variants import Variant
from inpainting_core.api import Box, ImageReadError, Photo, Point
from tests.app.bundles import assert_same, fill, give_variants
from tests.app.pictures import draw, gradient

SECONDS = 5.0
MOST_MEGABYTES = 400
fuzz = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Changes = list[tuple[float, int]]
changes_of_bytes = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8)


@functools.cache
def sound() -> tuple[dict[str, bytes], bytes]:
    """Return the entries of a small bundle with everything in it, and its file."""
    doc = Document(Photo(gradient(60, 70), np.full((60, 70), 200, np.uint8), exif=b"MM\0*", icc=b"icc"))
    fill(doc, np.random.default_rng(5), (0, -1))
    fill(doc, np.random.default_rng(6), None)
    draw(doc, [Point(10, 10), Point(20, 30)], 12)
    give_variants(doc)
    doc.plane_of_rules()[5:9, 5:9] = 0
    with tempfile.TemporaryDirectory() as folder:
        write_bundle(Path(folder) / "seed.lacuna", Snapshot.of(doc))
        data = (Path(folder) / "seed.lacuna").read_bytes()
    with ZipFile(io.BytesIO(data)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}, data


@pytest.fixture(autouse=True)
def small_pictures_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(rebuilding, "MOST_PIXELS", 1_000_000)
    monkeypatch.setattr(rebuilding, "MOST_BYTES", 10_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < MOST_MEGABYTES * 1024


def try_to_read(path: Path, data: bytes) -> Document | None:
    """Return the document, or None when it was refused as it should be."""
    path.write_bytes(data)
    start = time.perf_counter()
    try:
        peek(path)
    except ImageReadError as error:
        assert error.message.strip()
    try:
        return read_bundle(path)
    except ImageReadError as error:
        assert error.message.strip()
        assert error.hint.strip()
        return None
    finally:
        assert time.perf_counter() - start < SECONDS


def use(doc: Document, path: Path) -> None:
    """Do with the document whatever the editor would: nothing of it may lead outside the picture."""
    for pixel in np.argwhere(doc.provenance.owner > 0)[::41]:
        trace = doc.provenance.trace(Point(*pixel.tolist()))
        whole = Box(0, 0, *doc.size)
        sources = [source.box for step in trace.steps for source in step.sources]
        assert all(box.intersect(whole) == box and not box.is_empty for box in sources)
    doc.provenance.pasted_from(Box(0, 0, 5, 5))
    doc.describe_fill()
    if doc.variants is not None:
        for variant in doc.variants.items:
            edit = doc.undo()
            again(doc, variant, edit)
    draw(doc, [Point(0, 0), Point(doc.size.h - 1, 0)], 5)
    write_bundle(path, Snapshot.of(doc))
    assert_same(doc, read_bundle(path))


def again(doc: Document, variant: Variant, edit: Edit) -> None:
    """Put a variant into the picture as the editor would; what was not masked stays."""
    before, task = doc.image.copy(), variant.task
    planes = doc.image, doc.mask, doc.provenance.owner
    doc.apply(filling(task, variant.result, planes, len(doc.provenance.fills), doc.settings))
    changed = (doc.image != before).any(axis=2)
    changed[task.box.slices] &= task.coverage == 0
    assert not changed.any()
    assert doc.history.newest is not edit


def packed(content: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as bundle:
        for name, data in content.items():
            bundle.writestr(name, data)
    return file.getvalue()


def mutated(data: bytes, changes: Changes) -> bytes:
    result = bytearray(data)
    for place, value in changes:
        if result:
            result[int(place * (len(result) - 1))] = value
    return bytes(result)


def test_the_seed_is_sound(tmp_path: Path) -> None:
    doc = try_to_read(tmp_path / "b", sound()[1])
    assert doc is not None
    use(doc, tmp_path / "again")


@fuzz
@given(data=st.binary(max_size=300))
def test_arbitrary_bytes(tmp_path: Path, data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"PK\x05\x06"):
        assert try_to_read(tmp_path / "b", start + data) is None


@fuzz
@given(changes=changes_of_bytes)
def test_mutated_files(tmp_path: Path, changes: Changes) -> None:
    doc = try_to_read(tmp_path / "b", mutated(sound()[1], changes))
    if doc is not None:
        use(doc, tmp_path / "again")


@fuzz
@given(name=st.sampled_from(sorted(sound()[0])), changes=changes_of_bytes)
def test_mutated_entries_with_right_checksums(tmp_path: Path, name: str, changes: Changes) -> None:
    """What somebody made on purpose: the zip is whole, its contents are not."""
    content = sound()[0]
    doc = try_to_read(tmp_path / "b", packed(content | {name: mutated(content[name], changes)}))
    if doc is not None:
        use(doc, tmp_path / "again")


NUMBERS = st.sampled_from(["-1", "0", "1", "3.5", "99999999999", "1e308", "NaN", "true", "null", "[]", "{}"])


@fuzz
@given(place=st.floats(0, 1), value=NUMBERS)
def test_other_values_in_the_manifest(tmp_path: Path, place: float, value: str) -> None:
    """One number or word of the manifest is another."""
    lines = sound()[0]["manifest.json"].decode().split("\n")
    values = [number for number, line in enumerate(lines) if line.rstrip(",")[-1:] not in "[]{}"]
    at = values[int(place * (len(values) - 1))]
    key, colon, _ = lines[at].rpartition(": ") if ": " in lines[at] else ("", "", "")
    lines[at] = key + colon + value + ("," if lines[at].endswith(",") else "")
    doc = try_to_read(tmp_path / "b", packed(sound()[0] | {"manifest.json": "\n".join(lines).encode()}))
    if doc is not None:
        use(doc, tmp_path / "again")


@fuzz
@given(share=st.floats(0, 0.999))
def test_truncated_files(tmp_path: Path, share: float) -> None:
    assert try_to_read(tmp_path / "b", sound()[1][: int(share * len(sound()[1]))]) is None


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = packed(sound()[0] | {"mask/0.png": bytes(1 << 28), "owner/0.npy": bytes(1 << 28)})
    assert len(bomb) < 1 << 20
    assert try_to_read(tmp_path / "b", bomb) is None


@pytest.mark.parametrize("kind", [b"IDAT", b"IHDR", b"iCCP", b"IEND"])
def test_a_chunk_that_promises_gigabytes_is_refused_unread(tmp_path: Path, kind: bytes) -> None:
    """Found above by chance: the decoder took 4 GB for a chunk of a thumbnail of 700 bytes."""
    thumbnail = sound()[0]["thumbnail.png"]
    second = 8 + 12 + 13
    promise = thumbnail[:second] + struct.pack(">I4s", 0xFC000000, kind) + thumbnail[second + 8 :]
    path = tmp_path / "b"
    path.write_bytes(packed(sound()[0] | {"thumbnail.png": promise}))
    with pytest.raises(ImageReadError):
        peek(path)
