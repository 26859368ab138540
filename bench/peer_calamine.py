"""对手：每个文件打开一次，读全部工作表，按表名接起来，写成一个工作簿。"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd


def main(folder: str, target: str) -> None:
    """合并一个文件夹。"""
    sheets: dict[str, list[pd.DataFrame]] = {}
    for path in sorted(Path(folder).glob("*.xlsx")):
        for name, frame in pd.read_excel(
            path, sheet_name=None, header=None, engine="calamine"
        ).items():
            frame.insert(0, "来源文件", path.name)
            sheets.setdefault(str(name), []).append(frame)
    with pd.ExcelWriter(target, engine="xlsxwriter") as writer:
        for name, frames in sheets.items():
            pd.concat(frames).to_excel(writer, sheet_name=name, index=False)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
