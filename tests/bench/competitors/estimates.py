"""Counts and weighted shares of every question by every variable, with pandas, polars or DuckDB.

Usage: estimates.py ENGINE SURVEY.json. Loads the columns, says so, and then answers each line: "run"
does the work and tells the milliseconds, anything else is a file to write the shares to.
"""
import json
import sys
import time

import numpy as np

engine, path = sys.argv[1:]
with open(path) as file:
    survey = json.load(file)
pairs = [(question, by) for question, by in survey["pairs"]]
weights = np.fromfile(survey["weights"])


def answered(column):
    """Codes 1 to k, and a mask of those that are answers."""
    codes = np.fromfile(column["file"], dtype=np.uint8)
    return codes, (codes >= 1) & (codes <= column["categories"])


def with_pandas():
    import pandas as pd

    def categorical(column):
        codes, mask = answered(column)
        places = np.where(mask, codes.astype(np.int16) - 1, -1).astype(np.int8)
        return pd.Categorical.from_codes(places, categories=range(1, column["categories"] + 1))

    data = pd.DataFrame({each["name"]: categorical(each) for each in survey["columns"]})
    data["w"] = weights

    def one(question, by):
        keys = [question] if by is None else [by, question]
        table = data.groupby(keys, observed=True, sort=False)["w"].agg(["size", "sum"])
        if by is None:
            table["share"] = table["sum"] / table["sum"].sum()
        else:
            table["share"] = table["sum"] / table.groupby(level=0, observed=True)["sum"].transform("sum")
        return table

    def rows(table, by):
        for key, size, share in zip(table.index, table["size"], table["share"]):
            group, answer = (0, key) if by is None else key
            yield int(group), int(answer), int(size), float(share)

    def run():
        return [one(question, by) for question, by in pairs]

    return run, rows


def with_polars():
    import polars as pl

    def series(column):
        codes, mask = answered(column)
        return pl.select(pl.when(pl.Series(mask)).then(pl.Series(codes))).to_series()

    data = pl.DataFrame({each["name"]: series(each) for each in survey["columns"]})
    data = data.with_columns(w=pl.Series(weights))

    def one(question, by):
        keys = [question] if by is None else [by, question]
        table = (
            data.lazy()
            .filter(pl.all_horizontal(pl.col(key).is_not_null() for key in keys))
            .group_by(keys)
            .agg(size=pl.len(), sum=pl.col("w").sum())
        )
        total = pl.col("sum").sum() if by is None else pl.col("sum").sum().over(by)
        return table.with_columns(share=pl.col("sum") / total)

    def rows(table, by):
        for row in table.iter_rows(named=True):
            yield row.get(by, 0), row[question_of(table, by)], row["size"], row["share"]

    def question_of(table, by):
        return next(name for name in table.columns if name not in (by, "size", "sum", "share"))

    def run():
        return pl.collect_all([one(question, by) for question, by in pairs])

    return run, rows


def with_duckdb():
    import duckdb
    import pyarrow as pa

    # The pairs come question by question, and so do the tables.
    connection = duckdb.connect()
    columns = {}
    for each in survey["columns"]:
        codes, mask = answered(each)
        columns[each["name"]] = pa.array(codes, mask=~mask)
    columns["w"] = pa.array(weights)
    loaded = pa.table(columns)
    connection.execute("create table data as select * from loaded")
    questions = {}
    for question, by in pairs:
        questions.setdefault(question, []).append(by)

    def run():
        # One statement a question: its grouping sets share one reading of the table.
        tables = []
        for question, variables in questions.items():
            known = [by for by in variables if by is not None]
            sets = ", ".join(f"({question}, {by})" if by else f"({question})" for by in variables)
            marks = "".join(f", grouping({by}) as not_by_{by}" for by in known)
            names = "".join(f", {by}" for by in known)
            found = connection.execute(
                f"select {question}{names}{marks}, count(*) as size, sum(w) as sum from data "
                f"where {question} is not null group by grouping sets ({sets})"
            ).fetchnumpy()
            for by in variables:
                here = np.ones(len(found["size"]), dtype=bool)
                for each in known:
                    here &= found[f"not_by_{each}"] == (0 if each == by else 1)
                answers = np.ma.getdata(found[question])[here]
                sizes, sums = found["size"][here], np.ma.getdata(found["sum"])[here]
                if by is None:
                    tables.append((np.zeros(len(answers), int), answers, sizes, sums / sums.sum()))
                    continue
                has = ~np.ma.getmaskarray(found[by])[here]
                groups = np.ma.getdata(found[by])[here][has]
                totals = np.bincount(groups, weights=sums[has])
                tables.append((groups, answers[has], sizes[has], sums[has] / totals[groups]))
        return tables

    def rows(table, by):
        for group, answer, size, share in zip(*table):
            yield int(group), int(answer), int(size), float(share)

    return run, rows


run, rows = {"pandas": with_pandas, "polars": with_polars, "duckdb": with_duckdb}[engine]()
print(json.dumps({"ready": True}), flush=True)
tables = None
for line in sys.stdin:
    if line.strip() == "run":
        began = time.perf_counter()
        tables = run()
        print(json.dumps({"ms": (time.perf_counter() - began) * 1000}), flush=True)
        continue
    found = [
        [question, by, *row]
        for (question, by), table in zip(pairs, tables)
        for row in rows(table, by)
    ]
    with open(line.strip(), "w") as file:
        json.dump(found, file)
    print(json.dumps({"rows": len(found)}), flush=True)
