"""Vendored: what was taken from others, with version and licence."""

import hashlib
import json

from tests.house.source import ROOT

VENDOR = ROOT / "src/probity/show/parts/static/probity/vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))


def test_every_vendored_file_is_listed_and_unchanged() -> None:
    """A file somebody mended in place, or forgot to list, is found."""
    listed = {path: digest for package in MANIFEST["packages"] for path, digest in package["files"].items()}
    there = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert there == listed


def test_every_package_names_version_and_licence() -> None:
    """Each comes with the text of its licence."""
    for package in MANIFEST["packages"]:
        assert package["version"]
        assert package["licence"]
        assert any(path.endswith("LICENSE") for path in package["files"])
