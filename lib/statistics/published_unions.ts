import type { Codebook } from "../responses/codebook.ts";

/**
 * Groups of a variable that together are a group of another variable, so that a report which is
 * broken down by both also shows them added up: whoever only serves politicians and whoever also
 * makes rulings together are those who serve politicians.
 *
 * They follow from the codebook: from the `where` of derived variables, in both directions.
 *
 * @param name A question or variable.
 * @returns Lists of category ids, each with two or more.
 */
export function publishedUnions(codebook: Codebook, name: string): string[][] {
  const own = Object.entries(codebook.variables[name]?.categories ?? {});
  const sources = new Set(own.flatMap(([, { where }]) => Object.keys(where ?? {})));
  const coarser = [...sources].flatMap((source) => {
    const answers = new Set(own.flatMap(([, { where }]) => where?.[source] ?? []));
    return [...answers].map((answer) =>
      own.filter(([, { where }]) => where?.[source]?.includes(answer)).map(([id]) => id)
    );
  });
  const finer = Object.values(codebook.variables).flatMap(({ categories }) =>
    Object.values(categories).flatMap(({ where }) => where?.[name] ? [where[name]] : [])
  );
  const unions = [...coarser, ...finer].filter((union) => union.length > 1);
  return [...new Map(unions.map((union) => [JSON.stringify(union), [...union]])).values()];
}
