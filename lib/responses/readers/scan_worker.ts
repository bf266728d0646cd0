/** A thread that scans stretches of a delimited file; see scan_threads.ts. */
import type { ScanAnswer, ScanTask } from "./scan_messages.ts";
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
  scope.postMessage(answer, [answer.bytes.buffer, answer.values]);
};
