"""单位多的，各单位的评分表另存在旁边：照应得的再印一遍，比内容的指纹。"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from xltool.consolidated.source import in_order
from xltool.excel.consolidated_book import form_job
from xltool.excel.earlier import linked_forms
from xltool.excel.scored_forms import print_form
from xltool.messages import verify as say
from xltool.verifying.model import Difference
from xltool.workers.run import run_all
from xltool.xlsx.disk import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xltool.consolidated.source import Source
    from xltool.excel.scored_forms import Job
    from xltool.workers.pool import WorkerPool


def different_forms(
    book: Path, sources: tuple[Source, ...], lost: frozenset[str], pool: WorkerPool
) -> Iterator[Difference]:
    """不在的、与应得的不同的各份；文件不参加核对的单位（`lost`）不看。"""
    wanted = [one for one in in_order(sources) if one[1].file and one[1].unit.file not in lost]
    batches = linked_forms(book)
    jobs = [form_job(*one) for one in wanted]
    digests = run_all(pool, form_digest, jobs)
    for (_, scored), job, found in zip(wanted, jobs, digests, strict=True):
        # 印它的进程死了的，在本进程再印，不当作不同
        digest = found if isinstance(found, str) else form_digest(job)
        name = scored.file.rpartition("/")[2]
        own = [path for batch in batches if (path := batch / name).is_file()]
        if not own or any(sha256_of(path) != digest for path in own):
            yield Difference(say.FORM_DIFFERENT.finding(form=name), str(scored.number))


def form_digest(job: Job) -> str:
    """一份应得的评分表的指纹。"""
    handle = BytesIO()
    print_form(job, handle)
    return sha256(handle.getvalue()).hexdigest()
