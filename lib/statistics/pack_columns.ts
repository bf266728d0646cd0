import { NOT_ASKED } from "../survey/survey.ts";
import type { Column } from "./column.ts";

/** Several columns as one: each respondent's groups in all of them are one number. */
export interface Pack {
  readonly columns: readonly Column[];
  /** One number per respondent, below `size`, or `size` itself for those outside the domain. */
  readonly codes: Uint16Array;
  readonly size: number;
  /** The code that one of the columns has, by the pack's number. */
  codesOf(column: Column): Uint8Array;
}

/** Few enough combinations for their counts to stay in the processor's cache. */
const MOST = 1024;

/**
 * Packs columns together, so that one pass over a question counts it by all of them.
 *
 * @param columns Columns with legal codes only.
 * @param inside 1 for each respondent in the domain, or null for everyone.
 * @param respondents Number of respondents.
 * @returns As few packs as it takes, each with at least one column (one empty pack for none).
 */
export function packColumns(
  columns: readonly Column[],
  inside: Uint8Array | null,
  respondents: number,
): Pack[] {
  const parts: Column[][] = [[]];
  let size = 1;
  for (const column of columns) {
    const last = parts.at(-1)!;
    if (last.length > 0 && size * sizeOf(column) > MOST) {
      parts.push([column]);
      size = sizeOf(column);
    } else {
      last.push(column);
      size *= sizeOf(column);
    }
  }
  return parts.map((part) => pack(part, inside, respondents));
}

function pack(columns: readonly Column[], inside: Uint8Array | null, respondents: number): Pack {
  const codes = new Uint16Array(respondents);
  const strides = new Map<Column, number>();
  let size = 1;
  for (const column of columns) {
    const add = new Uint16Array(256).map((_, code) => placeOf(column, code) * size);
    const from = column.codes;
    for (let i = 0; i < respondents; i++) codes[i]! += add[from[i]!]!;
    strides.set(column, size);
    size *= sizeOf(column);
  }
  if (inside) {
    for (let i = 0; i < respondents; i++) if (!inside[i]) codes[i] = size;
  }
  return {
    columns,
    codes,
    size,
    codesOf(column) {
      const stride = strides.get(column)!;
      return new Uint8Array(size).map((_, number) => {
        const place = Math.floor(number / stride) % sizeOf(column);
        return place > column.categories.length ? NOT_ASKED : place;
      });
    },
  };
}

/** Categories, no answer, not asked. */
function sizeOf(column: Column): number {
  return column.categories.length + 2;
}

/** Codes close together: "not asked" follows the last category. */
function placeOf(column: Column, code: number): number {
  return code === NOT_ASKED
    ? column.categories.length + 1
    : code > column.categories.length
    ? 0
    : code;
}
