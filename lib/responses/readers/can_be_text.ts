import { isUtf8 } from "node:buffer";
import type { ScanPlan } from "./scan_plan.ts";

/** Whether bytes can be text of an encoding; the character 0 is in none. */
export function canBeText(bytes: Uint8Array, encoding: ScanPlan["encoding"]): boolean {
  return bytes.indexOf(0) < 0 && (encoding !== "utf-8" || isUtf8(bytes));
}
