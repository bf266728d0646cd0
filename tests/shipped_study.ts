import { codebook, readPublished } from "../lib/responses/study.ts";

const year = readPublished().facts.find(({ id }) => id === "year_of_study")?.value;

/** Whether data/codebook.json is of the wave that data/published.json and data/responses.csv are of. */
const IS_SHIPPED = codebook().study.fieldwork.to.startsWith(`${year}-`);

/**
 * A test of the shipped study: that its answers give its published figures. It says so in its name, and
 * is left out where `study` in the codebook is of another wave, whose numbers are others.
 */
export function shippedStudyTest(name: string, fn: () => void | Promise<void>): void {
  Deno.test({ name: `the shipped study: ${name}`, ignore: !IS_SHIPPED, fn });
}
