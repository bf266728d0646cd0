import { fromCSV } from "arquero";
import { InputError } from "./input_error.ts";
import { type Text, translated } from "./language.ts";
import { decodeText } from "./readers/read_table.ts";
import { codebook, dataFile, once, readStudyFile } from "./study.ts";

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

/** The columns that are not about the speaker; each other is a codebook id, or null where none is named. */
const COLUMNS = ["id", "page", "kind", "themes", "gist_da", "gist_en"];

/**
 * Reads the coded passages of the interviews, in the report's order.
 *
 * @param file A CSV file as described in data/README.md.
 * @throws {InputError} If the file cannot be read, a column is missing, or an id stands twice.
 */
export function readInterviews(file: string | URL = dataFile("interviews.csv")): Passage[] {
  const name = String(file).split(/[\\/]/).at(-1)!;
  const table = fromCSV(decodeText(readStudyFile(file), name), { autoType: false });
  const missing = COLUMNS.filter((column) => !table.columnNames().includes(column));
  const rows = table.objects() as Row[];
  const twice = missing.length > 0 ? [] : rows.flatMap(({ id }, row) => {
    const first = rows.findIndex((each) => each.id === id);
    return first < row ? [`line ${row + 2} has the id "${id}" of line ${first + 2}`] : [];
  });
  const problems = [...missing.map((column) => `no column ${column}`), ...twice];
  if (problems.length > 0) {
    throw new InputError(
      `Cannot use the interviews in ${name}: ${
        problems.join("; ")
      }. data/README.md says what it holds.`,
    );
  }
  return rows.map(({ id, page, kind, themes, gist_da: da, gist_en: en, ...speaker }) => ({
    ...{ id, page: Number(page), kind, themes: themes?.split(";") ?? [] },
    profile: Object.values(speaker).includes(null) ? null : speaker as Profile,
    gist: translated({ da, en }),
  }));
}

type Row =
  & Pick<Passage, "id" | "kind">
  & Readonly<Record<"page" | "gist_da" | "gist_en", string> & { themes: string | null }>;

/** What stands for the interviews among what was not part of a wave. No codebook id looks like it. */
export const INTERVIEWS = "(interviews)";

/** The interviews, where nobody was interviewed; otherwise nothing. */
export function missingInterviews(): readonly string[] {
  return codebook().study.interviews.count === 0 ? [INTERVIEWS] : [];
}

/** The coded passages of data/interviews.csv; none where nobody was interviewed. */
export const allPassages: () => readonly Passage[] = once(() =>
  missingInterviews().length > 0 ? [] : readInterviews()
);

/** Two passages with the same key may be one person or two: the report does not say. */
export function profileKey(profile: Profile | null): string {
  return profile === null ? "" : Object.values(profile).join(" ");
}
