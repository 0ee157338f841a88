"""Recognise a changed copy: fingerprints of pictures, and indexes that find them again.

Everything is loaded when it is first asked for: `Sample` and `Likeness` only carry bytes, and
whoever moves them about needs no picture library, which is large and not on every computer.
"""

import importlib
import typing

if typing.TYPE_CHECKING:
    from stillmine.imaging.likeness.features import GLANCE, ITEM, SCAN, Settings
    from stillmine.imaging.likeness.fingerprints import Fingerprint, fingerprint
    from stillmine.imaging.likeness.folder import (
        FolderIndex,
        Looked,
        copies_in,
        find_copies,
        index_folder,
        look_for,
    )
    from stillmine.imaging.likeness.index import LikenessIndex
    from stillmine.imaging.likeness.matches import Match
    from stillmine.imaging.likeness.pdq import Pdq, dihedral_pdq_of, pdq_of
    from stillmine.imaging.likeness.radius_index import Hits, RadiusIndex
    from stillmine.imaging.likeness.samples import Likeness, Role, Sample

__all__ = [
    "GLANCE",
    "ITEM",
    "SCAN",
    "Fingerprint",
    "FolderIndex",
    "Hits",
    "Likeness",
    "LikenessIndex",
    "Looked",
    "Match",
    "Pdq",
    "RadiusIndex",
    "Role",
    "Sample",
    "Settings",
    "copies_in",
    "dihedral_pdq_of",
    "find_copies",
    "fingerprint",
    "index_folder",
    "look_for",
    "pdq_of",
]

_HOMES = {
    "GLANCE": "features",
    "ITEM": "features",
    "SCAN": "features",
    "Fingerprint": "fingerprints",
    "FolderIndex": "folder",
    "Hits": "radius_index",
    "Likeness": "samples",
    "LikenessIndex": "index",
    "Looked": "folder",
    "Match": "matches",
    "Pdq": "pdq",
    "RadiusIndex": "radius_index",
    "Role": "samples",
    "Sample": "samples",
    "Settings": "features",
    "copies_in": "folder",
    "dihedral_pdq_of": "pdq",
    "find_copies": "folder",
    "fingerprint": "fingerprints",
    "index_folder": "folder",
    "look_for": "folder",
    "pdq_of": "pdq",
}


def __getattr__(name: str) -> typing.Any:
    """Load the module that a public name lives in."""
    if name not in _HOMES:
        raise AttributeError(name)
    found = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
