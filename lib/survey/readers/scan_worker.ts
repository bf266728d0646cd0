/** A thread that scans stretches of a delimited file; see scan_threads.ts. */
import type { ScanAnswer, ScanTask, SentColumn } from "./scan_messages.ts";
import type { ScanPlan } from "./scan_plan.ts";
import { StretchScanner } from "./scan_stretch.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<ScanPlan | ScanTask>) => void;
  postMessage(message: ScanAnswer, transfer: ArrayBuffer[]): void;
};

let scanner: StretchScanner;

scope.onmessage = ({ data }) => {
  if ("kinds" in data) {
    scanner = new StretchScanner(data);
    return;
  }
  const answer = scanner.scan(data);
  const buffers = answer.batches.flatMap(({ columns }) => columns.flatMap(bufferOf));
  scope.postMessage(answer, [answer.bytes.buffer, ...buffers]);
};

function bufferOf(column: SentColumn | null): ArrayBuffer[] {
  if (column === null) return [];
  if ("hashes" in column) return [column.hashes.buffer];
  return ["numbers" in column ? column.numbers.buffer : column.places.buffer];
}
