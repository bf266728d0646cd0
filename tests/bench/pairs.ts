/** One side of a comparison. */
export interface Side {
  readonly name: string;
  /** Does the work once. @returns The milliseconds that it took. */
  run(): Promise<number>;
}

/** How two sides compare, from runs that took turns. */
export interface Ratio {
  /** Pairs of runs. */
  readonly pairs: number;
  /** Median over the pairs of the other side's time by ours: above 1 we are faster. */
  readonly median: number;
  /** The least and the largest of them. */
  readonly low: number;
  readonly high: number;
  /** Median times in milliseconds. */
  readonly ours: number;
  readonly theirs: number;
}

export interface PairOptions {
  /** How many pairs. */
  readonly pairs: number;
  /** Seconds after which no further pair is begun; one is always made. */
  readonly seconds?: number;
  /** Runs of each side before the first pair, for what is only slow at first. */
  readonly warmUp?: number;
}

/**
 * Runs two sides in turns, so that what else the machine does is borne by both, and which of them is
 * first changes with every pair.
 */
export async function runPairs(ours: Side, theirs: Side, options: PairOptions): Promise<Ratio> {
  const { pairs, seconds = Infinity, warmUp = 1 } = options;
  for (let i = 0; i < warmUp; i++) {
    const took = await ours.run() + await theirs.run();
    // Nothing of what is slow at first is as slow as that.
    if (took > 3_000) break;
  }
  const times: { ours: number; theirs: number }[] = [];
  const began = performance.now();
  while (
    times.length < pairs && (times.length === 0 || performance.now() - began < seconds * 1e3)
  ) {
    if (times.length % 2 === 0) {
      const first = await ours.run();
      times.push({ ours: first, theirs: await theirs.run() });
    } else {
      const first = await theirs.run();
      times.push({ theirs: first, ours: await ours.run() });
    }
  }
  const ratios = times.map(({ ours, theirs }) => theirs / ours);
  return {
    pairs: times.length,
    median: median(ratios),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
    ours: median(times.map(({ ours }) => ours)),
    theirs: median(times.map(({ theirs }) => theirs)),
  };
}

/** The middle one, or the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** Times something that runs here. */
export function side(name: string, work: () => unknown): Side {
  return {
    name,
    async run() {
      const began = performance.now();
      await work();
      return performance.now() - began;
    },
  };
}
