import type { Codebook } from "./codebook.ts";

/** The fewest items of a battery over which the same answer says something about the respondent. */
export const LEAST_ITEMS = 3;

/**
 * The batteries of a codebook: questions that follow each other on one scale and over one base are
 * read as one.
 *
 * @param isAsked Whether a question was part of the wave; by default all were.
 * @returns Codebook ids, of batteries with {@link LEAST_ITEMS} questions or more.
 */
export function batteriesOf(
  codebook: Codebook,
  isAsked: (name: string) => boolean = () => true,
): string[][] {
  const groups: { key: string; names: string[] }[] = [];
  for (const [name, { scale, base }] of Object.entries(codebook.questions)) {
    if (!isAsked(name)) continue;
    const key = `${scale} ${base}`;
    const last = groups.at(-1);
    if (last?.key === key) last.names.push(name);
    else groups.push({ key, names: [name] });
  }
  return groups.map(({ names }) => names).filter(({ length }) => length >= LEAST_ITEMS);
}
