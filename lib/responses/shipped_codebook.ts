import { type Codebook, parseCodebook } from "./codebook.ts";
import data from "../../data/codebook.json" with { type: "json" };

let parsed: Codebook | undefined;

/** The codebook in data/codebook.json, checked at the first call. */
export function codebook(): Codebook {
  return parsed ??= parseCodebook(data, "data/codebook.json");
}

/** Where a file of the data folder is, whatever the working directory. */
export function dataFile(name: string): URL {
  return new URL(`../../data/${name}`, import.meta.url);
}
