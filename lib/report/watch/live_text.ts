import type { Text } from "../../responses/language.ts";

/** What a watched report says of itself. */
export const LIVE_TEXT = {
  label: { da: "Om denne visning", en: "About this preview" },
  firstReport: {
    da: "Den første rapport er ved at blive lavet.",
    en: "The first report is being made.",
  },
  noReport: {
    da: "Rapporten kunne ikke laves endnu",
    en: "The report could not be made yet",
  },
  oldReport: {
    da: "Rapporten kunne ikke laves på ny. Her vises den seneste, der kunne",
    en: "The report could not be made anew. What is shown is the last one that could",
  },
  broken: {
    da: "Udsagn, der ikke holder",
    en: "Claims that do not hold",
  },
  running: { da: "Kører", en: "Running" },
  exporting: { da: "Laver rapporten", en: "Making the report" },
  ended: {
    da: "deno task report --watch er slut. Siden følger ikke længere med.",
    en: "deno task report --watch has ended. The page no longer follows.",
  },
} as const satisfies Readonly<Record<string, Text>>;
