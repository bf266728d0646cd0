import { stripTypeScriptTypes } from "node:module";
import { stripAnsi } from "./strip_ansi.ts";

/** What was found out about a cell that the kernel could not run. */
export interface Explanation {
  readonly reason: string;
  /** The line in the cell, from 1. */
  readonly line: number | null;
}

/** How long one import may take to fail. */
const PATIENCE_MS = 30_000;

/**
 * Finds out why the kernel says no more of a cell than "Execution failed".
 *
 * It says that of cells it cannot parse and of packages it cannot get, and keeps the reason to
 * itself. Both are tried again outside of it.
 *
 * @param source The cell.
 * @param cwd The folder its imports are relative to.
 * @param env The environment variables of the kernel.
 * @param executable The kernel's Deno.
 * @returns The reason; null where nothing was found.
 */
export async function explainFailure(
  source: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  executable: string,
): Promise<Explanation | null> {
  const syntax = await syntaxError(source);
  if (syntax !== null) return syntax;
  for (const { specifier, line } of importsOf(source)) {
    const reason = await importError(specifier, cwd, env, executable);
    if (reason !== null) return { reason: `import of "${specifier}" failed: ${reason}`, line };
  }
  return null;
}

/** What the parser objects to; null for a cell that can be parsed. */
async function syntaxError(source: string): Promise<Explanation | null> {
  try {
    // Deno knows the mode, which takes enums too; the types of Node do not.
    stripTypeScriptTypes(source, { mode: "transform" as "strip" });
    return null;
  } catch {
    // It tells only that there is an error; an import of the text, which cannot run, tells which.
  }
  try {
    await import(`data:application/typescript,${encodeURIComponent(source)}`);
    return null;
  } catch (error) {
    const message = stripAnsi(error instanceof Error ? error.message : String(error));
    const [reason = ""] = message.split("\n");
    const line = message.match(/:(\d+):\d+$/m)?.[1];
    return {
      reason: reason.startsWith("SyntaxError") ? reason : `SyntaxError: ${reason}`,
      line: line === undefined ? null : Number(line),
    };
  }
}

/** The modules a cell imports, types apart, with the lines that name them. */
export function importsOf(source: string): { specifier: string; line: number }[] {
  const pattern = /(?:\bfrom\s*|\bimport\s*\(?\s*)(["'])([^"'\n]+)\1/g;
  return [...source.matchAll(pattern)].map((match) => ({
    specifier: match[2]!,
    line: source.slice(0, match.index + match[0].length).split("\n").length,
  }));
}

async function importError(
  specifier: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  executable: string,
): Promise<string | null> {
  const { success, stderr } = await new Deno.Command(executable, {
    args: ["eval", "--quiet", "--no-check", `import ${JSON.stringify(specifier)};`],
    cwd,
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", ...env },
    stdin: "null",
    stdout: "null",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).output();
  if (success) return null;
  return stripAnsi(new TextDecoder().decode(stderr)).replace(/^error: /, "").trim();
}
