"""写出汇总：一个工作簿；单位太多时，各单位的评分表另存到旁边的文件夹。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.source import in_order
from xltool.consolidated.sources import make_sources
from xltool.consolidated.unit_sheet import marks_of
from xltool.excel.scored_forms import Job, writing_forms
from xltool.excel.write import write_book
from xltool.workers.gc_tuning import seldom_collected
from xltool.workers.pool import WorkerPool

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.collection.model import Collection
    from xltool.consolidated.source import Source


def write_consolidated(
    collection: Collection, target: Path, pool: WorkerPool | None = None
) -> Path:
    """写出汇总，返回实际写成的文件；目标被占用时换一个名字。

    另存的各单位的表由 `pool` 的进程与汇总同时写，不给就在本进程写。汇总最后改名：写到一半停下，
    旧的汇总还在。
    """
    sources = make_sources(collection, forms_folder(target).name)
    forms = _forms(sources, target.parent)
    with writing_forms(forms, pool or WorkerPool(jobs=1)) as finish, seldom_collected():
        return write_book(consolidated_plan(sources), target, before_rename=finish)


def forms_folder(target: Path) -> Path:
    """单位太多时，各单位的评分表另存到哪个文件夹。"""
    return target.with_name(f"{target.stem}_评分表")


def _forms(sources: tuple[Source, ...], folder: Path) -> list[Job]:
    """要另存的各单位的表。"""
    outside = [scored for _, scored in in_order(sources) if scored.file and scored.unit.packed]
    for parent in {(folder / scored.file).parent for scored in outside}:
        parent.mkdir(parents=True, exist_ok=True)
    jobs = []
    for scored in outside:
        unit = scored.unit
        # 显出来的格由写的一方照结论去数，有豁免的才在这里数
        marks = marks_of(unit.notes()) if unit.waivers else None
        jobs.append(Job(unit.packed or b"", str(folder / scored.file), unit.batch, marks))
    return jobs
