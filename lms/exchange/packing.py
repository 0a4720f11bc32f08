"""Files packed as a ZIP: the same files give the same bytes."""

import io
import zipfile
from collections.abc import Mapping


def zipped(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP, below a folder of that name; "" puts them at its top."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for path, data in sorted(files.items()):
            name = f"{folder}/{path}" if folder else path
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return held.getvalue()
