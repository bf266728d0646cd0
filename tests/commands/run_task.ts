import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What a task printed, and how it ended. */
export interface TaskResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the deno tasks as a person would, from the project's folder. */
export function runTask(...args: string[]): Promise<TaskResult> {
  return runTaskWith({}, ...args);
}

/** The same with variables in the environment. */
export async function runTaskWith(
  env: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<TaskResult> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1", INIT_CWD: ROOT, ...env },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** Runs something in a folder of its own, which is removed afterwards. */
export async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "survey-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Everything below a folder, sorted, with "/" between names. */
export function filesIn(folder: string, below = ""): string[] {
  try {
    return [...Deno.readDirSync(`${folder}/${below}`)].flatMap((entry) => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory ? filesIn(folder, path) : [path];
    }).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
