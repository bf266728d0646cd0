import { basename } from "node:path";
import { findNotebooks } from "../../lib/commands/project.ts";
import { checkedSurvey, readCall, reportData, reportPages } from "../../lib/commands/report.ts";
import { runNotebooks } from "../../lib/report/run_notebooks.ts";
import { startKernel } from "../../lib/report/start_kernel.ts";
import { NOTEBOOKS } from "../../lib/commands/project.ts";
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
  const call = readCall({ lang: "da,en", out: "", timeout: "600" });
  const { survey } = await timed("reading the data", () => checkedSurvey(call));
  const runs = await runNotebooks(findNotebooks(), { env: call.env, parallel: 1, ahead: 0 });
  const failed = runs.find(({ failure }) => failure !== null);
  if (failed?.failure) throw failed.failure;
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  parts.set("kernels: start", sum(runs.map(({ timings }) => timings.kernelStart)));
  parts.set("cells: the first of each", sum(runs.map(({ timings }) => timings.cells[0]?.ms ?? 0)));
  parts.set(
    "cells: all others",
    sum(runs.flatMap(({ timings }) => timings.cells.slice(1).map(({ ms }) => ms))),
  );
  const notebooks = runs.map(({ path, notebook }) => ({
    name: basename(path, ".ipynb"),
    notebook,
  }));
  await timed("export: pages", () => reportPages(survey, notebooks, call.languages));
  await timed("export: tables, estimates", () => reportData(survey, notebooks, call.languages));
  const rows = [...parts].map(([name, ms]) => rowOf(name, ms, "of all notebooks, one at a time"));
  return [...rows, ...await insideOneKernel()];
}

/** What the first cell of a notebook waits for, in a kernel of its own. */
async function insideOneKernel(): Promise<Row[]> {
  const steps = {
    "import: Arquero": `await import("arquero")`,
    "import: Plot": `await import("@observablehq/plot")`,
    "import: the light document": `await import("linkedom/worker")`,
    "import: this project": `const library = await import("../lib/notebook.ts")`,
    "opening the survey": `await library.openSurvey()`,
    "import: jsdom (no notebook does)": `await import("jsdom")`,
  };
  const times = new Map<string, number[]>();
  for (let run = 0; run < 3; run++) {
    const kernel = await startKernel({ cwd: NOTEBOOKS });
    try {
      for (const [name, code] of Object.entries(steps)) {
        const began = performance.now();
        const { status, evalue } = await kernel.execute(code);
        if (status !== "ok") throw new Error(`${code}: ${evalue}`);
        times.set(name, [...times.get(name) ?? [], performance.now() - began]);
      }
    } finally {
      await kernel.close();
    }
  }
  return [...times].map(([name, ms]) => rowOf(name, median(ms), "in one kernel, median of 3"));
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
