import { type ColumnTable, escape, fromCSV } from "arquero";
import { InputError } from "./input_error.ts";
import { type Text, translated } from "./language.ts";
import { decodeText } from "./readers/decode_text.ts";
import { codebook, dataFile } from "./study.ts";

/** A coded passage of the interviews. */
export interface Passage {
  readonly id: string;
  /** Page of the published report. */
  readonly page: number;
  /** Whether the report quotes somebody, or retells what somebody said. */
  readonly kind: "quotation" | "account";
  /** Ids of data/published.json. */
  readonly themes: readonly string[];
  /** Who said it; null where the report names no speaker. */
  readonly profile: Profile | null;
  /** What was said, in our words. */
  readonly gist: Text;
}

/**
 * All that the report tells of a speaker, from the coarsest to the finest: by variable of the codebook
 * a category, or the variable or base that says which task the report names.
 */
export type Profile = Readonly<Record<string, string>>;

/** The columns that are not about the speaker. */
const COLUMNS = ["id", "page", "kind", "themes", "gist_da", "gist_en"];

/**
 * Reads the coded passages of the interviews, one row per passage.
 *
 * @param file A CSV file as described in data/README.md.
 * @returns An Arquero table with the file's columns: `page` is a number, `themes` a list of ids;
 *   the others that are about the speaker are codebook ids, or null where the report names none.
 * @throws {InputError} If the file cannot be read or a column is missing.
 */
export function readInterviews(file: string | URL = dataFile("interviews.csv")): ColumnTable {
  const name = String(file).split(/[\\/]/).at(-1) ?? String(file);
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(file);
  } catch (error) {
    throw new InputError(
      `Cannot read the interviews in ${name}: ${(error as Error).message}. Check the path.`,
    );
  }
  const table = fromCSV(decodeText(bytes, name), { autoType: false });
  const missing = COLUMNS.filter((column) => !table.columnNames().includes(column));
  if (missing.length > 0) {
    throw new InputError(
      `Cannot use the interviews in ${name}: no column ${missing.join(", ")}. ` +
        `Add it to the header; data/README.md says what it holds.`,
    );
  }
  const ids = table.array("id") as string[];
  const again = ids.findIndex((id, row) => ids.indexOf(id) < row);
  if (again >= 0) {
    throw new InputError(
      `Cannot use the interviews in ${name}: line ${again + 2} has the id "${
        ids[again]
      }" of line ` +
        `${ids.indexOf(ids[again]!) + 2}. Give each passage an id of its own.`,
    );
  }
  return table.derive({
    page: escape((row: { page: string }) => Number(row.page)),
    themes: escape((row: { themes: string | null }) => row.themes?.split(";") ?? []),
  });
}

let loaded: readonly Passage[] | undefined;

/** What stands for the interviews among what was not part of a wave. No codebook id looks like it. */
export const INTERVIEWS = "(interviews)";

/** The interviews, where nobody was interviewed; otherwise nothing. */
export function missingInterviews(): readonly string[] {
  return codebook().study.interviews.count === 0 ? [INTERVIEWS] : [];
}

/** The coded passages of data/interviews.csv, in the report's order; none where nobody was interviewed. */
export function allPassages(): readonly Passage[] {
  if (missingInterviews().length > 0) return [];
  return loaded ??= (readInterviews().objects() as Row[])
    .map(({ id, page, kind, themes, gist_da: da, gist_en: en, ...speaker }) => {
      const profile = Object.values(speaker).includes(null) ? null : speaker as Profile;
      return { id, page, kind, themes, profile, gist: translated({ da, en }) };
    });
}

type Row = Omit<Passage, "profile" | "gist"> & { gist_da: string; gist_en: string };

/** Two passages with the same key may be one person or two: the report does not say. */
export function profileKey(profile: Profile | null): string {
  return profile === null ? "" : Object.values(profile).join(" ");
}
