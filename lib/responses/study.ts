/**
 * The study's own files in data/: another survey is another data/. Each is read and checked at the
 * first call, and again after {@link rereadStudy}.
 */
import { type Codebook, parseCodebook } from "./codebook.ts";
import { InputError } from "./input_error.ts";
import { parsePopulation, type Population } from "./population.ts";
import { type Benchmark, parseBenchmarks, parsePublished, type Published } from "./published.ts";
import { ENDINGS } from "./readers/read_table.ts";
import { parseJson, utf8 } from "./schema.ts";
import { parseDesign, type SynthesisDesign } from "./synthesis/design.ts";

/** What was read of the study's files, each with how to forget it. */
const read: (() => void)[] = [];

/**
 * Forgets what was read of data/, so that a survey opened from here on is one by the files as they are
 * now: somebody may have edited the codebook while the kernel ran.
 */
export function rereadStudy(): void {
  for (const forget of read) forget();
}

/** What was asked: data/codebook.json. */
export const codebook: () => Codebook = once(() =>
  parseCodebook(readDataFile("codebook.json"), "data/codebook.json")
);
/** How those who could have been asked are distributed: data/population.json. */
export const population: () => Population = once(() =>
  parsePopulation(readDataFile("population.json"), codebook(), "data/population.json")
);
/** Published shares of others to compare with: data/benchmarks.json. */
export const readBenchmarks: () => readonly Benchmark[] = once(() =>
  parseBenchmarks(readDataFile("benchmarks.json"), codebook(), "data/benchmarks.json")
);
/** What the report published: data/published.json. */
export const readPublished: () => Published = once(() =>
  parsePublished(readDataFile("published.json"), "data/published.json")
);
/** How the synthetic answers are made: data/synthesis.json. */
export const synthesisDesign: () => SynthesisDesign = once(() =>
  parseDesign(readDataFile("synthesis.json"), codebook(), "data/synthesis.json")
);

/** Where a file of the data folder is, whatever the working directory. */
export function dataFile(name: string): URL {
  return new URL(`../../data/${name}`, import.meta.url);
}

/** The study's answers: data/responses.csv, or a file of that name in another format. */
export function responsesFile(): URL {
  const pattern = new RegExp(`^responses\\.(${ENDINGS.join("|")})$`, "i");
  const named = [...Deno.readDirSync(dataFile(""))].map(({ name }) => name)
    .filter((name) => pattern.test(name)).sort();
  return dataFile(named[0] ?? "responses.csv");
}

/**
 * The parsed JSON of a file of the data folder.
 *
 * @throws {InputError} Where it cannot be opened, or is no JSON.
 */
export function readDataFile(name: string): unknown {
  return parseJson(utf8(readStudyFile(dataFile(name)), `data/${name}`), `data/${name}`);
}

/** The bytes of a file of the study. */
export function readStudyFile(file: string | URL): Uint8Array {
  try {
    return Deno.readFileSync(file);
  } catch (error) {
    const name = String(file).split("/").slice(-2).join("/");
    throw new InputError(
      `Cannot read ${name}: ${(error as Error).message}. Put the file there; data/README.md says ` +
        `what it holds.`,
    );
  }
}

/** Makes a value at the first call, and again after {@link rereadStudy}. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  read.push(() => made = undefined);
  return () => (made ??= { value: make() }).value;
}

// A type alone: without the file a command says so, where an import would not even begin.
type Data = typeof import("../../data/codebook.json", { with: { type: "json" }});
type Scales = Data["scales"];
type Variables = Data["variables"];

/** The names of the codebook as types: a misspelt question is a red line in the editor. */
export type QuestionId = keyof (Data["questions"] & ScoresOf<Data>);
type ScoresOf<D> = D extends { readonly scores: infer Scores } ? Scores : unknown;
/** A variable of the codebook that estimates can be broken down by. */
export type VariableId = keyof Variables;
/** Who was asked. */
export type BaseId = keyof Data["bases"];
/** A category of any scale. */
export type CategoryId = { [S in keyof Scales]: keyof Scales[S]["categories"] }[keyof Scales];
/** A named set of any scale, or of a question of numbers. */
export type SetId = SetsOf<Scales> | SetsOf<Data["questions"]>;
type SetsOf<All> = {
  [K in keyof All]: All[K] extends { readonly sets: infer Sets } ? keyof Sets : never;
}[keyof All];
/** A category of a variable. */
export type GroupId<V extends VariableId = VariableId> = V extends VariableId
  ? keyof Variables[V]["categories"]
  : never;

/** The names of variables that a survey was given in a cell, such as `"squeezed"`; a type alone. */
export interface WithOwn<Own extends string> {
  readonly own?: Own;
}
/** Those names. */
export type OwnOf<S> = S extends { readonly own?: infer Own } ? Extract<Own, string> : never;
