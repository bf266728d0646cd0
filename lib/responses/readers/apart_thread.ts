/** The thread of apart.ts: reads one file and says what is in it, or what is wrong. */
import { parentPort, workerData } from "node:worker_threads";
import { DataProblems } from "../problem.ts";
import type { Apart, ApartTask, ApartTold } from "./apart.ts";
import { damagedBy } from "./damaged.ts";

const READERS: { readonly [K in keyof Apart]: () => Promise<Apart[K]> } = {
  arrow: async () => (await import("./arrow_columns.ts")).readArrowColumns,
  workbook: async () => (await import("./sheets.ts")).readSheets,
};

const { kind, bytes, file } = workerData as ApartTask;
const tell = (told: ApartTold) => parentPort?.postMessage(told);
const reader = await READERS[kind]();
try {
  tell({ read: await damagedBy<unknown>(file, () => reader(bytes, file)) });
} catch (error) {
  if (!(error instanceof DataProblems)) throw error;
  tell({ problems: error.problems });
}
