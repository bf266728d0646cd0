import { alignLines } from "./align_lines.ts";
import { type Kernel, OWN_CODE } from "./kernel.ts";

/** Compiled cells begin with this; it is how they are told from the kernel's own scripts. */
const PROLOGUE = "'use strict'; void 0;";

/** Asks the engine for the last script that was a cell. */
const LAST_SCRIPT = `${OWN_CODE} await (async () => {
  const { Session } = await import("node:inspector");
  const session = new Session();
  session.connect();
  const ids = [];
  session.on("Debugger.scriptParsed", ({ params }) => {
    if (params.url === "") ids.push(params.scriptId);
  });
  await new Promise((resolve) => session.post("Debugger.enable", resolve));
  for (const scriptId of ids.reverse()) {
    const { scriptSource } = await new Promise((resolve) =>
      session.post("Debugger.getScriptSource", { scriptId }, (_, result) => resolve(result))
    );
    if (!scriptSource.startsWith(${JSON.stringify(PROLOGUE)})) continue;
    if (scriptSource.includes(${JSON.stringify(OWN_CODE)})) continue;
    await Deno.jupyter.broadcast("status", { execution_state: "busy", script: scriptSource });
    break;
  }
  session.disconnect();
})();`;

/** How long the search may take; without it the message has no line, which is no reason to wait. */
const PATIENCE_MS = 10_000;

/**
 * Finds the line of a cell at which an error was thrown.
 *
 * @param kernel The kernel in which the cell was the last to run.
 * @param source The cell.
 * @param traceback The error's stack, as the kernel reports it.
 * @returns The line, from 1; null where the stack does not lead into the cell.
 */
export async function locateError(
  kernel: Kernel,
  source: string,
  traceback: readonly string[],
): Promise<number | null> {
  const place = placeInCell(traceback);
  if (place === null) return null;
  let script: string | null = null;
  await kernel.execute(LAST_SCRIPT, {
    silent: true,
    timeoutMs: PATIENCE_MS,
    onMessage: ({ content }) => script ??= (content["script"] as string | undefined) ?? null,
  });
  return script === null ? null : alignLines(source, script, place.line, place.column);
}

/**
 * The place in a compiled cell that a stack names: its outermost frame without a function, which is
 * the cell that ran, else the outermost one in any cell.
 */
function placeInCell(traceback: readonly string[]): { line: number; column: number } | null {
  const frames = traceback.flatMap((frame) => {
    const match = frame.match(/^\s+at (.*?)\(?<anonymous>:(\d+):(\d+)\)?$/);
    if (match === null) return [];
    const [, name = "", line, column] = match;
    return [{ isCell: /^(async )?$/.test(name), line: Number(line), column: Number(column) }];
  });
  return frames.findLast(({ isCell }) => isCell) ?? frames.at(-1) ?? null;
}
