/**
 * The study's own files in data/: another survey is another data/. Each is checked at the first call.
 */
import codebookData from "../../data/codebook.json" with { type: "json" };
import populationData from "../../data/population.json" with { type: "json" };
import publishedData from "../../data/published.json" with { type: "json" };
import synthesisData from "../../data/synthesis.json" with { type: "json" };
import { type Codebook, parseCodebook } from "./codebook.ts";
import { parsePopulation, type Population } from "./population.ts";
import { parsePublished, type Published } from "./published.ts";
import { parseDesign, type SynthesisDesign } from "./synthesis/design.ts";

/** What was asked: data/codebook.json. */
export const codebook: () => Codebook = once(() =>
  parseCodebook(codebookData, "data/codebook.json")
);
/** How those who could have been asked are distributed: data/population.json. */
export const population: () => Population = once(() =>
  parsePopulation(populationData, codebook(), "data/population.json")
);
/** What the report published: data/published.json. */
export const readPublished: () => Published = once(() =>
  parsePublished(publishedData, "data/published.json")
);
/** How the synthetic answers are made: data/synthesis.json. */
export const synthesisDesign: () => SynthesisDesign = once(() =>
  parseDesign(synthesisData, codebook(), "data/synthesis.json")
);

/** Where a file of the data folder is, whatever the working directory. */
export function dataFile(name: string): URL {
  return new URL(`../../data/${name}`, import.meta.url);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

type Data = typeof codebookData;
type Scales = Data["scales"];
type Variables = Data["variables"];

/** The names of the codebook as types: a misspelt question is a red line in the editor. */
export type QuestionId = keyof Data["questions"];
/** A variable of the codebook that estimates can be broken down by. */
export type VariableId = keyof Variables;
/** Who was asked. */
export type BaseId = keyof Data["bases"];
/** A category of any scale. */
export type CategoryId = { [S in keyof Scales]: keyof Scales[S]["categories"] }[keyof Scales];
/** A named set of any scale. */
export type SetId = { [S in keyof Scales]: keyof Scales[S]["sets"] }[keyof Scales];
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
