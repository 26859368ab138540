"""重新生成一切生成的文件，再把改动列出来给人看：make regenerate。

空白模板、示例工作簿、示例应得的结果（expected_files）、各页里由程序生成的几段。画的图不在内：
要有 LibreOffice，各台机器画出的字节也不同（make pictures）。
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import expected_files
import workbook_diff
from form_files import form_file
from pages import GENERATED

from xltool.cli.prefilled import blank_form
from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.papers.bulletin_template import bulletin_template
from xltool.papers.notice_template import notice_template
from xltool.papers.self_report_template import self_report_template
from xltool.scoring.catalogue import offered_schemes
from xltool.season.names import BULLETIN_FILE, NOTICE_FILE, SELF_REPORT_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT: Final = Path(__file__).parents[2]
TEMPLATES: Final = ROOT / "workbook_templates"
SAMPLES: Final = ROOT / "sample_inputs"
HINT: Final = "生成的文件旧了：执行 make regenerate，再看 git diff"
PAPERS: Final[dict[str, Callable[[], bytes]]] = {
    NOTICE_FILE: notice_template,
    BULLETIN_FILE: bulletin_template,
    SELF_REPORT_FILE: self_report_template,
}
_MOST: Final = 30  # 一份工作簿最多印几处不同


def templates() -> None:
    """还在下发的方案各一份空白模板，别的去掉；公文的模板。"""
    wanted = {blank_form(scheme).file: scheme for scheme in offered_schemes()}
    for path in TEMPLATES.glob("*.xlsx"):
        if path.name not in wanted:
            path.unlink()
    for name, scheme in wanted.items():
        (TEMPLATES / name).write_bytes(render_book(form_plan(make_form(scheme, {}, derive=True))))
    for name, data in PAPERS.items():
        (TEMPLATES / name).write_bytes(data())


def samples() -> None:
    """由数据写出全部示例工作簿；数据里没有了的，去掉。"""
    written = set(generate_samples(SAMPLES))
    for path in (*SAMPLES.rglob("*.xlsx"), *SAMPLES.rglob("*.docx")):
        if path not in written:
            path.unlink()


def generate_samples(folder: Path) -> tuple[Path, ...]:
    """sample_inputs/generate.py 不在哪个包里，借道载入；同一种表的版只刻一次，字节一样。"""
    sys.path.append(str(SAMPLES))
    try:
        from generate import generate
    finally:
        sys.path.remove(str(SAMPLES))
    written: tuple[Path, ...] = generate(folder, form_file)
    return written


def expected() -> None:
    """示例应得的结果；要人核对的写明“待核”。"""
    for path in expected_files.update():
        if expected_files.UNCHECKED in path.read_text("utf-8"):
            sys.stdout.write(f"{path.relative_to(ROOT)} 里有“待核”：照规则推一遍，写明由来。\n")


def parts_of_pages() -> None:
    """README、docs/、模板说明里生成的几段。"""
    cog = [sys.executable, "-m", "cogapp", "-r", "-I", "tests/support", *map(str, GENERATED)]
    subprocess.run(cog, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


STEPS: Final[dict[str, Callable[[], None]]] = {
    step.__name__: step for step in (templates, samples, expected, parts_of_pages)
}


def binaries() -> dict[Path, bytes]:
    """现有的工作簿。"""
    found = (path for folder in (TEMPLATES, SAMPLES) for path in folder.rglob("*.xlsx"))
    return {path: path.read_bytes() for path in found}


def told(before: dict[Path, bytes], after: dict[Path, bytes]) -> Iterable[str]:
    """各份工作簿改了哪些格；文字的改动由 git diff 说。"""
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path), after.get(path)
        if old == new:
            continue
        name = path.relative_to(ROOT)
        if old is None or new is None:
            yield f"{name}（{'新' if old is None else '去掉'}）"
        else:
            yield f"{name}"
            yield from _told(old, new)


def _told(old: bytes, new: bytes) -> Iterable[str]:
    try:
        lines = list(workbook_diff.changes(old, new))
    except Exception as fault:  # noqa: BLE001 - some samples are broken on purpose
        yield f"  打不开，比不了：{type(fault).__name__}"
        return
    yield from lines[:_MOST] or ["  各格的内容没有变，变的是样式、校验或版式"]
    if len(lines) > _MOST:
        yield f"  ……共 {len(lines)} 处"


def main() -> None:
    """逐样重新生成，印出改动；写了名字的只做那几样。"""
    before = binaries()
    for name in sys.argv[1:] or STEPS:
        STEPS[name]()
    sys.stdout.writelines(f"{line}\n" for line in told(before, binaries()))
    sys.stdout.flush()
    texts = [str(path.relative_to(ROOT)) for path in GENERATED]
    texts += [str(path.relative_to(ROOT)) for path in expected_files.expected_files()]
    command = ["git", "-c", "core.quotepath=off", "--no-pager", "diff", "--", *texts]
    subprocess.run(command, cwd=ROOT, check=False)  # 不在仓库里的（解压的源码）没有 git diff


if __name__ == "__main__":
    main()
