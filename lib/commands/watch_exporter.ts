import { fileURLToPath } from "node:url";
import { InputError } from "../responses/input_error.ts";
import type { Text } from "../responses/language.ts";
import type { NamedNotebook } from "../report/html/report_options.ts";
import type { Notebook } from "../report/notebook_file.ts";
import { stripAnsi } from "../report/strip_ansi.ts";
import { linesOf } from "./lines_of.ts";
import { PROJECT } from "./project.ts";
import type { ReportOptions } from "./report.ts";
import type { ExportAnswer, SentNotebook } from "./watch_export_process.ts";

/** The module that the process begins with. */
export const EXPORTER = fileURLToPath(new URL("watch_export_process.ts", import.meta.url));

/** The process that makes reports of executed notebooks. */
export class Exporter {
  readonly #child: Deno.ChildProcess;
  readonly #answers: AsyncGenerator<string>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #stderr: Promise<string>;
  /** What the process has of each notebook. */
  readonly #sent = new Map<string, Notebook>();

  /**
   * Starts the process, which begins to read the answers.
   *
   * @param answers Where it puts them for the notebooks.
   */
  constructor(options: ReportOptions, answers: string) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--quiet", EXPORTER, JSON.stringify(options), answers],
      cwd: PROJECT,
      env: { DENO_NO_UPDATE_CHECK: "1" },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#answers = linesOf(this.#child.stdout);
    this.#writer = this.#child.stdin.getWriter();
    this.#stderr = passOn(this.#child.stderr);
  }

  /**
   * Waits until the answers are read.
   *
   * @returns With `strict`, the claims that do not hold on them.
   * @throws {InputError} They were refused, or the library cannot be loaded.
   */
  async ready(): Promise<Text | null> {
    return (await this.#answer("ready")).broken;
  }

  /**
   * Makes the reports of executed notebooks, and writes them.
   *
   * @param onPages Gets the pages by file name as soon as they are made.
   * @throws {InputError} The notebooks are not fit for a report.
   */
  async export(
    notebooks: readonly NamedNotebook[],
    onPages: (pages: ReadonlyMap<string, string>) => void,
  ): Promise<void> {
    const sent = notebooks.map(({ name, notebook }): SentNotebook =>
      this.#sent.get(name) === notebook ? { name } : { name, notebook }
    );
    for (const { name, notebook } of notebooks) this.#sent.set(name, notebook);
    // Where the process has ended, the missing answer says so, with the reason.
    await this.#writer.write(new TextEncoder().encode(`${JSON.stringify(sent)}\n`))
      .catch(() => {});
    const { pages } = await this.#answer("pages");
    onPages(new Map(Object.entries(pages)));
    await this.#answer("written");
  }

  /** Ends the process. */
  async close(): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
    }
    await this.#child.status;
    await Promise.allSettled([this.#writer.close(), this.#answers.return(undefined), this.#stderr]);
  }

  async #answer<Step extends ExportAnswer["step"]>(
    step: Step,
  ): Promise<Extract<ExportAnswer, { step: Step }>> {
    const { value, done } = await this.#answers.next();
    if (done) {
      throw new InputError(
        `The export has ended.\n${stripAnsi(await this.#stderr).trim()}`.trim(),
      );
    }
    const answer: ExportAnswer = JSON.parse(value);
    if (answer.step === "refused") throw new InputError(answer.message);
    if (!isStep(answer, step)) throw new Error(`The export said ${answer.step} before ${step}`);
    return answer;
  }
}

/** What is worth knowing about the answers comes this way, and why the process has ended. */
async function passOn(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let all = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    Deno.stderr.writeSync(new TextEncoder().encode(text));
    all += text;
  }
  return all;
}

function isStep<Step extends ExportAnswer["step"]>(
  answer: ExportAnswer,
  step: Step,
): answer is Extract<ExportAnswer, { step: Step }> {
  return answer.step === step;
}
