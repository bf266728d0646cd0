/** Counts checks, and prints each as it ends. */
export class Tally {
  #passed = 0;
  #failed = 0;

  /**
   * Makes one check.
   *
   * @param what Its name.
   * @param run Returns what is wrong; nothing: it has passed.
   */
  async check(what: string, run: () => Promise<readonly string[]>): Promise<void> {
    const started = performance.now();
    const wrong = await run().catch((error: unknown) => [String(error)]);
    if (wrong.length === 0) this.#passed++;
    else this.#failed++;
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    const result = wrong.length === 0 ? "ok" : `FAILED\n    ${wrong.slice(0, 10).join("\n    ")}`;
    console.log(`${what}, ${seconds} s ... ${result}`);
  }

  /** Prints the totals as the last line. @returns The exit code. */
  end(): number {
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0 ? 0 : 1;
  }
}
