import { ReceivedAnswers, type ThreadAnswer } from "./received_answers.ts";
import type { ScanAnswer, ScanTask } from "./scan_messages.ts";
import type { ScanPlan } from "./scan_plan.ts";
import { StretchScanner } from "./scan_stretch.ts";
import { Turns } from "./turns.ts";

/** Who scans stretches of a file side by side, this thread among them. */
export interface ScanTeam {
  /** How many stretches there should be underway, so that nobody waits for the next. */
  readonly width: number;
  /** Has a stretch scanned by whoever has the least to do. Its bytes are gone meanwhile. */
  scan(task: ScanTask): Promise<ThreadAnswer>;
  /** Has a stretch scanned here and now. */
  scanHere(task: ScanTask): ThreadAnswer;
  /** Lets this thread take what the others have found by now. */
  turn(): Promise<void>;
  /** Ends it, whatever it is at. */
  end(): void;
}

/** Threads that scan stretches of a file side by side, and this one with them. */
export class ScanThreads implements ScanTeam {
  readonly #threads: Thread[];
  readonly #here: StretchScanner;
  readonly #answersHere = new ReceivedAnswers();
  readonly #turns = new Turns();

  /** @param count Number of threads, this one included. */
  constructor(count: number, plan: ScanPlan) {
    this.#threads = Array.from({ length: count - 1 }, () => new Thread(plan));
    this.#here = new StretchScanner(plan);
  }

  get width(): number {
    return 2 * this.#threads.length;
  }

  scan(task: ScanTask): Promise<ThreadAnswer> {
    const [first, ...others] = this.#threads;
    if (!first) throw new RangeError("There is no thread");
    return others.reduce((a, b) => (b.waiting < a.waiting ? b : a), first).scan(task);
  }

  scanHere(task: ScanTask): ThreadAnswer {
    return this.#answersHere.received(this.#here.scan(task));
  }

  async turn(): Promise<void> {
    await this.#turns.next();
  }

  end(): void {
    for (const thread of this.#threads) thread.end();
    this.#turns.end();
  }
}

class Thread {
  readonly #worker = new Worker(new URL("./scan_worker.ts", import.meta.url), { type: "module" });
  readonly #waiting: PromiseWithResolvers<ThreadAnswer>[] = [];
  readonly #answers = new ReceivedAnswers();

  constructor(plan: ScanPlan) {
    this.#worker.onmessage = ({ data }: MessageEvent<ScanAnswer>) =>
      this.#waiting.shift()?.resolve(this.#answers.received(data));
    this.#worker.onerror = (event) => {
      event.preventDefault();
      for (const { reject } of this.#waiting.splice(0)) {
        reject(new Error(`A thread that scans came to an end: ${event.message}`));
      }
    };
    this.#worker.postMessage(plan);
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  scan(task: ScanTask): Promise<ThreadAnswer> {
    const answer = Promise.withResolvers<ThreadAnswer>();
    this.#waiting.push(answer);
    const { bytes, values } = task;
    this.#worker.postMessage(task, values ? [bytes.buffer, values] : [bytes.buffer]);
    return answer.promise;
  }

  end(): void {
    this.#worker.terminate();
  }
}
