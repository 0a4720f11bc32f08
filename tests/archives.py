"""Archives of a module as somebody uploads them, sound or not."""

import io
import stat
import zipfile
from pathlib import Path

MODULE = Path(__file__).parents[1] / "modules/foundations/fnd103-bioprocess-calculations"


def module_files(code: str) -> dict[str, bytes]:
    """Return the files of a bundled module under another id."""
    files = {
        path.relative_to(MODULE).as_posix(): path.read_bytes()
        for path in MODULE.rglob("*")
        if path.is_file()
    }
    files["module.toml"] = files["module.toml"].replace(b'"FND103"', f'"{code}"'.encode(), 1)
    return files


def packed(files: dict[str, bytes], **kinds: int) -> bytes:
    """Return a ZIP of these files; `kinds` gives names a Unix file type."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (kinds.get(name, stat.S_IFREG) | 0o644) << 16
            archive.writestr(entry, data)
    return held.getvalue()
