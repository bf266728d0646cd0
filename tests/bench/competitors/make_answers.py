"""Makes a response file of any size from a smaller one: people drawn with replacement.

Usage: make_answers.py SMALL.csv RESPONDENTS OUT.csv OUT.parquet. A million at a time, in flat memory.
"""
import sys

import numpy as np
import polars as pl
import pyarrow.parquet as pq

small, respondents, csv, parquet = sys.argv[1:]
people = pl.read_csv(small, infer_schema=False)
random = np.random.default_rng(20230401)
writer = None
with open(csv, "wb") as file:
    for start in range(0, int(respondents), 1_000_000):
        size = min(1_000_000, int(respondents) - start)
        part = people[random.integers(0, len(people), size)].with_columns(
            respondent=pl.format(
                "synthetic-{}", pl.int_range(start, start + size).cast(pl.String).str.zfill(9)
            )
        )
        part.write_csv(file, include_header=start == 0)
        table = part.to_arrow(compat_level=pl.CompatLevel.oldest())
        writer = writer or pq.ParquetWriter(parquet, table.schema)
        writer.write_table(table, row_group_size=250_000)
writer.close()
