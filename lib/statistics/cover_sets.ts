/**
 * Puts sets of names together, so that few tables by many names each hold the counts of all.
 *
 * @param sets What is to be counted by.
 * @param sizeOf How many answers a name has.
 * @param most How many combinations of answers a table may have, if it is not a single set's.
 * @returns Tables, by their names: each set is a part of at least one of them.
 */
export function coverSets(
  sets: readonly (readonly string[])[],
  sizeOf: (name: string) => number,
  most: number,
): string[][] {
  let left = [...sets].sort((a, b) => b.length - a.length);
  const names = [...new Set(sets.flat())];
  const tables: string[][] = [];
  while (left[0] !== undefined) {
    const table = new Set(left[0]);
    let size = [...table].reduce((product, name) => product * sizeOf(name), 1);
    for (;;) {
      const best = names
        .filter((name) => !table.has(name) && size * sizeOf(name) <= most)
        .map((name) => ({ name, gain: gainOf(left, table, name) / Math.log(sizeOf(name)) }))
        .reduce<{ name: string; gain: number } | null>(
          (best, next) => next.gain > (best?.gain ?? 0) ? next : best,
          null,
        );
      if (best === null) break;
      table.add(best.name);
      size *= sizeOf(best.name);
    }
    tables.push(names.filter((name) => table.has(name)));
    left = left.filter((set) => !set.every((name) => table.has(name)));
  }
  return tables;
}

/** How many sets more a table holds with another name. */
function gainOf(
  left: readonly (readonly string[])[],
  table: ReadonlySet<string>,
  name: string,
): number {
  return left.filter((set) =>
    set.includes(name) && set.every((each) => each === name || table.has(each))
  ).length;
}
