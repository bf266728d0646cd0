import type { Ratio } from "./pairs.ts";

/** One line of the bench's table. */
export interface Row {
  /** What stays the same from run to run; the baseline goes by it. */
  readonly key: string;
  readonly case: string;
  /** What was done, and of how much. */
  readonly what: string;
  /** Whom we are compared with. */
  readonly rival: string;
  /** Null where the other side is missing or the figure is not a comparison. */
  readonly ratio: Ratio | null;
  /** The least ratio that was aimed at; null where none was. */
  readonly target: number | null;
  /** Another figure, with its limit: memory, seconds. */
  readonly figure?: {
    readonly name: string;
    readonly value: number;
    readonly unit: string;
    /** The most it may be; null where there is no limit. */
    readonly most: number | null;
  };
  /** Why there is no figure, or what to know of it. */
  readonly note?: string;
}

/** Whether a row reaches what was aimed at; null where nothing was, or there is no figure. */
export function isMet({ ratio, target, figure }: Row): boolean | null {
  const reached = [
    ...ratio !== null && target !== null ? [ratio.median >= target] : [],
    ...figure && figure.most !== null ? [figure.value <= figure.most] : [],
  ];
  return reached.length === 0 ? null : reached.every(Boolean);
}

/** How a case is run. */
export interface CaseOptions {
  /** Only these numbers of respondents. */
  readonly respondents: readonly number[] | undefined;
  readonly pairs: number | undefined;
  /** Only against these, by the beginnings of their names. */
  readonly against: readonly string[] | undefined;
  /** Where large files go; removed afterwards. */
  readonly folder: string;
  /** Takes each row as soon as it is there: a bench that is stopped keeps what it has. */
  readonly found: (row: Row) => Promise<void>;
  /** Says what is going on. */
  readonly say: (text: string) => void;
}

/** Whether a case is to be run against somebody. */
export function isWanted({ against }: Pick<CaseOptions, "against">, rival: string): boolean {
  const name = rival.toLowerCase();
  return against === undefined || against.some((start) => name.startsWith(start.toLowerCase()));
}

/** A part of the bench that can be run by itself. */
export type Case = (options: CaseOptions) => Promise<void>;
