"""把工作簿的计划变成文件：字节只由计划决定，核对无误才交出。"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from xltool.excel.atomic import atomic_save
from xltool.excel.check import check_output
from xltool.excel.skeleton import empty_skeleton

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xltool.excel.expected import ExpectedBook
    from xltool.sheets.plan import WorkbookPlan
    from xltool.workers.run import Progress


def write_book(
    plan: WorkbookPlan,
    target: Path,
    *,
    with_results: bool = True,
) -> Path:
    """写成文件，返回真正保存的位置。

    `with_results` 为假时公式不带结果，供重新计算的测试使用。

    Raises:
        UnwritableError: 计划里有 Excel 装不下的东西。
        OutputNotAsPlannedError: 写出的文件与计划不符。
    """

    def write(handle: BinaryIO) -> None:
        check_output(handle, stream_book(plan, handle, with_results=with_results))

    return atomic_save(target, write)


def render_book(plan: WorkbookPlan, *, with_results: bool = True) -> bytes:
    """写在内存里；用于小的工作簿。"""
    buffer = BytesIO()
    check_output(buffer, stream_book(plan, buffer, with_results=with_results))
    return buffer.getvalue()


def stream_book(
    plan: WorkbookPlan,
    handle: BinaryIO,
    *,
    with_results: bool = True,
    generation: Callable[[], str] = str,
    progress: Progress | None = None,
) -> ExpectedBook:
    """边走格边写，不核对；返回应有的公式和链接。`generation`、`progress` 见 Skeleton.pour。"""
    cells = {sheet.name: sheet.cells for sheet in plan.sheets}
    return empty_skeleton(plan).pour(
        cells, handle, with_results=with_results, generation=generation, progress=progress
    )
