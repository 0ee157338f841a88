"""Recognise a changed copy: fingerprints of pictures, and indexes that find them again."""

from stillmine.imaging.likeness.features import ITEM, SCAN, Settings
from stillmine.imaging.likeness.fingerprints import Fingerprint, fingerprint
from stillmine.imaging.likeness.index import LikenessIndex
from stillmine.imaging.likeness.matches import Match
from stillmine.imaging.likeness.pdq import Pdq, dihedral_pdq_of, pdq_of
from stillmine.imaging.likeness.radius_index import Hits, RadiusIndex

__all__ = [
    "ITEM",
    "SCAN",
    "Fingerprint",
    "Hits",
    "LikenessIndex",
    "Match",
    "Pdq",
    "RadiusIndex",
    "Settings",
    "dihedral_pdq_of",
    "fingerprint",
    "pdq_of",
]
