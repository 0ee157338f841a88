"""Recognise a changed copy: fingerprints of pictures, and indexes that find them again."""

from stillmine.imaging.likeness.pdq import Pdq, dihedral_pdq_of, pdq_of
from stillmine.imaging.likeness.radius_index import Hits, RadiusIndex

__all__ = ["Hits", "Pdq", "RadiusIndex", "dihedral_pdq_of", "pdq_of"]
