"""The npm package `caniemail` in, the data that the rule `client-support` asks out.

What mail programs support is tested by caniemail.com; the package carries its data. To refresh it,
give another version: `.venv/bin/python scripts/caniemail.py 2.0.3`, or raise VERSION here. The
same version gives the same bytes.
"""

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

VERSION = "2.0.2"
ROOT = Path(__file__).parent.parent
DATA = ROOT / "newsletter" / "rules" / "clients" / "caniemail.json"
LICENCE = DATA.with_suffix(".LICENSE")

_NOTICE = """\
caniemail.json is made by scripts/caniemail.py from the npm package `caniemail` {version}
(https://www.npmjs.com/package/caniemail), whose data is that of Can I email
(https://www.caniemail.com/, https://github.com/hteumeuleu/caniemail) of {date}.

It is cut down to what is used here: of each feature its slug, its title, the day of its last test,
what the newest tested version of each mail program makes of it (y yes, n no, a in part, u unknown,
with the numbers of notes), and those notes. The words are unchanged.

The package and the data are both under the MIT License:

"""
_DATA_COPYRIGHT = (
    "Copyright (c) 2019 HTeuMeuLeu (the data, https://github.com/hteumeuleu/caniemail)"
)


def packed(version: str) -> dict[str, bytes]:
    """The files of the package, by their paths in it."""
    npm = Path(sys.executable).parent / "npm"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [str(npm), "pack", f"caniemail@{version}", "--silent"],
            cwd=folder,
            env={**os.environ, "NODE_USE_SYSTEM_CA": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
        whole = (Path(folder) / done.stdout.split()[-1]).read_bytes()
    with tarfile.open(fileobj=io.BytesIO(whole)) as tar:
        return {
            member.name.removeprefix("package/"): file.read()
            for member in tar
            if (file := tar.extractfile(member))
        }


def trimmed(raw: dict[str, Any], version: str) -> str:
    """The data, one feature a line, so that a refresh can be read as a difference."""
    names = raw["nicenames"]
    head = {
        "version": version,
        "date": raw["last_update_date"][:10],
        "families": names["family"],
        "platforms": names["platform"],
        "clients": sorted(
            {
                f"{family}.{platform}"
                for one in raw["data"]
                for family, platforms in one["stats"].items()
                for platform, versions in platforms.items()
                if versions
            }
        ),
    }
    lines = [f" {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    features = ",\n".join(
        "  " + json.dumps(_feature(one), ensure_ascii=False)
        for one in sorted(raw["data"], key=lambda one: one["slug"])
    )
    return "\n".join(["{", *lines, ' "features": [', features, " ]", "}", ""])


def _feature(one: dict[str, Any]) -> dict[str, Any]:
    support: dict[str, list[str]] = {}
    for family, platforms in one["stats"].items():
        for platform, versions in platforms.items():
            if versions:  # oldest first, as the testers write them; years and numbers are mixed
                newest = " ".join(list(versions.values())[-1].split())
                support.setdefault(newest, []).append(f"{family}.{platform}")
    used = {word[1:] for newest in support for word in newest.split() if word.startswith("#")}
    notes = {
        number: " ".join(note.split())
        for number, note in (one["notes_by_num"] or {}).items()
        if number in used
    }
    return {
        "slug": one["slug"],
        "title": " ".join(one["title"].split()),
        "tested": one["last_test_date"],
        "support": {key: " ".join(sorted(support[key])) for key in sorted(support)},
        "notes": notes,
    }


def licence(text: str, version: str, date: str) -> str:
    """The package's own licence, under what the data is and who tested it."""
    head, copyright_, rest = text.partition("Copyright")
    return (
        _NOTICE.format(version=version, date=date)
        + f"{head}{_DATA_COPYRIGHT}\n"
        + (copyright_ + rest.rstrip() + "\n")
    )


def main(version: str) -> None:
    files = packed(version)
    raw = json.loads(files["data/caniemail.json"])
    DATA.write_text(trimmed(raw, version), "utf-8")
    LICENCE.write_text(
        licence(files["LICENSE"].decode(), version, raw["last_update_date"][:10]), "utf-8"
    )
    print(f"{len(raw['data'])} features of {raw['last_update_date'][:10]}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else VERSION)
