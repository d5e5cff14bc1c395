"""A wall clock that jumps: `time.time` of this process and its children is off by the seconds in the file that
JUMPING_CLOCK names. The monotonic clock is as it is, as when somebody sets the clock of a machine."""

import os
import time
from pathlib import Path

_file = Path(os.environ["JUMPING_CLOCK"])
_true = time.time

time.time = lambda: _true() + float(_file.read_text() or 0)
