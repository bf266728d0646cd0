import { type ColumnTable, escape, fromCSV } from "arquero";
import { InputError } from "./input_error.ts";
import type { Text } from "./language.ts";
import { decodeText } from "./readers/decode_text.ts";
import { dataFile } from "./study.ts";

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

/** All that the report tells of a speaker, by codebook ids. */
export interface Profile {
  readonly gender: string;
  readonly age_group: string;
  /** Which of the two tasks the report names: a variable of the codebook. */
  readonly role: string;
}

const SPEAKER = ["gender", "age_group", "role"] as const;
const COLUMNS = ["id", "page", "kind", "themes", ...SPEAKER, "gist_da", "gist_en"];

/**
 * Reads the coded passages of the interviews, one row per passage.
 *
 * @param file A CSV file as described in data/README.md.
 * @returns An Arquero table with the file's columns: `page` is a number, `themes` a list of ids;
 *   those on the speaker are codebook ids, or null where the report names none.
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
  return table.derive({
    page: escape((row: { page: string }) => Number(row.page)),
    themes: escape((row: { themes: string | null }) => row.themes?.split(";") ?? []),
  });
}

let loaded: readonly Passage[] | undefined;

/** The coded passages of data/interviews.csv, in the report's order. */
export function allPassages(): readonly Passage[] {
  type Row = Omit<Passage, "profile" | "gist"> & { gist_da: string; gist_en: string } & Profile;
  return loaded ??= (readInterviews().objects() as Row[])
    .map(({ gist_da: da, gist_en: en, gender, age_group, role, ...row }) => ({
      ...row,
      profile: [gender, age_group, role].includes(null!) ? null : { gender, age_group, role },
      gist: { da, en },
    }));
}

/** Two passages with the same key may be one person or two: the report does not say. */
export function profileKey(profile: Profile | null): string {
  return profile === null ? "" : SPEAKER.map((column) => profile[column]).join(" ");
}
