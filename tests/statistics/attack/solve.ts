import loadHighs from "highs";

/** Σ of some unknowns is a number, or lies between two. */
export interface Equation {
  readonly unknowns: readonly number[];
  readonly value: number | readonly [low: number, high: number];
  /** By what each of them is multiplied; 1 if not given. */
  readonly factors?: readonly number[];
}

// The package is CommonJS: what it types as a default export is the module itself.
const highs = await (loadHighs as unknown as typeof loadHighs.default)();

/** Unknown counts of which sums are known, and how far they can be told. */
export class Unknowns {
  readonly #size: number;
  readonly #constraints: string;
  solved = 0;

  /** @param equations What is known; unknowns are numbered from 0 and are never below 0. */
  constructor(size: number, equations: readonly Equation[]) {
    this.#size = size;
    const lines = new Set(
      equations.filter(({ unknowns }) => unknowns.length > 0).flatMap(
        ({ unknowns, value, factors }) => {
          const sum = factors
            ? sumOf(unknowns, factors)
            : sumOf([...unknowns].sort((a, b) => a - b));
          return typeof value === "number"
            ? [`${sum} = ${value}`]
            : [`${sum} >= ${value[0]}`, `${sum} <= ${value[1]}`];
        },
      ),
    );
    this.#constraints = [...lines].map((line, i) => ` c${i}: ${line}`).join("\n");
  }

  /**
   * The unknowns where the sum of some of them is least or greatest.
   *
   * @throws {Error} Where nothing fulfils the equations, which are then wrong.
   */
  extreme(
    way: "Minimize" | "Maximize",
    objective: readonly number[],
  ): { sum: number; values: Float64Array } {
    this.solved++;
    const { Status, Columns, ObjectiveValue } = highs.solve(
      `${way}\n obj: ${sumOf(objective)}\nSubject To\n${this.#constraints}\nEnd`,
    );
    if (Status !== "Optimal") throw new Error(`No optimum: ${Status}`);
    const values = new Float64Array(this.#size);
    for (const [name, column] of Object.entries(Columns)) {
      values[Number(name.slice(1))] = "Primal" in column ? column.Primal : 0;
    }
    return { sum: ObjectiveValue, values };
  }

  /** The least and the greatest whole number that a sum can be. */
  range(objective: readonly number[]): [low: number, high: number] {
    const [low, high] = (["Minimize", "Maximize"] as const)
      .map((way) => this.extreme(way, objective).sum) as [number, number];
    return [Math.ceil(low - 1e-6), Math.floor(high + 1e-6)];
  }
}

/** Lines of the LP format may not be too long. */
function sumOf(unknowns: readonly number[], factors?: readonly number[]): string {
  return unknowns.map((i, at) =>
    `${at > 0 && at % 30 === 0 ? "\n " : ""}${factors ? `${factors[at]} ` : ""}x${i}`
  ).join(" + ");
}
