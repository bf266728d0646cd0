/**
 * How long a property test runs: so many runs, the same at every call; or, for a search of minutes, at
 * random for the minutes in FUZZ_MINUTES: `FUZZ_MINUTES=3 deno test -A tests/responses/`.
 *
 * @param runs Number of runs where the variable is not set.
 */
export function fuzzing(runs: number) {
  const minutes = Number(Deno.env.get("FUZZ_MINUTES") ?? 0);
  return minutes > 0
    ? { numRuns: 1e9, interruptAfterTimeLimit: 60_000 * minutes, maxSkipsPerRun: 1e9 }
    : { numRuns: runs, seed: 12 };
}
