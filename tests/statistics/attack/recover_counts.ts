import { isExact } from "../../../lib/statistics/estimate.ts";
import { type Counts, groupsCounted } from "../../../lib/statistics/counts.ts";
import { estimatesFromCounts } from "../../../lib/statistics/estimates.ts";
import { breakdownTest } from "../../../lib/statistics/test_breakdown.ts";
import { linearProgram, spanOf } from "./linear_program.ts";

/** A background: the group by variable, as counts name it. */
export type Background = Readonly<Record<string, string>>;

/** A report that is made on some of the respondents: its tables of one question. */
export interface Report {
  readonly tables: readonly Counts[];
  readonly isIn: (background: Background) => boolean;
}

/** Somebody who answered the question. */
export interface Answered {
  readonly background: Background;
  /** The answer's code. */
  readonly answer: number;
}

/** A count that should be hidden and is not. */
export interface Leak {
  readonly name: string;
  readonly people: number;
  readonly answer: string;
  readonly count: number;
}

/** People of certain backgrounds. */
interface Among {
  readonly name: string;
  readonly has: (background: Background) => boolean;
}

/**
 * Attacks all that reports show of one question: numbers of people, shares, and differences against
 * the rest are put into linear equations, and the least and greatest value that fits is computed for
 * every hidden count of fewer people than the least base, in a report or outside a part that has its
 * own. (Larger groups that are hidden are there to cover for these.)
 *
 * A count is leaked where one whole number alone fits, unless it follows from a larger group that is
 * shown (or follows, and has as many people as the least base) of which all or none gave the answer.
 * With inequalities, answers that fewer than the least base gave or did not give are left aside: a
 * rare answer is placed by the zeros elsewhere, whatever is hidden.
 *
 * @param possible Every background that there can be.
 * @param answered Who answered; the first report is on all of them.
 * @param means Whether the attacker adds and subtracts alone, or also knows that no count is below 0.
 */
export function recoverCounts(
  reports: readonly Report[],
  possible: readonly Background[],
  answered: readonly Answered[],
  means: "equations" | "inequalities",
): Leak[] {
  const [whole, ...parts] = reports;
  const [{ answers, sample }] = whole!.tables as [Counts];
  const given = [...new Set(answered.map(({ answer }) => answer))].sort();
  if (given.length < 2) return [];

  const shown: Among[] = [];
  const hidden: Among[] = [];
  for (const { tables, isIn } of reports) {
    for (const counts of tables) {
      for (const group of counts.groups) {
        const isShown = estimatesFromCounts(counts)
          .some((each) => each.group === group && isExact(each));
        (isShown ? shown : hidden).push(amongOf(counts, [group], isIn));
      }
      if (counts.variable === null) continue;
      for (const { group, againstRest } of breakdownTest(counts, [answers[0]!]).groups) {
        const rest = groupsCounted(counts).filter((each) => each !== group);
        if (againstRest !== null) shown.push(amongOf(counts, rest, isIn));
      }
    }
  }
  for (const { isIn } of parts) {
    for (const counts of whole!.tables) {
      for (const group of counts.groups) {
        const outside = amongOf(counts, [group], (background) => !isIn(background));
        hidden.push(outside);
      }
    }
  }

  const size = possible.length * given.length;
  const row = ({ has }: Among, wanted: readonly number[], value: number) => {
    const line = new Array<number>(size + 1).fill(0);
    for (const [type, background] of possible.entries()) {
      if (!has(background)) continue;
      for (const answer of wanted) line[type * given.length + given.indexOf(answer)] = 1;
    }
    line[size] = value;
    return line;
  };
  const rows = [
    ...[...shown, ...hidden].map((among) => row(among, given, peopleIn(among).length)),
    ...shown.flatMap((among) => given.map((answer) => row(among, [answer], tally(among, answer)))),
  ];
  const isDetermined = means === "equations"
    ? spanOf(rows, size)
    : ((program) => (objective: readonly number[]) => {
      const [low, high] = program.range(objective);
      return Math.ceil(low - 1e-6) >= Math.floor(high + 1e-6);
    })(linearProgram(rows, size));
  return hidden.filter((among) => isSmall(peopleIn(among))).flatMap((among) =>
    given.flatMap((answer) => {
      if (means === "inequalities" && isRare(answer)) return [];
      if (!isDetermined(row(among, [answer], 0)) || isUnanimous(among, answer)) return [];
      return [{
        name: among.name,
        people: peopleIn(among).length,
        answer: answers[answer - 1]!,
        count: tally(among, answer),
      }];
    })
  );

  /** Where hardly anybody gave an answer, that nobody did elsewhere tells where they are. */
  function isRare(answer: number): boolean {
    const count = answered.filter((person) => person.answer === answer).length;
    return Math.min(count, answered.length - count) < sample.leastBase;
  }

  function isSmall({ length }: readonly Answered[]): boolean {
    return length > 0 && length < sample.leastBase;
  }

  function peopleIn({ has }: Among): Answered[] {
    return answered.filter(({ background }) => has(background));
  }

  function tally(among: Among, answer: number): number {
    return peopleIn(among).filter((person) => person.answer === answer).length;
  }

  /**
   * Whether all or none of a larger group gave the answer, which nothing can keep secret; or the same
   * people are shown under another name.
   */
  function isUnanimous(among: Among, answer: number): boolean {
    const few = peopleIn(among);
    return following(shown.map((each) => new Set(peopleIn(each)))).some((set) => {
      if (set.size < sample.leastBase || !few.every((person) => set.has(person))) return false;
      if (set.size === few.length) return true;
      const count = [...set].filter((person) => person.answer === answer).length;
      return count === 0 || count === set.size;
    });
  }
}

function amongOf(
  { variable }: Counts,
  groups: readonly (string | null)[],
  isIn: Report["isIn"],
): Among {
  return {
    name: `${variable}=${groups.join("+")}`,
    has: (background) =>
      isIn(background) && (variable === null || groups.includes(background[variable] ?? "")),
  };
}

/** The sets shown, and what is left of each after taking others away that lie within it. */
function following(sets: readonly Set<Answered>[]): Set<Answered>[] {
  const less = sets.flatMap((set) =>
    sets.flatMap((start) => {
      const left = new Set(set);
      return [start, ...sets].flatMap((other) => {
        if (other === set || other.size === 0 || !other.isSubsetOf(left)) return [];
        for (const person of other) left.delete(person);
        return [new Set(left)];
      });
    })
  );
  return [...sets, ...less].filter(({ size }) => size > 0);
}
