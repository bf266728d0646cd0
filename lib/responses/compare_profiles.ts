import type { ProfileRow } from "./survey_profile.ts";

/** One fact about two response files; null where a file does not have it. */
export interface ProfileChange {
  readonly kind: ProfileRow["kind"];
  readonly name: string;
  readonly measure: ProfileRow["measure"];
  readonly before: number | null;
  readonly before_of: number | null;
  readonly now: number | null;
  readonly now_of: number | null;
  /**
   * What happened: a question, base or category came (`new`) or went (`lost`), a number `grew` or
   * `shrank` (as a share of its `of`, for rows and bases as a number), or it is the `same`.
   */
  readonly change: "new" | "lost" | "grew" | "shrank" | "same";
}

/**
 * Sets the profiles of two response files side by side.
 *
 * @param now The profile of the new file; see `surveyProfile()`.
 * @param before The profile of the earlier one.
 * @returns A row for every fact that either has, in the order of `now`, then what only `before` has.
 */
export function compareProfiles(
  now: readonly ProfileRow[],
  before: readonly ProfileRow[],
): ProfileChange[] {
  const keyOf = ({ kind, name, measure }: ProfileRow) => `${kind}\t${name}\t${measure}`;
  const [mine, theirs] = [now, before].map((rows) =>
    new Map(rows.map((row) => [keyOf(row), row] as const))
  );
  return [...new Set([...mine?.keys() ?? [], ...theirs?.keys() ?? []])].map((key) => {
    const [current, earlier] = [mine?.get(key), theirs?.get(key)];
    const { kind, name, measure } = (current ?? earlier) as ProfileRow;
    return {
      kind,
      name,
      measure,
      before: earlier?.count ?? null,
      before_of: earlier?.of ?? null,
      now: current?.count ?? null,
      now_of: current?.of ?? null,
      change: changeOf(current, earlier),
    };
  });
}

function changeOf(
  now: ProfileRow | undefined,
  before: ProfileRow | undefined,
): ProfileChange["change"] {
  if (!now) return "lost";
  if (!before) return "new";
  if (now.measure === "left_out" && now.count !== before.count) {
    return now.count > 0 ? "lost" : "new";
  }
  if (now.measure === "used" && now.count !== before.count) return now.count > 0 ? "new" : "lost";
  const absolute = now.kind === "base" || now.measure === "rows";
  const [a, b] = [now, before].map(({ count, of }) => absolute ? count : of > 0 ? count / of : 0);
  const difference = (a ?? 0) - (b ?? 0);
  return difference > 0 ? "grew" : difference < 0 ? "shrank" : "same";
}
