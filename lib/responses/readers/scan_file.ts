import { BlockScanner, SLACK } from "./block_scanner.ts";
import type { Sink } from "./receiver.ts";
import type { Batch, ScanPlan } from "./scan_plan.ts";
import type { ThreadAnswer } from "./received_answers.ts";
import type { ScanTask } from "./scan_messages.ts";
import { type ScanTeam, ScanThreads } from "./scan_threads.ts";
import type { Source } from "./source.ts";
import { type Stretch, Stretches } from "./stretches.ts";

/** From this size on a file is scanned in threads of their own, which take a moment to start. */
const LARGE = 2 ** 24;
/** Number of bytes that a thread scans at once. */
const STRETCH = 2 ** 20;
/** More threads than that would wait for the one that takes what they find. */
const MOST_THREADS = 4;
/** So many stretches are in memory at once. */
const MOST_UNDERWAY = 2 * MOST_THREADS;

/** Where some consecutive respondents stand in a file. */
export interface Place {
  /** The first of them (from 0). */
  readonly row: number;
  /** The position of their first byte. */
  readonly offset: number;
  /** Number of line breaks between the beginning of the scan and there. */
  readonly lines: number;
}

/** A file that was scanned. */
export interface ScannedFile {
  readonly respondents: number;
  readonly places: readonly Place[];
  /** For each column whether it has a name or a value. */
  readonly seen: readonly boolean[];
}

/** How {@link scanFile} may be told to work. */
export interface ScanOptions {
  readonly large?: number;
  readonly stretch?: number;
  readonly team?: (plan: ScanPlan) => ScanTeam;
}

/**
 * Scans the records of a delimited file and hands their values on, in order.
 *
 * @param from Where the first record begins.
 * @param sinks For each column who takes its values.
 * @param onLong See {@link Stretches}.
 * @returns Where everybody stands; or "encoding" or "shape" where the bytes cannot be such a file, in
 *   which case the sinks hold a part of it.
 */
export async function scanFile(
  source: Source,
  from: number,
  plan: ScanPlan,
  sinks: readonly (Sink | null)[],
  onLong: () => void,
  { large = LARGE, stretch = STRETCH, team = teamFor }: ScanOptions = {},
): Promise<ScannedFile | "encoding" | "shape"> {
  const hand = new Handing(sinks);
  const size = source.size - from;
  if (size < large) return scanHere(source, from, plan, hand);
  const scanning = team(plan);
  try {
    return await scanApart(new Stretches(source, from, plan.delimiter, stretch, onLong), scanning, {
      hand,
      size,
      seen: plan.named.slice(),
    });
  } finally {
    scanning.end();
  }
}

function teamFor(plan: ScanPlan): ScanTeam {
  return new ScanThreads(Math.min(MOST_THREADS, navigator.hardwareConcurrency), plan);
}

function scanHere(
  source: Source,
  from: number,
  plan: ScanPlan,
  hand: Handing,
): ScannedFile | "encoding" | "shape" {
  const length = source.size - from;
  const bytes = new Uint8Array(length + SLACK);
  source.copy(from, bytes.subarray(0, length));
  const scanner = new BlockScanner(plan);
  const { trouble } = scanner.scan(bytes, 0, length, (batch) => hand.on(batch, from, 0));
  if (trouble) return trouble === "encoding" ? "encoding" : "shape";
  return { respondents: hand.row, places: hand.places, seen: Array.from(scanner.seen, Boolean) };
}

async function scanApart(
  stretches: Stretches,
  team: ScanTeam,
  { hand, size, seen }: { hand: Handing; size: number; seen: boolean[] },
): Promise<ScannedFile | "encoding" | "shape"> {
  interface Underway {
    readonly stretch: Omit<Stretch, "bytes">;
    /** Null as long as another thread is at it. */
    found: ThreadAnswer | null;
    readonly answer: Promise<ThreadAnswer>;
  }
  const underway: Underway[] = [];
  // Memory goes to a thread and comes back, to be used again.
  const spare: { readonly bytes: Uint8Array<ArrayBuffer>; readonly values: ArrayBuffer }[] = [];
  let [lines, walks] = [0, false];
  const begin = (scan: (task: ScanTask) => ThreadAnswer | Promise<ThreadAnswer>) => {
    const memory = spare.pop();
    const next = stretches.next(memory?.bytes);
    if (!next) return false;
    const { bytes, ...stretch } = next;
    const found = scan({ bytes, length: stretch.length, values: memory?.values ?? null });
    if (!(found instanceof Promise)) {
      underway.push({ stretch, found, answer: Promise.resolve(found) });
      return true;
    }
    const one: Underway = { stretch, found: null, answer: found };
    // Whoever waits for it is told; nobody may be, where an earlier one has trouble.
    found.then((answer) => one.found = answer, () => {});
    underway.push(one);
    return true;
  };
  const isApart = ({ found }: Underway) => found === null;
  for (;;) {
    while (
      underway.length < MOST_UNDERWAY && underway.filter(isApart).length < team.width &&
      begin((task) => team.scan(task))
    );
    const waits = underway[0] === undefined || isApart(underway[0]);
    // Rather than wait for the others this thread helps them.
    if (
      waits && underway.length < MOST_UNDERWAY && begin((task) => team.scanHere(task))
    ) {
      await team.turn();
      continue;
    }
    const first = underway.shift();
    if (!first) break;
    const answer = await first.answer;
    const { offset, length, isLast } = first.stretch;
    if (answer.trouble === "open_quote" && !isLast && !walks) {
      // The cut was inside of a quoted value, and so may all that follow be.
      for (const each of underway.splice(0)) spare.push(await each.answer);
      stretches.walkFrom(offset);
      walks = true;
      continue;
    }
    if (answer.trouble) return answer.trouble === "encoding" ? "encoding" : "shape";
    if (hand.row === 0) {
      const rows = answer.batches.reduce((sum, batch) => sum + batch.rows, 0);
      hand.expect(1.02 * rows * size / length + 1000);
    }
    for (const batch of answer.batches) hand.on(batch, offset, lines);
    answer.seen.forEach((one, column) => one && (seen[column] = true));
    lines += answer.lines;
    spare.push(answer);
  }
  return { respondents: hand.row, places: hand.places, seen };
}

/** Hands batches on to those who take the columns. */
class Handing {
  row = 0;
  readonly places: Place[] = [];

  constructor(private readonly sinks: readonly (Sink | null)[]) {}

  expect(rows: number) {
    for (const sink of this.sinks) sink?.expect?.(Math.ceil(rows));
  }

  on(batch: Batch, offset: number, lines: number) {
    const { row } = this;
    this.places.push({ row, offset: offset + batch.start, lines: lines + batch.lines });
    batch.columns.forEach((column, position) => {
      const sink = this.sinks[position];
      if (!sink || !column) return;
      if ("hashes" in column) sink.hashes?.take(row, column.hashes, column);
      else if ("numbers" in column) sink.numbers?.(row, column.numbers);
      else sink.texts(row, column);
    });
    this.row += batch.rows;
  }
}
