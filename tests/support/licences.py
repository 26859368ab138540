"""constraints.txt 里各个包的许可，取自装好的包自己写的：make licences。"""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, metadata

from exact_bytes import pinned

_CLASSIFIER = "License :: "


def licence(package: str) -> str:
    """一个包写明的许可；没有装的、没有写的照说。"""
    try:
        told = metadata(package)
    except PackageNotFoundError:
        return "没有装"
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in told.get_all("Classifier") or ()
        if line.startswith(_CLASSIFIER)
    ]
    written = told.get("License-Expression") or "、".join(classifiers) or told.get("License") or ""
    return written.partition("\n")[0] or "没有写"


if __name__ == "__main__":
    for name, number in sorted(pinned().items()):
        sys.stdout.write(f"{name} {number}　{licence(name)}\n")
