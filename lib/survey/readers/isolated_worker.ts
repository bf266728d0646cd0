/** The thread of isolated.ts: reads one file and answers with its columns, or with what is wrong. */
import { parentPort, workerData } from "node:worker_threads";
import { DataProblems } from "../problem.ts";
import { arrowColumns } from "./arrow_columns.ts";
import { damagedBy } from "./damaged.ts";
import type { Answer, Task } from "./isolated.ts";
import { parquetColumns } from "./parquet_columns.ts";

const { format, bytes, file } = workerData as Task;
const read = { parquet: parquetColumns, arrow: arrowColumns }[format];
// A worker is given plain bytes; a subarray would bring the whole buffer with it.
const own = Uint8Array.from(bytes);

async function answer(): Promise<Answer> {
  try {
    return await damagedBy(file, () => read(own, file));
  } catch (error) {
    if (!(error instanceof DataProblems)) throw error;
    return { problems: error.problems };
  }
}

parentPort?.postMessage(await answer());
