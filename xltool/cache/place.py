"""缓存放在哪里：使用者自己的缓存文件夹，不放在报送旁边。

报送的文件夹常在共享盘上，会打包、同步、转发；缓存里有单位填的内容，也只有自己写的才可信。
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE: Final = "XLTOOL_CACHE"
OFF: Final = "off"
_NAME: Final = "xltool"


def cache_folder(
    environment: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> Path | None:
    """缓存的文件夹；不要缓存的、不知道放在哪里的为空。"""
    given = environment.get(VARIABLE, "")
    if given:
        folder = None if given.lower() == OFF else Path(given)
    elif platform == "win32":
        folder = _under(environment.get("LOCALAPPDATA"), _NAME, "Cache")
    elif platform == "darwin":
        folder = _under(environment.get("HOME"), "Library", "Caches", _NAME)
    else:
        folder = _under(environment.get("XDG_CACHE_HOME"), _NAME)
        folder = folder or _under(environment.get("HOME"), ".cache", _NAME)
    return folder if folder is not None and folder.is_absolute() else None


def _under(root: str | None, *names: str) -> Path | None:
    """照约定，不是绝对路径的不算。"""
    return Path(root, *names) if root and Path(root).is_absolute() else None
