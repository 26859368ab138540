"""按名单生成空白表：从版上印的与一份一份从头写的，轮流跑，报告每份的处理器时间、两者之比和大小之比。

python bench/templates.py [--count 1000] [--rounds 1]
"""

from __future__ import annotations

import argparse
import compileall
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

from collect import used

from xltool.address import At
from xltool.cli.prefilled import prefilled_forms
from xltool.excel.write import write_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.scoring.catalogue import offered_schemes
from xltool.sheets.plan import Cell, Role, SheetPlan, WorkbookPlan

HERE = Path(__file__).parent
ALONE = "--one-by-one"


def main() -> None:
    """造名单，轮流跑，核对每份的各部件，报告。"""
    options = _options()
    compileall.compile_dir(HERE.parent / "xltool", quiet=1)  # 与安装的一样
    with tempfile.TemporaryDirectory() as folder:
        roster = make_roster(Path(folder) / "名单.xlsx", options.count)
        ours: list[float] = []
        alone: list[float] = []
        for number in range(options.rounds):
            one, other = (Path(folder) / f"{kind}{number}" for kind in ("印", "写"))
            template = ["-m", "xltool", "-q", "template", "--roster", str(roster), "-o", str(one)]
            ours.append(_cpu([sys.executable, *template]))
            other.mkdir()
            alone.append(_cpu([sys.executable, __file__, ALONE, str(roster), str(other)]))
            names = sorted(path.name for path in one.iterdir())
            different = [name for name in names if _parts(one / name) != _parts(other / name)]
            if len(names) != options.count or different:
                raise SystemExit(f"两种办法写的不同：{different}")
        size, alike = (
            sum(path.stat().st_size for path in place.iterdir()) for place in (one, other)
        )
    new, old = (statistics.median(times) / options.count * 1000 for times in (ours, alone))
    print(f"每份 {new:.1f} 毫秒（目标 ≤ 15），从头写 {old:.1f} 毫秒；各部件逐字节相同")
    print(f"处理器时间 从头写 ÷ 从版上印 = {old / new:.1f}")
    print(f"文件大小 从版上印 ÷ 从头写 = {size / alike:.2f}")


def _parts(path: Path) -> list[tuple[str, bytes]]:
    """各部件解开以后的内容，依次序；压法不同。"""
    with ZipFile(path) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def make_roster(path: Path, count: int) -> Path:
    """各表种轮着来的名单。"""
    variants = [scheme.variant for scheme in offered_schemes()]
    lines = [("单位名称", "预算编码", "零报送", "表种")]
    for number in range(count):
        variant = variants[number % len(variants)]
        lines.append((f"示例市第{number + 1}局", f"9{number:05d}", "", variant))
    cells = tuple(
        Cell(At(row, column), text, Role.BODY)
        for row, line in enumerate(lines, 1)
        for column, text in enumerate(line, 1)
    )
    plan = WorkbookPlan(sheets=(SheetPlan(name="名单", cells=cells),))
    return write_book(plan, path)


def write_one_by_one(roster: Path, folder: Path) -> None:
    """每份都从头写。"""
    for blank in prefilled_forms(offered_schemes(), roster).blanks:
        write_book(
            form_plan(make_form(blank.scheme, blank.contents, derive=True)), folder / blank.file
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=1)
    return parser.parse_args()


def _cpu(command: list[str]) -> float:
    before = used()
    subprocess.run(command, check=True)
    return used() - before


if __name__ == "__main__":
    if ALONE in sys.argv:
        write_one_by_one(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
