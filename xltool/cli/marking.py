"""check --marked：把有问题的各份标注好，存进文件夹。"""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from operator import methodcaller
from typing import TYPE_CHECKING, Final

from xltool.assessment.noted import Noted
from xltool.cli.exits import Failure, refuse_several
from xltool.excel.atomic import atomic_save
from xltool.finding import Finding
from xltool.marking.annotate import Job
from xltool.marking.isolated import Annotator
from xltool.marking.live_words import live_words
from xltool.messages import marking as say
from xltool.values.masking import masked
from xltool.xlsx.disk import file_bytes
from xltool.xlsx.limits import Limits
from xltool.xlsx.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from xltool.cli.submissions import Examined
    from xltool.season.letter import Letter

    Pair = tuple[Path, Examined]

SUFFIX: Final = "_退回修改"
_LONGEST: Final = 200  # 字节，连同后缀不超过文件名的上限


@dataclass(frozen=True, slots=True)
class Marked:
    """一份的结果：存到了哪里，或者为什么没有存。"""

    file: str
    target: Path
    saved: Path | None
    problem: Finding | None = None

    @property
    def renamed(self) -> bool:
        """目标被占用，写在了另一个名字下。"""
        return self.saved is not None and self.saved != self.target

    @property
    def document(self) -> Mapping[str, object]:
        """这一份在 JSON 里的样子。"""
        reason = masked(self.problem.message) if self.problem else ""
        output = str(self.saved) if self.saved else None
        return {"file": self.file, "output": output, "reason": reason}


def mark_all(pairs: Sequence[Pair], folder: Path, letter: Letter, *, force: bool) -> list[Marked]:
    """读得懂而有问题的各份，标注好存进文件夹；`letter` 是谁退回、找谁。

    Raises:
        Failure: 目标已存在，或两份会同名；一份也没有写。
    """
    wanted = [(path, item) for path, item in pairs if item.report and item.findings]
    targets = [folder / _name(path) for path, _ in wanted]
    _spare((path for path, _ in pairs), targets)
    apart = "分两次，标注到不同的文件夹。"
    refuse_several(targets, "两份标注后", apart, "换一个文件夹", force=force)
    folder.mkdir(parents=True, exist_ok=True)
    marked = []
    with Annotator() as annotator:
        for (path, item), target in zip(wanted, targets, strict=True):
            job = _job(path, item, letter)
            result = annotator.annotated(job) if isinstance(job, Job) else job
            if isinstance(result, Finding):
                marked.append(Marked(item.file, target, None, result.in_file(item.file)))
            else:
                saved = atomic_save(target, methodcaller("write", result))
                marked.append(Marked(item.file, target, saved))
    return marked


def _name(path: Path) -> str:
    """原名加后缀；再次退回的不叠加。"""
    stem = path.stem.removesuffix(SUFFIX)
    while len(os.fsencode(stem)) > _LONGEST:
        stem = stem[:-1]
    return f"{stem}{SUFFIX}.xlsx"


def _spare(sources: Iterable[Path], targets: Iterable[Path]) -> None:
    """报送的文件无论如何不覆盖。"""
    existing = [target for target in targets if target.exists()]
    for source in sources:
        if source.exists() and any(target.samefile(source) for target in existing):
            raise Failure(f"退回件会覆盖报送的“{source.name}”。", "换一个文件夹。")


def _job(path: Path, item: Examined, letter: Letter) -> Job | Finding:
    """要标注的一份；标注的必须就是查过的那些字节。"""
    limits = Limits.from_environment()
    try:
        data = file_bytes(path, limits)
    except Refused as refused:
        return refused.finding
    if sha256(data).hexdigest() != item.sha256:
        return say.CHANGED_MEANWHILE.finding()
    if item.report is None:
        return Job(data, tuple(Noted(one, None) for one in item.findings), limits, letter=letter)
    report, notes = item.report, item.report.worst_first
    return Job(data, notes, limits, report.answers, letter, live_words(report.scheme, notes))
