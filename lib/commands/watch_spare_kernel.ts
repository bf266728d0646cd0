import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { type Kernel, OWN_CODE } from "../report/kernel.ts";
import { startKernel } from "../report/start_kernel.ts";
import { NOTEBOOKS, PROJECT } from "./project.ts";

const WARM_UP = pathToFileURL(join(PROJECT, "lib", "commands", "watch_warm_up.ts")).href;

/** Code for one step of `watch_warm_up.ts`, which says whether there is more to do. */
function warmUp(step: number): string {
  return `${OWN_CODE} await (async () => {
  const { warmUp } = await import(${JSON.stringify(WARM_UP)});
  const more = await warmUp(${step});
  await Deno.jupyter.broadcast("status", { execution_state: "busy", more });
})();`;
}

/** One kernel that is started before it is needed, with the library loaded. */
export class SpareKernel {
  #waiting: { readonly ready: Promise<Kernel>; isWanted: boolean } | null = null;

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
    if (this.#waiting !== null) return;
    const waiting = { isWanted: false };
    const ready = this.#warmUp(waiting);
    this.#waiting = Object.assign(waiting, { ready });
    // Its failure is told to whoever takes it.
    ready.catch(() => {});
  }

  /** The kernel that waits, or a new one. Whoever takes it closes it. */
  take(): Promise<Kernel> {
    this.prepare();
    const { ready } = this.#waiting!;
    this.#end();
    return ready;
  }

  /** Ends the kernel that waits: what it has loaded is out of date, or all is over. */
  async discard(): Promise<void> {
    const waiting = this.#waiting;
    this.#end();
    const [started] = await Promise.allSettled([waiting?.ready]);
    if (started?.status === "fulfilled") await started.value?.close();
  }

  /** Lets the kernel that waits end its step, and go no further. */
  #end(): void {
    if (this.#waiting !== null) this.#waiting.isWanted = true;
    this.#waiting = null;
  }

  async #warmUp(waiting: { readonly isWanted: boolean }): Promise<Kernel> {
    const kernel = await startKernel({ cwd: NOTEBOOKS, env: this.env, signal: this.signal });
    try {
      for (let step = 0, more = true; more && !waiting.isWanted; step++) {
        more = false;
        // A library that cannot be loaded fails the notebook's own cell, which says why.
        await kernel.execute(warmUp(step), {
          silent: true,
          signal: this.signal,
          onMessage: ({ content }) => more ||= content["more"] === true,
        });
      }
      return kernel;
    } catch (error) {
      await kernel.close();
      throw error;
    }
  }
}
