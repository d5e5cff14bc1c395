"""The engine over archives: pages in, tables out.

inputs.py (warc.py, …) ─▶ job.py ─▶ workers.py (the engine, in processes that can be killed) ─▶ tables.py (Parquet)
─▶ report.py. cluster.py does on a Ray cluster what job.py does on one machine.
"""
