"""Bringing: an uploaded file led through the same door as every delivery."""

import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from probity.guard.procedures.types import LeaseHeld
from probity.know.records.actions import Manner, deliver
from probity.know.sources.types import BatchLine, FileRefused, Limits
from probity.terms import Actor, Text

UNDER_WAY = Text(
    "该来源的另一份文件正在接收，请稍后再交。",
    "Another file of this source is being taken in; please bring this one a little later.",
)


def bring(upload: "UploadedFile[bytes]", *, feed: str, by: Actor, at: datetime) -> BatchLine | Text:
    """Take an uploaded file in and return its accounting, or why it was refused.

    The bytes lie in a folder of their own while they are read and nowhere afterwards.
    """
    limits = Limits(file_bytes=settings.PROBITY_LARGEST_FILE_MB << 20)
    name = Path(upload.name or "file").name
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"delivered{Path(name).suffix.lower()}"
        with place.open("wb") as target:
            for piece in upload.chunks():
                target.write(piece)
        try:
            return deliver(place, feed=feed or "auto", name=name, manner=Manner(by=by, at=at, limits=limits))
        except FileRefused as refusal:
            return refusal.reason
        except LeaseHeld:
            return UNDER_WAY
