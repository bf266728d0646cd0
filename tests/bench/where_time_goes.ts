import { basename } from "node:path";
import { findNotebooks, libraryThreads, NOTEBOOKS } from "../../lib/commands/project.ts";
import { checkedSurvey, readCall, reportData, reportPages } from "../../lib/commands/report.ts";
import { handOver } from "../../lib/notebook/open_survey.ts";
import { renderReport } from "../../lib/report/html/render_report.ts";
import { runNotebook, runNotebooks } from "../../lib/report/run_notebooks.ts";
import { notebookOf } from "../report/notebook_of.ts";
import { median } from "./pairs.ts";
import type { Row } from "./row.ts";

/** Runs the notebooks once, one after the other, and tells how long each part of it took. */
export async function whereTimeGoes(): Promise<Row[]> {
  const parts = new Map<string, number>();
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    try {
      return await work();
    } finally {
      parts.set(name, (parts.get(name) ?? 0) + performance.now() - began);
    }
  };
  const call = readCall({ lang: "da,en" });
  const { waves, survey } = await timed("reading the data", () => checkedSurvey(call));
  // As in a report: the threads have loaded the library, and are given the answers.
  const threads = libraryThreads(1);
  const options = { env: call.env, forReport: true, threads, data: handOver(waves) };
  const runs = await threads.closedAfter(() => runNotebooks(findNotebooks(), options));
  const failed = runs.find(({ failure }) => failure !== null);
  if (failed?.failure) throw failed.failure;
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  parts.set("cells: the first of each", sum(runs.map(({ timings }) => timings.cells[0]?.ms ?? 0)));
  parts.set(
    "cells: all others",
    sum(runs.flatMap(({ timings }) => timings.cells.slice(1).map(({ ms }) => ms))),
  );
  const notebooks = runs.map(({ path, notebook }) => ({
    name: basename(path, ".ipynb"),
    notebook,
  }));
  await timed(
    "export: pages",
    () => Promise.all(reportPages(survey, notebooks, call.languages).map(renderReport)),
  );
  await timed("export: tables, estimates", () => reportData(survey, notebooks, call.languages));
  const rows = [...parts].map(([name, ms]) => rowOf(name, ms, "of all notebooks, one at a time"));
  return [...rows, ...await insideOneThread()];
}

/** What the first cell of a notebook waits for, in a new thread. */
async function insideOneThread(): Promise<Row[]> {
  const steps = {
    "import: Arquero": `await import("arquero")`,
    "import: Plot": `await import("@observablehq/plot")`,
    "import: the light document": `await import("linkedom/worker")`,
    "import: this project": `const library = await import("../lib/notebook.ts")`,
    "opening the survey": `await library.openSurvey()`,
    "import: jsdom (no notebook does)": `await import("jsdom")`,
  };
  const names = Object.keys(steps);
  const times = names.map((): number[] => []);
  for (let run = 0; run < 3; run++) {
    const cells = Object.values(steps).map((code) => `${code}; undefined`);
    const { failure, timings } = await runNotebook(
      `${NOTEBOOKS}/steps.ipynb`,
      notebookOf(...cells),
    );
    if (failure !== null) throw failure;
    timings.cells.forEach(({ ms }, index) => times[index]!.push(ms));
  }
  return names.map((name, index) =>
    rowOf(name, median(times[index]!), "in a new thread, median of 3")
  );
}

function rowOf(name: string, ms: number, note: string): Row {
  return {
    key: `report/time/${name}`,
    case: "report",
    what: name,
    rival: "–",
    ratio: null,
    target: null,
    figure: { name: "time", value: ms / 1000, unit: "s", most: null },
    note,
  };
}
