"""各表的 XML，样式写成样式本身：两种写法可以逐字相比。"""

from __future__ import annotations

import zipfile
from io import BytesIO


def looked(book: bytes) -> dict[str, str]:
    """各表的 XML，样式序号换成样式本身：两种写法的序号次序可以不同。"""
    with zipfile.ZipFile(BytesIO(book)) as archive:
        styles = archive.read("xl/styles.xml").decode()
        entries = styles.split("<cellXfs", 1)[1].split("</cellXfs>")[0].split("<xf ")[1:]
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        texts = {name: archive.read(name).decode() for name in sheets}
    for name, text in texts.items():
        parts = text.split(' s="')
        shown = [
            f' s="{entries[int(p.split(chr(34), 1)[0])]}{p.split(chr(34), 1)[1]}' for p in parts[1:]
        ]
        texts[name] = parts[0] + "".join(shown)
    return texts
