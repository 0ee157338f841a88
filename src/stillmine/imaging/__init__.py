"""Pictures are decoded here, in a limited child process, and nowhere else."""

from stillmine.imaging.decoder import Decoder, Protections
from stillmine.imaging.inventory import DecoderInfo, decoders, recogniser
from stillmine.imaging.kinds import Kind, Look, Problem
from stillmine.imaging.likeness.samples import Likeness, Role, Sample

__all__ = [
    "Decoder",
    "DecoderInfo",
    "Kind",
    "Likeness",
    "Look",
    "Problem",
    "Protections",
    "Role",
    "Sample",
    "decoders",
    "recogniser",
]
