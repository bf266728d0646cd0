import type { Text } from "../responses/language.ts";
import { formatCount } from "../words/format_number.ts";
import { tell } from "../words/tell.ts";
import type { Survey } from "../responses/survey.ts";

/** The same as a sentence; nothing where the answers were read into memory. */
export function howReadTold(survey: Survey): Text {
  const words = howRead(survey);
  return words === null ? tell() : tell({
    da: () => `Svarene er ${words.da}.`,
    en: () => `The answers were ${words.en}.`,
  });
}

/**
 * What counted the answers, where it was not the program itself: a table of counts that was given, or
 * DuckDB from files that do not fit into memory.
 *
 * @returns null where the answers were read into memory.
 */
export function howRead({ counted }: Survey): Text | null {
  if (counted === undefined) return null;
  const { files } = counted;
  if (files === undefined) {
    return {
      da: "læst som en tabel over optællinger",
      en: "read as a table of counts",
    };
  }
  return {
    da: `talt op af DuckDB fra ${formatCount(files, "da")} ${files === 1 ? "fil" : "filer"}`,
    en: `counted by DuckDB from ${formatCount(files, "en")} ${files === 1 ? "file" : "files"}`,
  };
}
