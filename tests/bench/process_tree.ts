/** What a program and all it started took. */
export interface Consumption {
  readonly ms: number;
  /** The largest sum of their resident memory at one moment, in MB; shared pages count for each. */
  readonly peakMb: number;
  /** Seconds of processor time, to a tenth or so: what a busy machine does not change. */
  readonly cpu: number;
}

const EVERY_MS = 100;
const PAGE = 4096;
/** Linux counts processor time in hundredths of a second. */
const TICKS = 100;

/**
 * Runs a program to its end, and watches the memory of it and of all it starts (Linux).
 *
 * @throws {Error} With the end of what it said, where it fails.
 */
export async function consume(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Record<string, string> } = {},
): Promise<Consumption> {
  const began = performance.now();
  const child = new Deno.Command(program, {
    args: [...args],
    ...options,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const said = new Response(child.stderr).text();
  let [peak, cpu] = [0, 0];
  const watch = setInterval(() => {
    const tree = treeOf(child.pid);
    peak = Math.max(peak, tree.bytes);
    cpu = Math.max(cpu, tree.cpu);
  }, EVERY_MS);
  const { code } = await child.status;
  const ms = performance.now() - began;
  clearInterval(watch);
  const text = await said;
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${text.slice(-2_000)}`);
  return { ms, peakMb: peak / 1e6, cpu };
}

/** Resident memory of a process and its descendants, and their time with that of those that ended. */
function treeOf(root: number): { readonly bytes: number; readonly cpu: number } {
  const children = new Map<number, number[]>();
  const ticks = new Map<number, number>();
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const fields = read(`/proc/${name}/stat`).split(") ").at(-1)?.split(" ") ?? [];
    const [pid, parent] = [Number(name), Number(fields[1])];
    // Its own time in user and kernel mode, and that of its children that have ended.
    ticks.set(pid, fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0));
    children.set(parent, [...children.get(parent) ?? [], pid]);
  }
  let [bytes, all] = [0, 0];
  const add = (pid: number): void => {
    bytes += Number(read(`/proc/${pid}/statm`).split(" ")[1] ?? 0) * PAGE;
    all += ticks.get(pid) ?? 0;
    children.get(pid)?.forEach(add);
  };
  add(root);
  return { bytes, cpu: all / TICKS };
}

/** A process may end between being listed and being read. */
function read(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    // Of a process that has just ended the file cannot be read any more (ESRCH).
    if (error instanceof Deno.errors.NotFound || /os error 3\b/.test(String(error))) return "";
    throw error;
  }
}
