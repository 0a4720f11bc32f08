"""Every setting, its default and its environment variable; PLUGINS names what is plugged in."""

import os
import re
from dataclasses import dataclass, fields
from pathlib import Path

ROOT = Path(__file__).parent
DEFAULT_SECRET = "change-me"  # `make serve` refuses to start with it


def _read(name: str, default: str) -> str:
    return os.environ.get(name) or default


def _second_marking(plan: str) -> str:
    if plan not in ("off", "cut", "root", "tenth"):
        raise ValueError("SECOND_MARKING is off, cut, root or tenth.")  # never by a slip
    return plan


def _scanner(url: str) -> str:
    if url and not re.fullmatch(r"tcp://[^/]+|unix:///.+", url):
        raise ValueError("SCAN_URL is tcp://host:port or unix:///path")  # never off by a slip
    return url


def _calibration(word: str) -> str:
    if word not in ("off", "on"):
        raise ValueError("CALIBRATION is off or on.")  # as above
    return word


@dataclass(frozen=True)
class Config:
    """The settings of one running hub, read from the environment by `Config.from_environment`."""

    # DATA_DIR: the folder for everything this machine keeps (database, queue, files, keys).
    data_dir: Path = ROOT / "data"
    # DATABASE_URL: sqlite:///file or postgresql+psycopg://user@host/name; empty = DATA_DIR.
    database_url: str = ""
    # QUEUE_URL: sqlite:///file or redis://host:port/n; empty = a file in DATA_DIR.
    queue_url: str = ""
    # STORE_URL: file:///folder of content-addressed files; empty = a folder in DATA_DIR.
    store_url: str = ""
    # BASE_URL: how the hub is reached from outside; printed on certificates and in QR codes.
    base_url: str = "http://127.0.0.1:8000"
    # SECRET_KEY: signs the session cookie.
    secret_key: str = DEFAULT_SECRET
    # HUB_NAME: the issuer's name on pages and certificates.
    hub_name: str = "Seedtrain Training Hub"
    # LOCALES: interface languages that are offered, first is the default.
    locales: tuple[str, ...] = ("en", "ar")
    # CURRICULUM_DIRS: folders of curriculum modules beside the plugged-in ones (path separator).
    curriculum_dirs: tuple[Path, ...] = ()
    # DEMO: "1" marks everything as demonstration: keys and PDFs say SPECIMEN.
    demo: bool = False
    # SWEEP_SECONDS: how often the worker looks for work that a crash left behind.
    sweep_seconds: float = 5.0
    # SESSION_IDLE_MINUTES: after this long without a request a session asks for the password.
    session_idle_minutes: int = 120
    # MAX_UPLOAD_BYTES: the largest request body that is read.
    max_upload_bytes: int = 4 * 1024 * 1024
    # TRUSTED_PROXIES: how many proxies of ours each request comes through, whose word on the
    # sender's address, host and scheme (X-Forwarded-…) is taken.
    trusted_proxies: int = 0
    # SECOND_MARKING: which signed marks a second person marks blind: off, or all fails and all near
    # the cut (cut), with the square root of all answers by lot, 10 at least (root), or a tenth of
    # them (tenth). A demonstration has cut.
    second_marking: str = "off"
    # CALIBRATION: on: before a marker's first live answer to a question they meet the agreed levels
    # of its calibration answers, where it has some; off: nobody must. A demonstration has on.
    calibration: str = "off"
    # SCAN_URL: clamd's socket (tcp://host:3310 or unix:///path); empty = no file is scanned.
    scan_url: str = ""
    # PLUGINS: import paths of the modules whose hooks are plugged in (comma-separated).
    plugins: tuple[str, ...] = ("modules.plugin", "certificates.plugin")

    @classmethod
    def from_environment(cls) -> "Config":
        """Read each setting from the environment variable of its name in capitals."""
        data_dir = Path(_read("DATA_DIR", str(cls.data_dir))).absolute()
        demo = _read("DEMO", "") == "1"
        folders = [p for p in _read("CURRICULUM_DIRS", "").split(os.pathsep) if p]
        return cls(
            data_dir=data_dir,
            database_url=_read("DATABASE_URL", ""),
            queue_url=_read("QUEUE_URL", ""),
            store_url=_read("STORE_URL", ""),
            base_url=_read("BASE_URL", cls.base_url).rstrip("/"),
            secret_key=_read("SECRET_KEY", cls.secret_key),
            hub_name=_read("HUB_NAME", cls.hub_name),
            locales=tuple(_read("LOCALES", ",".join(cls.locales)).split(",")),
            curriculum_dirs=tuple(Path(p) for p in folders),
            demo=demo,
            sweep_seconds=float(_read("SWEEP_SECONDS", str(cls.sweep_seconds))),
            session_idle_minutes=int(_read("SESSION_IDLE_MINUTES", str(cls.session_idle_minutes))),
            max_upload_bytes=int(_read("MAX_UPLOAD_BYTES", str(cls.max_upload_bytes))),
            trusted_proxies=int(_read("TRUSTED_PROXIES", str(cls.trusted_proxies))),
            second_marking=_second_marking(
                _read("SECOND_MARKING", "cut" if demo else cls.second_marking)
            ),
            calibration=_calibration(_read("CALIBRATION", "on" if demo else cls.calibration)),
            scan_url=_scanner(_read("SCAN_URL", "")),
            plugins=tuple(p for p in _read("PLUGINS", ",".join(cls.plugins)).split(",") if p),
        )

    def flask(self) -> dict[str, object]:
        """Return the settings as Flask wants them, places under DATA_DIR filled in."""
        settings: dict[str, object] = {f.name.upper(): getattr(self, f.name) for f in fields(self)}
        settings["DATABASE_URL"] = self.database_url or f"sqlite:///{self.data_dir}/seedtrain.db"
        settings["QUEUE_URL"] = self.queue_url or f"sqlite:///{self.data_dir}/queue.db"
        settings["STORE_URL"] = self.store_url or f"file://{self.data_dir}/store"
        settings["MAX_CONTENT_LENGTH"] = self.max_upload_bytes
        # Flask's own half a megabyte is one long essay, three bytes a letter and each escaped.
        settings["MAX_FORM_MEMORY_SIZE"] = self.max_upload_bytes
        return settings | {
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.base_url.startswith("https:"),
            "WTF_CSRF_TIME_LIMIT": None,  # a form left open over a power cut is still welcome
        }
