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
    Pin,
)
from inpainting_core.engines.forecast import Forecast
from inpainting_core.engines.readiness import Readiness, readiness
from inpainting_core.errors import (
    Cancelled,
    ImageReadError,
    ImageWriteError,
    InpaintingError,
    InvalidRequest,
    NothingKnown,
    OutOfMemory,
)
from inpainting_core.evaluation.compare import ComparisonFolders, compare
from inpainting_core.evaluation.contestants import Contestant, contestants
from inpainting_core.evaluation.protocols import ComparisonSettings
from inpainting_core.evaluation.report import Comparison
from inpainting_core.fields.arrows import arrows
from inpainting_core.fields.certainty import WeakSpot, confidence, weak_spots
from inpainting_core.fields.density import repetitions, source_density
from inpainting_core.fields.field import CorrespondenceField, FieldKind, HeatMap, Source
from inpainting_core.fields.files import write_fields
from inpainting_core.fields.pictures import write_field_picture
from inpainting_core.fields.pieces import coherent_piece
from inpainting_core.fields.query import sources_at
from inpainting_core.fields.render import PALETTES, Palette, Rgba, longest_offset, render_field, render_wheel
from inpainting_core.fields.reverse import SourceIndex
from inpainting_core.fields.shades import (
    SHADES,
    ColourBar,
    Shades,
    Tick,
    confidence_bar,
    density_bar,
    render_confidence,
    render_density,
)
from inpainting_core.imaging.arrays import Alpha, Coverage, Mask, Pixels, Weights, freeze
from inpainting_core.imaging.atomic import replacing
from inpainting_core.imaging.geometry import Box, Point, Size
from inpainting_core.imaging.mask_files import read_coverage, read_mask, read_weights, write_mask
from inpainting_core.imaging.outside import OutsideReport, compare_outside
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
from inpainting_core.sentences import Sentence
from inpainting_core.session import Session

__all__ = [
    "Alpha",
    "Box",
    "Brushwork",
    "CancelToken",
    "Cancelled",
    "ColourBar",
    "Comparison",
    "ComparisonFolders",
    "ComparisonSettings",
    "Contestant",
    "CorrespondenceField",
    "Coverage",
    "ENGINES",
    "Encoding",
    "EngineInfo",
    "FieldKind",
    "FillRequest",
    "FillResult",
    "FilledRegion",
    "Forecast",
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
    "OutsideReport",
    "PALETTES",
    "Palette",
    "Photo",
    "Pin",
    "Pixels",
    "Point",
    "Preview",
    "Progress",
    "Readiness",
    "Region",
    "RegionMode",
    "Report",
    "Rgba",
    "SHADES",
    "Sentence",
    "Session",
    "Shades",
    "Size",
    "Source",
    "SourceIndex",
    "Tick",
    "WeakSpot",
    "Weights",
    "arrows",
    "blob_hole",
    "capsule",
    "check_writable",
    "coherent_piece",
    "combine",
    "compare",
    "compare_outside",
    "confidence",
    "confidence_bar",
    "contestants",
    "density_bar",
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
    "read_coverage",
    "read_image",
    "read_mask",
    "read_weights",
    "readiness",
    "rectangle",
    "render_confidence",
    "render_density",
    "render_field",
    "render_wheel",
    "repetitions",
    "replacing",
    "reshaped",
    "shrink",
    "similar",
    "source_density",
    "sources_at",
    "square_hole",
    "tight_box",
    "weak_spots",
    "write_field_picture",
    "write_fields",
    "write_image",
    "write_mask",
]
