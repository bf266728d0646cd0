import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { type Kernel, OWN_CODE } from "../report/kernel.ts";
import { startKernel } from "../report/start_kernel.ts";
import { NOTEBOOKS, PROJECT } from "./project.ts";

const LIBRARY = pathToFileURL(join(PROJECT, "lib", "notebook.ts")).href;

/** Loads the library, which takes most of a notebook's time, and reads the answers once. */
const WARM_UP = `${OWN_CODE} await (async () => {
  const { openSurvey } = await import(${JSON.stringify(LIBRARY)});
  await openSurvey();
})();`;

/** One kernel that is started before it is needed, with the library loaded. */
export class SpareKernel {
  #kernel: Promise<Kernel> | null = null;

  /**
   * @param env The environment variables of the notebooks.
   * @param signal Ends the waiting for a kernel.
   */
  constructor(
    private readonly env: Readonly<Record<string, string>>,
    private readonly signal: AbortSignal,
  ) {}

  /** Starts a kernel where none is waiting. */
  prepare(): void {
    if (this.#kernel !== null) return;
    this.#kernel = this.#start();
    // Its failure is told to whoever takes it.
    this.#kernel.catch(() => {});
  }

  /** The kernel that waits, or a new one. Whoever takes it closes it. */
  take(): Promise<Kernel> {
    this.prepare();
    const kernel = this.#kernel!;
    this.#kernel = null;
    return kernel;
  }

  /** Ends the kernel that waits: what it has loaded is out of date, or all is over. */
  async discard(): Promise<void> {
    const kernel = this.#kernel;
    this.#kernel = null;
    const [started] = await Promise.allSettled([kernel]);
    if (started?.status === "fulfilled") await started.value?.close();
  }

  async #start(): Promise<Kernel> {
    const kernel = await startKernel({ cwd: NOTEBOOKS, env: this.env, signal: this.signal });
    try {
      // A library that cannot be loaded fails the notebook's own cell, which says why.
      await kernel.execute(WARM_UP, { silent: true, signal: this.signal });
      return kernel;
    } catch (error) {
      await kernel.close();
      throw error;
    }
  }
}
