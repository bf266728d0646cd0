import { parseDesign, type SynthesisDesign } from "./synthesis/design.ts";
import { codebook } from "./shipped_codebook.ts";
import data from "../../data/synthesis.json" with { type: "json" };

/** The design of the synthetic data in data/synthesis.json, checked against the codebook. */
export function synthesisDesign(): SynthesisDesign {
  return parseDesign(data, codebook(), "data/synthesis.json");
}
