/** A folder whose files are watched. */
export interface WatchedFolder {
  readonly path: string;
  /** Folders in it too. */
  readonly recursive: boolean;
}

/** How long nothing more may change before a save counts as done, in milliseconds. */
const QUIET_MS = 60;

/**
 * Notes which files change, also while nobody asks.
 *
 * Editors save in steps: they empty the file first, or write another one and rename it. What counts
 * is therefore the file's name and that it has been quiet for a moment, not the kind of change.
 */
export class Changes {
  readonly #watchers: Deno.FsWatcher[];
  readonly #reading: Promise<unknown>;
  readonly #pending = new Set<string>();
  #last = 0;
  #wake: () => void = () => {};

  /**
   * @param folders What is watched; all of them have to exist.
   * @param counts Whether a file with this full path is of interest.
   */
  constructor(
    folders: readonly WatchedFolder[],
    private readonly counts: (path: string) => boolean,
  ) {
    this.#watchers = folders.map(({ path, recursive }) => Deno.watchFs(path, { recursive }));
    this.#reading = Promise.all(this.#watchers.map((watcher) => this.#read(watcher)));
  }

  /**
   * Waits until something has changed since the last call and is quiet again.
   *
   * @returns The full paths, each once.
   * @throws The signal's reason when that is aborted.
   */
  async next(signal: AbortSignal): Promise<Set<string>> {
    const onAbort = () => this.#wake();
    signal.addEventListener("abort", onAbort);
    try {
      while (true) {
        signal.throwIfAborted();
        const quiet = performance.now() - this.#last;
        if (this.#pending.size > 0 && quiet >= QUIET_MS) break;
        await this.#change(this.#pending.size > 0 ? QUIET_MS - quiet : null);
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
    const changed = new Set(this.#pending);
    this.#pending.clear();
    return changed;
  }

  /** Stops watching. */
  async close(): Promise<void> {
    for (const watcher of this.#watchers) watcher.close();
    await this.#reading;
  }

  /** The next change, or the end of the time. */
  async #change(ms: number | null): Promise<void> {
    const woken = Promise.withResolvers<void>();
    this.#wake = woken.resolve;
    const timer = ms === null ? undefined : setTimeout(woken.resolve, ms);
    await woken.promise;
    clearTimeout(timer);
  }

  async #read(watcher: Deno.FsWatcher): Promise<void> {
    for await (const { kind, paths } of watcher) {
      // Reading a file is no change, and this program reads them all.
      if (kind === "access") continue;
      for (const path of paths.filter(this.counts)) {
        this.#pending.add(path);
        this.#last = performance.now();
        this.#wake();
      }
    }
  }
}
