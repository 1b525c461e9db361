"""What may the outside use?  The only module of the core that the editor and the scripts import."""

from __future__ import annotations

from inpainting_core.engines.catalog import ENGINES, engine_info
from inpainting_core.engines.contract import (
    EngineInfo,
    FilledRegion,
    FillRequest,
    FillResult,
    OptionSpec,
    OptionValue,
)
from inpainting_core.errors import (
    Cancelled,
    ImageReadError,
    ImageWriteError,
    InpaintingError,
    InvalidRequest,
    NothingKnown,
    OutOfMemory,
)
from inpainting_core.fields.field import CorrespondenceField, FieldKind, HeatMap, Source
from inpainting_core.fields.files import write_fields
from inpainting_core.fields.query import sources_at
from inpainting_core.fields.render import PALETTES, Palette, Rgba, longest_offset, render_field, render_wheel
from inpainting_core.imaging.arrays import Alpha, Coverage, Mask, Pixels, Weights, freeze
from inpainting_core.imaging.geometry import Box, Point, Size
from inpainting_core.imaging.mask_files import read_mask, read_weights
from inpainting_core.imaging.photo import Encoding, Photo, narrowed
from inpainting_core.imaging.reading import read_image
from inpainting_core.imaging.writing import check_writable, write_image
from inpainting_core.masks.brushwork import Brushwork, Nib, reach
from inpainting_core.masks.objects import ObjectSelector
from inpainting_core.masks.region import Region, RegionMode, combine, hole_of, inverted
from inpainting_core.masks.reshape import MaskShape, reshaped
from inpainting_core.masks.sampling import blob_hole, irregular_hole, square_hole
from inpainting_core.masks.shape import grow, shrink, tight_box
from inpainting_core.masks.shapes import ellipse, polygon, rectangle
from inpainting_core.masks.strokes import capsule
from inpainting_core.masks.wand import similar
from inpainting_core.progress import CancelToken, Preview, Progress, Report
from inpainting_core.session import Session

__all__ = [
    "Alpha",
    "Box",
    "Brushwork",
    "CancelToken",
    "Cancelled",
    "CorrespondenceField",
    "Coverage",
    "ENGINES",
    "Encoding",
    "EngineInfo",
    "FieldKind",
    "FillRequest",
    "FillResult",
    "FilledRegion",
    "HeatMap",
    "ImageReadError",
    "ImageWriteError",
    "InpaintingError",
    "InvalidRequest",
    "Mask",
    "MaskShape",
    "Nib",
    "NothingKnown",
    "ObjectSelector",
    "OptionSpec",
    "OptionValue",
    "OutOfMemory",
    "PALETTES",
    "Palette",
    "Photo",
    "Pixels",
    "Point",
    "Preview",
    "Progress",
    "Region",
    "RegionMode",
    "Report",
    "Rgba",
    "Session",
    "Size",
    "Source",
    "Weights",
    "blob_hole",
    "capsule",
    "check_writable",
    "combine",
    "ellipse",
    "engine_info",
    "freeze",
    "grow",
    "hole_of",
    "inverted",
    "irregular_hole",
    "longest_offset",
    "narrowed",
    "polygon",
    "reach",
    "read_image",
    "read_mask",
    "read_weights",
    "rectangle",
    "render_field",
    "render_wheel",
    "reshaped",
    "shrink",
    "similar",
    "sources_at",
    "square_hole",
    "tight_box",
    "write_fields",
    "write_image",
]
