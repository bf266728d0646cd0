import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { allEstimates, breakdowns } from "../../../lib/statistics/estimates.ts";
import type { Survey } from "../../../lib/responses/survey.ts";
import { ArqueroEstimates } from "../arquero_estimates.ts";
import { bigSurvey, type Pairs, writeCodes } from "../big_survey.ts";
import type { Competitors } from "../competitors.ts";
import { runPairs, side } from "../pairs.ts";
import { Rival } from "../rival.ts";
import { type Case, type CaseOptions, isWanted, type Row } from "../row.ts";
import { type FoundShare, requireSame } from "../same_shares.ts";

const SIZES = [1_288, 100_000, 1_000_000, 10_000_000];
const SCRIPTS = new URL("../competitors/", import.meta.url);

/** Above so many respondents R is given some of the tables, and from so many on none. */
const R = { all: 10_000, none: 2_000_000 };
/** Above so many respondents Arquero makes some of the tables. */
const ARQUERO = { all: 2_000_000 };

/** Everything that estimates.json holds, of a survey in memory, against whoever could count it too. */
export function estimatesCase({ python, rscript, missing }: Competitors): Case {
  return async (options) => {
    for (const respondents of options.respondents ?? SIZES) {
      const folder = await Deno.makeTempDir({ dir: options.folder });
      const survey = await bigSurvey(folder, respondents, true);
      const size = new SizeOfSurvey(survey, folder, options);
      const wanted = (rival: string) => isWanted(options, rival);
      if (wanted("R survey")) await options.found(await size.againstR(rscript, missing));
      if (wanted("Arquero")) await options.found(await size.againstArquero());
      for (const name of ["pandas", "polars", "DuckDB"].filter(wanted)) {
        const program = python?.program("python") ?? null;
        await options.found(await size.againstPython(name, program, missing));
      }
      await Deno.remove(folder, { recursive: true });
    }
  };
}

class SizeOfSurvey {
  readonly #survey: Survey;
  readonly #pairs: Pairs;
  readonly #folder: string;
  readonly #options: CaseOptions;
  readonly #respondents: number;

  constructor(survey: Survey, folder: string, options: CaseOptions) {
    this.#survey = survey;
    this.#pairs = breakdowns(survey);
    this.#folder = folder;
    this.#options = options;
    this.#respondents = survey.source.respondents;
  }

  async againstR(rscript: string | null, missing: readonly string[]): Promise<Row> {
    const rival = "R survey";
    if (rscript === null) return this.#missing(rival, missing);
    if (this.#respondents >= R.none) {
      return this.#missing(rival, [`not run: it would take hours and tens of GB`]);
    }
    const { pairs, scale, note } = this.#tables("R", this.#respondents <= R.all);
    const file = await writeCodes(this.#folder, this.#survey, pairs);
    const program = await Rival.start(rival, rscript, [pathOf("estimates.R"), file]);
    try {
      const scaled = { name: rival, run: async () => await program.run() * scale };
      const target = this.#respondents === 1_000_000 ? 1_000 : null;
      const row = await this.#compare(rival, scaled, target);
      await this.#check(program);
      return { ...row, ...note };
    } finally {
      await program.stop();
    }
  }

  async againstArquero(): Promise<Row> {
    const rival = "Arquero";
    const { pairs, scale, note } = this.#tables(rival, this.#respondents <= ARQUERO.all);
    const arquero = new ArqueroEstimates(this.#survey, pairs);
    const once = side(rival, () => arquero.run());
    const scaled = { name: rival, run: async () => await once.run() * scale };
    const row = await this.#compare(rival, scaled, 1);
    this.#requireSame(arquero.found, rival);
    return { ...row, ...note };
  }

  /** The tables that somebody is to make, all or those of one question, and how many times it takes. */
  #tables(name: string, isAll: boolean): { pairs: Pairs; scale: number; note?: { note: string } } {
    if (isAll) return { pairs: this.#pairs, scale: 1 };
    const first = this.#pairs[0]![0];
    const pairs = this.#pairs.filter(([question]) => question === first);
    const scale = this.#pairs.length / pairs.length;
    const note = `${name} made ${pairs.length} of ${this.#pairs.length} tables (${first} by ` +
      `everything); its time is multiplied by ${Math.round(scale * 10) / 10}`;
    return { pairs, scale, note: { note } };
  }

  async againstPython(
    name: string,
    python: string | null,
    missing: readonly string[],
  ): Promise<Row> {
    if (python === null) return this.#missing(name, missing);
    const file = await writeCodes(this.#folder, this.#survey, this.#pairs);
    const args = [pathOf("estimates.py"), name.toLowerCase(), file];
    const program = await Rival.start(name, python, args);
    try {
      const row = await this.#compare(name, program, 1);
      await this.#check(program);
      return row;
    } finally {
      await program.stop();
    }
  }

  async #compare(
    rival: string,
    theirs: { name: string; run(): Promise<number> },
    target: number | null,
    ours = side("estimates", () => allEstimates(this.#survey)),
  ): Promise<Row> {
    const { say, pairs = 7 } = this.#options;
    say(`estimates of ${this.#respondents} respondents against ${rival} …`);
    const isSlow = rival === "R survey" && this.#respondents > 10_000;
    return {
      ...this.#named(rival),
      ratio: await runPairs(ours, theirs, { pairs, seconds: 60, warmUp: isSlow ? 0 : 2 }),
      target,
    };
  }

  #named(rival: string) {
    const count = this.#respondents.toLocaleString("en");
    return {
      key: `estimates/${this.#respondents}/${rival}`,
      case: "estimates",
      what: `${count} respondents`,
      rival,
    };
  }

  #missing(rival: string, reasons: readonly string[]): Row {
    return { ...this.#named(rival), ratio: null, target: null, note: reasons.join("; ") };
  }

  async #check(program: Rival): Promise<void> {
    const file = join(this.#folder, "found.json");
    await program.ask(file);
    this.#requireSame(JSON.parse(await Deno.readTextFile(file)), program.name);
  }

  #requireSame(found: readonly FoundShare[], name: string): void {
    const { codebook } = this.#survey;
    const compared = requireSame(allEstimates(this.#survey), found, codebook, name);
    this.#options.say(`  ${compared} shares are the same`);
  }
}

function pathOf(script: string): string {
  return fileURLToPath(new URL(script, SCRIPTS));
}
