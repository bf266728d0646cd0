/**
 * How long a property test runs: so many runs, the same at every call; or, for a search of minutes, at
 * random for the seconds in FUZZ_SECONDS: `FUZZ_SECONDS=60 deno test -A tests/survey/`.
 *
 * @param runs Number of runs where the variable is not set.
 */
export function fuzzing(runs: number) {
  const seconds = Number(Deno.env.get("FUZZ_SECONDS") ?? 0);
  return seconds > 0
    ? { numRuns: 1e9, interruptAfterTimeLimit: 1000 * seconds, maxSkipsPerRun: 1e9 }
    : { numRuns: runs, seed: 12 };
}
