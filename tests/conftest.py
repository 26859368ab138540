"""全部测试共用的设置。"""

from __future__ import annotations

import gc

# 测试造的对象多、循环引用少：少查几遍垃圾，处理器时间省一成
gc.freeze()
gc.set_threshold(100_000, 50, 100)
