import { join } from "node:path";
import { CONNECTION_FILE_VARIABLE } from "../jupyter/find_connection.ts";
import { choosePorts, type ConnectionFile, releasePorts } from "./kernel_ports.ts";
import { stripAnsi } from "./strip_ansi.ts";

/** How a kernel is started. */
export interface KernelProcessOptions {
  /** The folder that the cells' imports and files are relative to: the notebook's. */
  readonly cwd: string;
  /** Environment variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** The Deno to use; by default the one that runs this. */
  readonly executable?: string;
}

/** How much is kept of what a kernel says outside of its cells, in characters. */
const TAIL = 8_192;

/**
 * Ends the kernel and clears up when this process is gone without having done so: killed, or ended
 * by Ctrl-C. It waits for a line or for the end of its input, which only this process can write to.
 */
const WATCH = `
trap '' INT TERM HUP
read line
[ "$line" = ended ] || { kill -9 "$1"; rm -rf "$2"; }
`;

/** A running `deno jupyter`, from its start to the certain end. */
export class KernelProcess {
  readonly connection: ConnectionFile;
  /** Resolves when the process has ended, however it came to that. */
  readonly ended: Promise<Deno.CommandStatus>;
  readonly #child: Deno.ChildProcess;
  readonly #folder: string;
  readonly #watchdog: Deno.ChildProcess | null;
  readonly #read: Promise<unknown>;
  #tail = "";
  #killed: Promise<void> | null = null;

  private constructor(folder: string, connection: ConnectionFile, options: KernelProcessOptions) {
    this.connection = connection;
    this.#folder = folder;
    const file = join(folder, "connection.json");
    this.#child = new Deno.Command(options.executable ?? Deno.execPath(), {
      args: ["jupyter", "--quiet", "--kernel", "--conn", file],
      cwd: options.cwd,
      env: {
        NO_COLOR: "1",
        DENO_NO_UPDATE_CHECK: "1",
        ...options.env,
        [CONNECTION_FILE_VARIABLE]: file,
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.ended = this.#child.status;
    this.#watchdog = watch(this.#child.pid, folder);
    this.#read = Promise.all([
      this.#keepTail(this.#child.stdout),
      this.#keepTail(this.#child.stderr),
    ]);
  }

  /**
   * Starts a kernel; whether it answers is another matter.
   *
   * @throws {Deno.errors.NotFound} There is no such folder or executable.
   */
  static async start(options: KernelProcessOptions): Promise<KernelProcess> {
    const folder = await Deno.makeTempDir({ prefix: "notebook-kernel-" });
    const connection = choosePorts();
    try {
      const file = join(folder, "connection.json");
      await Deno.writeTextFile(file, JSON.stringify(connection), { mode: 0o600 });
      return new KernelProcess(folder, connection, options);
    } catch (error) {
      releasePorts(connection);
      await Deno.remove(folder, { recursive: true });
      throw error;
    }
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** The end of what the process has written to its own stdout and stderr, without colours. */
  get tail(): string {
    return stripAnsi(this.#tail).trim();
  }

  /** Ends the process, and returns when it is gone with everything that belonged to it. */
  kill(): Promise<void> {
    return this.#killed ??= this.#kill();
  }

  async #kill(): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
    }
    await Promise.all([this.ended, this.#read]);
    releasePorts(this.connection);
    await Deno.remove(this.#folder, { recursive: true });
    if (this.#watchdog !== null) await dismiss(this.#watchdog);
  }

  async #keepTail(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      this.#tail = (this.#tail + text).slice(-TAIL);
    }
  }
}

/** Windows has no `sh`; there a kernel outlives a process that is killed hard. */
function watch(pid: number, folder: string): Deno.ChildProcess | null {
  if (Deno.build.os === "windows") return null;
  return new Deno.Command("/bin/sh", {
    args: ["-c", WATCH, "watch", String(pid), folder],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
    // Otherwise an error that ends this process takes it along.
    detached: true,
  }).spawn();
}

async function dismiss(watchdog: Deno.ChildProcess): Promise<void> {
  const writer = watchdog.stdin.getWriter();
  await writer.write(new TextEncoder().encode("ended\n"));
  await writer.close();
  await watchdog.status;
}
