/** The thread of isolated.ts: reads one file and says what is in it, or what is wrong. */
import { parentPort, workerData } from "node:worker_threads";
import { DataProblems } from "../problem.ts";
import { damagedBy } from "./damaged.ts";
import type { Message, Task } from "./isolated.ts";
import { bytesSource, fileSource } from "./source.ts";

const { format, file, path, bytes, plan } = workerData as Task;

/** Says something; what is in `transfer` is handed over and not copied. */
function tell(message: Message<unknown>, transfer: ArrayBuffer[] = []) {
  parentPort?.postMessage(message, transfer);
}

async function read() {
  // A worker is given plain bytes; a subarray would bring the whole buffer with it.
  const source = bytes
    ? bytesSource(Uint8Array.from(bytes), file)
    : await fileSource(path?.startsWith("file:") ? new URL(path) : path ?? "", file);
  if (format === "arrow") {
    const { arrowColumns } = await import("./arrow_columns.ts");
    tell({ part: arrowColumns(source.whole(), file) });
    return;
  }
  const { parquetParts } = await import("./parquet_columns.ts");
  const { parquetFile } = await import("./parquet_file.ts");
  for await (const { part, transfer } of parquetParts(source, parquetFile(source), plan)) {
    tell({ part }, transfer);
  }
}

try {
  await damagedBy(file, read);
  tell({ done: true });
} catch (error) {
  if (!(error instanceof DataProblems)) throw error;
  tell({ problems: error.problems });
}
