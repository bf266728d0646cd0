import type { Scale } from "../responses/codebook.ts";

/*
 * The colours of answers. Neighbours stay apart for readers with any of the three kinds of colour
 * blindness, and the darkest ones from a dark page (tests/charts/palette_test.ts measures both).
 */
const SEQUENTIAL = ["#154680", "#2d6fb2", "#5f9bd0", "#9dc4e5", "#dde8f3"];
const DIVERGING_FIRST = ["#0e5f63", "#4da59e"];
const NEUTRAL = "#ece5d6";
const DIVERGING_LAST = ["#e2ae5f", "#9c5512"];

/** "Don't know" is no step of the scale: a cool grey, where the neutral middle is a warm one. */
export const DONT_KNOW = "#c0c5cd";

/** A single share: a dot, an interval, a key number. Stands out on a white and on a dark page. */
export const ACCENT = "#2a7fa8";

/** What single shares are compared with. */
export const QUIET = "#7b8794";

export const INK = "#1f2933";
export const MUTED = "#5a6672";
export const AXIS = "#7b8794";
export const GRID = "#dfe3e8";
export const ON_DARK = "#ffffff";
/** Black itself: beside white it leaves no colour on which neither is read well. */
export const ON_LIGHT = "#000000";

/**
 * The colour of every category of a scale, by id.
 *
 * @param scale Its `colours` say whether the answers go from much to little (dark to pale) or from
 *   one side over a neutral middle to the other.
 */
export function coloursOf(scale: Scale): ReadonlyMap<string, string> {
  const steps = Object.keys(scale.categories).filter((id) => id !== scale.dont_know);
  const colours = scale.colours === "sequential"
    ? sequential(steps.length)
    : diverging(steps.length);
  return new Map([
    ...steps.map((id, index) => [id, colours[index] ?? NEUTRAL] as const),
    ...(scale.dont_know === null ? [] : [[scale.dont_know, DONT_KNOW] as const]),
  ]);
}

/** Colours of a scale from much to little. */
export function sequential(steps: number): string[] {
  return spread(SEQUENTIAL, steps);
}

/** Colours of a scale with two sides; an odd number of steps has a neutral middle. */
export function diverging(steps: number): string[] {
  const side = Math.floor(steps / 2);
  const towardsMiddle = (ends: readonly string[]) =>
    side < 3 ? ends.slice(0, side) : spread(ends, side);
  return [
    ...towardsMiddle(DIVERGING_FIRST),
    ...(steps % 2 === 1 ? [NEUTRAL] : []),
    ...towardsMiddle([...DIVERGING_LAST].reverse()).reverse(),
  ];
}

/** Whether a text on this colour is to be light or dark, whichever is read more easily. */
export function textOn(colour: string): "on-dark" | "on-light" {
  return contrast(ON_DARK, colour) > contrast(ON_LIGHT, colour) ? "on-dark" : "on-light";
}

/**
 * How well two colours stand out from each other, 1 to 21.
 *
 * Source: WCAG 2.2, definitions of contrast ratio and relative luminance.
 *
 * @param one `#rrggbb`.
 * @param other `#rrggbb`.
 */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));
}

/** As many colours, evenly along the line through these. */
function spread(stops: readonly string[], steps: number): string[] {
  return Array.from({ length: steps }, (_, step) => {
    const at = steps === 1 ? 0 : step / (steps - 1) * (stops.length - 1);
    const from = channels(stops[Math.floor(at)] ?? NEUTRAL);
    const to = channels(stops[Math.ceil(at)] ?? NEUTRAL);
    const mixed = from.map((channel, index) =>
      Math.round(channel + ((to[index] ?? channel) - channel) * (at % 1))
    );
    return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
  });
}
