import { TextLineStream } from "./text_lines.ts";
import type { Side } from "./pairs.ts";

/** A program that loads something once, and then does its work as often as it is told to. */
export class Rival implements Side {
  readonly name: string;
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: ReadableStreamDefaultReader<string>;

  private constructor(name: string, child: Deno.ChildProcess) {
    this.name = name;
    this.#child = child;
    this.#writer = child.stdin.getWriter();
    this.#lines = child.stdout.pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream()).getReader();
  }

  /**
   * Starts the program and waits until it has loaded what it needs.
   *
   * It prints one line of JSON when it is ready, and one as the answer to each line it reads.
   */
  static async start(name: string, program: string, args: readonly string[]): Promise<Rival> {
    const child = new Deno.Command(program, {
      args: [...args],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const rival = new Rival(name, child);
    await rival.#answer();
    return rival;
  }

  /** The id of its process, for whoever measures its memory. */
  get pid(): number {
    return this.#child.pid;
  }

  async run(): Promise<number> {
    return (await this.ask("run"))["ms"] as number;
  }

  /** Tells it something, and gives its answer. */
  async ask(question: string): Promise<Record<string, unknown>> {
    await this.#writer.write(new TextEncoder().encode(question + "\n"));
    return await this.#answer();
  }

  /** Ends the program. */
  async stop(): Promise<void> {
    await this.#writer.close();
    await this.#lines.cancel();
    await this.#child.status;
  }

  async #answer(): Promise<Record<string, unknown>> {
    const { value } = await this.#lines.read();
    if (value !== undefined) return JSON.parse(value);
    throw new Error(`${this.name} ended with code ${(await this.#child.status).code}`);
  }
}
