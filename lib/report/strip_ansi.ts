// deno-lint-ignore no-control-regex
const ANSI = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;

/** Takes the colour codes of a terminal out of a text. */
export function stripAnsi(text: string): string {
  return text.replace(ANSI, "");
}
