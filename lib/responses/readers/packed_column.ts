/** A column of texts that is quick to hand to another thread: each different text once. */
export interface PackedColumn {
  readonly texts: readonly string[];
  /** For each row the position of its text, or -1 where there is none. */
  readonly positions: Int32Array;
}

/** Packs the texts of a column. */
export function packColumn(values: readonly (string | null)[]): PackedColumn {
  const known = new Map<string, number>();
  const positions = Int32Array.from(values, (value) => {
    if (value === null) return -1;
    const position = known.get(value) ?? known.size;
    known.set(value, position);
    return position;
  });
  return { texts: [...known.keys()], positions };
}

/** Undoes {@link packColumn}. */
export function unpackColumn({ texts, positions }: PackedColumn): (string | null)[] {
  return Array.from(positions, (position) => texts[position] ?? null);
}
