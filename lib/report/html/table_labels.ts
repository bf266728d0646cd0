/** What a table says of itself, if it does, and the name it was given. */
export type GivenLabel = readonly [found: string | undefined, given: string];

/** Names for the tables of a page, each once. */
export class TableLabels {
  #used = new Map<string, number>();
  #given: GivenLabel[] = [];

  /** @param otherwise The name of a table that says nothing of itself. */
  constructor(private readonly otherwise: string) {}

  /** The name of the next table. */
  next(found: string | undefined): string {
    const given = nextOf(this.#used, found ?? this.otherwise);
    this.#given.push([found, given]);
    return given;
  }

  /** The names that are given from here on, until the next call; the list grows with them. */
  note(): readonly GivenLabel[] {
    this.#given = [];
    return this.#given;
  }

  /**
   * Gives names as before.
   *
   * @returns Whether they are the same now. Otherwise none is given.
   */
  repeat(labels: readonly GivenLabel[]): boolean {
    const used = new Map(this.#used);
    const same = labels.every(([found, given]) => nextOf(used, found ?? this.otherwise) === given);
    if (same) this.#used = used;
    return same;
  }
}

function nextOf(used: Map<string, number>, name: string): string {
  const count = (used.get(name) ?? 0) + 1;
  used.set(name, count);
  return count === 1 ? name : `${name} (${count})`;
}
