/** A thread that reads columns of a Parquet file; see parquet_threads.ts. */
import { DataProblems, type Problem } from "../problem.ts";
import { damagedBy } from "./damaged.ts";
import { readPiece } from "./file_piece.ts";
import { buffersOf } from "./parquet_column.ts";
import { UnusualPage } from "./parquet_pages.ts";
import {
  type ParquetTask,
  type ParquetTasks,
  type TaskAnswer,
  taskReader,
} from "./parquet_task.ts";

/** What a thread is told at first, and what it says of a task. */
export type ThreadPlan = ParquetTasks & { readonly path: string };
export type ThreadMessage =
  | { readonly answer: TaskAnswer }
  | { readonly problems: readonly Problem[] }
  | { readonly unusual: true };

const scope = self as unknown as {
  onmessage: (event: MessageEvent<ThreadPlan | ParquetTask>) => void;
  postMessage(message: ThreadMessage, transfer: ArrayBuffer[]): void;
};

let file = "";
let reader: ReturnType<typeof taskReader>;

scope.onmessage = async ({ data }) => {
  if ("path" in data) {
    const { path } = data;
    const place = path.startsWith("file:") ? new URL(path) : path;
    file = data.file;
    reader = taskReader(data, (from, into) => void readPiece(place, from, into));
    return;
  }
  try {
    const answer = await damagedBy(file, () => read(data));
    if (answer === null) scope.postMessage({ unusual: true }, []);
    else scope.postMessage({ answer }, answer.flatMap(buffersOf));
  } catch (error) {
    if (!(error instanceof DataProblems)) throw error;
    scope.postMessage({ problems: error.problems }, []);
  }
};

/** @returns null where there is a page that only the library can read. */
async function read(task: ParquetTask): Promise<TaskAnswer | null> {
  try {
    return (await reader)(task);
  } catch (error) {
    if (error instanceof UnusualPage) return null;
    throw error;
  }
}
