"""On which devices does a run work, how precisely, and how much memory has it taken?"""

from __future__ import annotations

import sys

import cv2
import torch
from lightning_fabric import Fabric

from inpainting_core.errors import InvalidRequest, OutOfMemory
from inpainting_core.training.config import MachineSettings


def fabric_for(settings: MachineSettings) -> Fabric:
    """Return a launched Fabric; with several devices this process is one of several from here on.

    Raises:
        InvalidRequest: there is no such device.
    """
    kind, _, number = settings.device.partition(":")
    if kind == "auto":
        kind = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    count = torch.cuda.device_count() if kind == "cuda" else 1
    there = kind == "cpu" or (torch.cuda if kind == "cuda" else torch.backends.mps).is_available()
    if not there or int(number or 0) >= count or (settings.devices > 1 and settings.devices > count):
        raise InvalidRequest(
            "This machine has no device {device} of the number wanted.",
            "Set machine.device to cpu, or machine.devices to {count}.",
            device=settings.device,
            count=count,
        )
    if settings.threads:
        torch.set_num_threads(settings.threads)
    cv2.setNumThreads(1)  # squares are prepared in threads of their own
    torch.set_float32_matmul_precision("high")
    torch.backends.cudnn.benchmark = True
    devices = [int(number)] if number else settings.devices
    strategy = "ddp" if settings.devices > 1 else "auto"
    fabric = Fabric(accelerator=kind, devices=devices, strategy=strategy, precision="32-true")
    fabric.launch()
    return fabric


def half_precision(precision: str, device: torch.device) -> bool:
    """Return True when the generator is to run in bf16: only on GPUs, where it is both safe and faster."""
    if precision == "auto":
        return device.type == "cuda" and torch.cuda.is_bf16_supported()
    return precision == "bf16"


def device_name(device: torch.device) -> str:
    """Return what a person calls the device."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return f"{device.type}, {torch.get_num_threads()} threads" if device.type == "cpu" else device.type


def memory_mb(device: torch.device) -> float:
    """Return the most memory taken so far, in MB: of the GPU, or of this process; 0 where nobody counts."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device) / 1e6
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415  (not there on Windows)

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def as_out_of_memory(error: BaseException) -> OutOfMemory | None:
    """Return the error for people when `error` says that memory ran out, else None."""
    words = str(error).lower()
    is_ours = isinstance(error, (MemoryError, torch.OutOfMemoryError)) or (
        isinstance(error, RuntimeError) and ("not enough memory" in words or "can't allocate memory" in words)
    )
    if not is_ours:
        return None
    return OutOfMemory(
        "There is too little memory for this training.",
        "Lower optimiser.batch (and raise optimiser.accumulate), or data.side.",
    )
