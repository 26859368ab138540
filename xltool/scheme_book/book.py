"""方案工作簿：说明、各张表、词表、来源。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme_book.drop_downs import pick_names
from xltool.scheme_book.guide_sheet import guide_sheet
from xltool.scheme_book.reference_sheets import origin_sheet, word_names, word_sheet
from xltool.scheme_book.table_frame import make_frames
from xltool.scheme_book.table_sheet import table_sheet
from xltool.sheets.plan import WorkbookPlan

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme


def scheme_plan(scheme: Scheme) -> WorkbookPlan:
    """一个方案写成的工作簿。

    Raises:
        SchemeProblem: 计分办法不对，写不出评分标准。
    """
    frames = make_frames(scheme)
    version = f"{scheme.id} {scheme.version}"
    return WorkbookPlan(
        sheets=(
            guide_sheet(frames, version),
            *(table_sheet(frames, frame, version) for frame in frames.frames.values()),
            word_sheet(scheme, version),
            origin_sheet(frames, version),
        ),
        names=(*pick_names(frames), *word_names(scheme)),
        title=f"评分方案：{scheme.title}",
        subject=f"{scheme.year}年度{scheme.work}",
        company=scheme.issued_by,
        keywords=version,
    )
