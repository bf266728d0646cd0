import type { Text } from "../responses/language.ts";
import type { Survey } from "../responses/survey.ts";
import { ownText } from "../words/message.ts";
import { NOTHING } from "../words/tell.ts";

/** The same as a sentence; nothing where the answers were read into memory. */
export function howReadTold(survey: Survey): Text {
  const how = howRead(survey);
  return how === null ? NOTHING : ownText("read.sentence", { how });
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
  return files === undefined ? ownText("read.counts") : ownText("read.files", { files });
}

/** What a section says that cannot be made of counts. */
export const NEEDS_ROWS: Text = ownText("needs_rows");
