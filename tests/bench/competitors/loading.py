"""Reads a response file with polars or DuckDB, and tells what load_survey.ts tells.

Usage: loading.py ENGINE FILE QUESTION,QUESTION...
"""
import json
import re
import sys
import time

engine, path, questions = sys.argv[1:]
questions = questions.split(",")


def status(name):
    with open("/proc/self/status") as file:
        return int(re.search(rf"{name}:\s+(\d+) kB", file.read())[1]) * 1024


if engine == "polars":
    import polars as pl

    before = status("VmRSS")
    began = time.perf_counter()
    read = pl.read_csv if path.endswith(".csv") else pl.read_parquet
    data = read(path)
    ms = (time.perf_counter() - began) * 1000
    most = status("VmHWM")
    answers = {name: sorted(data[name].drop_nulls().value_counts()["count"]) for name in questions}
    respondents = len(data)
else:
    import duckdb

    connection = duckdb.connect()
    connection.execute("select 1").fetchall()
    before = status("VmRSS")
    began = time.perf_counter()
    read = "read_csv" if path.endswith(".csv") else "read_parquet"
    connection.execute(f"create table data as select * from {read}('{path}')")
    ms = (time.perf_counter() - began) * 1000
    most = status("VmHWM")
    answers = {
        name: sorted(
            n
            for (n,) in connection.execute(
                f"select count(*) from data where {name} is not null group by {name}"
            ).fetchall()
        )
        for name in questions
    }
    ((respondents,),) = connection.execute("select count(*) from data").fetchall()

print(
    json.dumps(
        {"ms": ms, "respondents": respondents, "bytes": most - before, "codes": 0, "answers": answers}
    )
)
