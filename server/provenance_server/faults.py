"""Where an exception was raised, without what it says: its message can hold words of a page."""

from __future__ import annotations


def place(error: BaseException) -> str:
    """File and line."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
