"""计分办法的目录：一个文件一种，自己登记；不由别的合成的，都可以作“取高的”的一种。"""

from __future__ import annotations

from pkgutil import iter_modules

import pytest
from scoring_builder import better_of

import xltool.scoring.methods as package
from xltool.scoring.catalogue import METHODS, methods_of
from xltool.scoring.method import REGISTERED
from xltool.scoring.methods.deduct import Deduct
from xltool.scoring.methods.proportional import Proportional


def test_every_file_registers_the_method_of_its_name() -> None:
    assert sorted(module.name for module in iter_modules(package.__path__)) == sorted(METHODS)
    assert {name: method.name for name, method in METHODS.items()} == {n: n for n in METHODS}


def test_a_name_registered_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=Deduct.name):
        type("Again", (Deduct,), {"name": Deduct.name})
    assert REGISTERED[Deduct.name] is Deduct


def test_a_new_method_need_be_written_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """新的一种登记了，“取高的”就用得着它。"""
    monkeypatch.setitem(REGISTERED, "trial", Proportional)
    scheme = better_of(('name = "proportional"', 'name = "trial"'))
    (method,) = methods_of(scheme, (scheme.indicator("07"),))
    assert "（2）按支出率：" in method.sentence()
