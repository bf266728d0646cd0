import type { Codebook } from "./codebook.ts";
import { duplicateHashes } from "./duplicate_hashes.ts";
import { type Problem, problem } from "./problem.ts";
import { type IdOrder, joined, NO_ORDER, OrderOfIds } from "./readers/id_order.ts";
import { hashText } from "./readers/hash_text.ts";
import type { Sink, Texts } from "./readers/receiver.ts";

/** So many respondents who stand there again are named; the rest are counted. */
const MOST_NAMED = 10_000;

/** How to speak of the column with the respondents' ids. */
export interface RespondentColumn {
  /** The column's name in the file. */
  readonly name: string;
  /** The line of a row (from 0). */
  readonly lineOf: (row: number) => number | null;
  /** The id of a row as it stands in the file. */
  readonly textOf: (row: number) => string | null;
}

/**
 * Takes the ids of the respondents, to check that each stands in a file once, and whether they are
 * made up. Of an id 64 bits are kept; those that are equal in them are read again.
 */
export class RespondentIds implements Sink {
  readonly hashes?: NonNullable<Sink["hashes"]>;
  readonly #prefix: string;
  readonly #ids: string[] | null;
  #kept = new Int32Array(0);
  #rows = 0;
  #synthetic = 0;
  #order: IdOrder = new OrderOfIds().order;

  /** @param ids Is added the ids themselves to, where somebody needs them: "" where there is none. */
  constructor(codebook: Codebook, ids: string[] | null = null) {
    this.#prefix = codebook.respondent.synthetic_prefix;
    this.#ids = ids;
    // Who wants the ids has to be given texts.
    if (ids) return;
    this.hashes = {
      prefix: this.#prefix,
      take: (row, hashes, { withPrefix, order }) => {
        this.#order = row === this.#rows ? joined(this.#order, order) : NO_ORDER;
        this.#ensure(row + hashes.length / 2);
        this.#kept.set(hashes, 2 * row);
        this.#synthetic += withPrefix;
      },
    };
  }

  expect(respondents: number): void {
    if (2 * respondents <= this.#kept.length) return;
    const larger = new Int32Array(2 * respondents);
    larger.set(this.#kept.subarray(0, 2 * this.#rows));
    this.#kept = larger;
  }

  texts(row: number, { dictionary, places }: Texts): void {
    this.#order = NO_ORDER;
    this.#ensure(row + places.length);
    const ids = dictionary.texts.map((text) => text?.trim() ?? "");
    const hashes = new Int32Array(2 * ids.length);
    ids.forEach((id, place) => hashText(id, hashes, 2 * place));
    places.forEach((place, i) => {
      const id = ids[place]!;
      this.#kept[2 * (row + i)] = hashes[2 * place]!;
      this.#kept[2 * (row + i) + 1] = hashes[2 * place + 1]!;
      if (id !== "" && id.startsWith(this.#prefix)) this.#synthetic++;
      this.#ids?.push(id);
    });
  }

  /**
   * What came of all ids.
   *
   * @returns `synthetic`: at least one id begins as the codebook says synthetic ones do.
   */
  result(column: RespondentColumn): { synthetic: boolean; problems: Problem[] } {
    const { name, lineOf } = column;
    const problems = this.#duplicates(column);
    const synthetic = this.#synthetic;
    let [empty, firstEmpty] = [0, -1];
    for (let row = 0; row < this.#rows; row++) {
      if (this.#kept[2 * row + 1] === 0 && empty++ === 0) firstEmpty = row;
    }
    if (empty > 0) {
      problems.push(
        problem("empty_respondent", "an id", {
          row: firstEmpty + 1,
          line: lineOf(firstEmpty),
          column: name,
          count: empty,
        }),
      );
    }
    if (synthetic > 0 && synthetic < this.#rows - empty) {
      problems.push(
        problem(
          "mixed_respondents",
          `all or none of the ids to begin with ${this.#prefix}`,
          { column: name, count: synthetic },
        ),
      );
    }
    return { synthetic: synthetic > 0, problems };
  }

  #duplicates({ name, lineOf, textOf }: RespondentColumn): Problem[] {
    // Where each is behind the one before it, as in most files, none can stand there twice.
    if (this.#order.isAscending) return [];
    const hashes = this.#kept;
    const twice = duplicateHashes(hashes, this.#rows);
    if (twice.size === 0) return [];
    const first = new Map<string, number>();
    const problems: Problem[] = [];
    let others = 0;
    for (let row = 0; row < this.#rows; row++) {
      if (!twice.get(hashes[2 * row]!)?.has(hashes[2 * row + 1]!)) continue;
      const id = textOf(row)?.trim() ?? "";
      const earlier = first.get(id);
      if (earlier === undefined) first.set(id, row);
      else if (problems.length < MOST_NAMED) {
        problems.push(
          problem(
            "duplicate_respondent",
            `each respondent once; row ${earlier + 1} is the first`,
            { row: row + 1, line: lineOf(row), column: name, value: id },
          ),
        );
      } else others++;
    }
    if (others > 0) {
      problems.push(problem("duplicate_respondent", "each respondent once", {
        column: name,
        value: "(further respondents)",
        count: others,
      }));
    }
    return problems;
  }

  #ensure(rows: number) {
    if (2 * rows > this.#kept.length) this.expect(Math.ceil(1.25 * rows));
    this.#rows = Math.max(this.#rows, rows);
  }
}
