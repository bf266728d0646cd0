import type { Scale } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { nearest } from "../responses/spelling.ts";

/** A colour on a white page, and in its place on a dark one. */
type Pair = readonly [light: string, dark: string];

/*
 * The colours of answers: neighbours stay apart with any of the three kinds of colour blindness, and every
 * mark stands out by 3:1 or more (tests/charts/palette_test.ts).
 */
const SEQUENTIAL: readonly Pair[] = [
  ["#154680", "#e7f6fe"],
  ["#2d6fb2", "#b2d6f2"],
  ["#5f9bd0", "#7db4e0"],
  ["#9dc4e5", "#4786b8"],
  ["#dde8f3", "#4659d5"],
];
const FIRST_SIDE: readonly Pair[] = [["#0e5f63", "#a8efe1"], ["#4da59e", "#2ead96"]];
const MIDDLE: Pair = ["#ece5d6", "#706a69"];
const LAST_SIDE: readonly Pair[] = [["#9c5512", "#fdd59f"], ["#e2ae5f", "#bc803a"]];

/** "Don't know" is no step of the scale: a cool grey, where the neutral middle is a warm one. */
const NO_STEP: Pair = ["#c0c5cd", "#7f87a2"];

/** The colours of everything that is no answer. */
const OTHERS = {
  /** A single share: a dot, an interval, a key number. */
  accent: ["#2a7fa8", "#5fb3dc"],
  /** What single shares are compared with, and intervals on top of bars. */
  quiet: ["#7b8794", "#8d98a4"],
  ink: ["#1f2933", "#e8e6e1"],
  muted: ["#5a6672", "#a6adb5"],
  axis: ["#8b9199", "#7c858f"],
  grid: ["#dfe3e8", "#2c3136"],
  paper: ["#ffffff", "#15171a"],
} as const satisfies Readonly<Record<string, Pair>>;

/** The colours of all charts; the report's dark page has another in the place of each. */
export const palette = {
  ...Object.fromEntries(Object.entries(OTHERS).map(([name, [light]]) => [name, light])) as Record<
    keyof typeof OTHERS,
    string
  >,
  dontKnow: NO_STEP[0],
  sequential,
  diverging,
};

/** Colours of a scale from much to little. */
export function sequential(steps: number): string[] {
  return stepsOf("sequential", steps).map(([light]) => light);
}

/** Colours of a scale with two sides; an odd number of steps has a neutral middle. */
export function diverging(steps: number): string[] {
  return stepsOf("diverging", steps).map(([light]) => light);
}

function stepsOf(kind: Scale["colours"], steps: number): Pair[] {
  if (kind === "sequential") return spread(SEQUENTIAL, steps);
  const side = Math.floor(steps / 2);
  const towardsMiddle = (pairs: readonly Pair[]) =>
    side < 3 ? pairs.slice(0, side) : spread(pairs, side);
  return [
    ...towardsMiddle(FIRST_SIDE),
    ...(steps % 2 === 1 ? [MIDDLE] : []),
    ...towardsMiddle(LAST_SIDE).reverse(),
  ];
}

/** As many colours, evenly along the line through these. */
function spread(stops: readonly Pair[], steps: number): Pair[] {
  return Array.from({ length: steps }, (_, step): Pair => {
    const at = steps === 1 ? 0 : step / (steps - 1) * (stops.length - 1);
    const [from, to] = [stops[Math.floor(at)]!, stops[Math.ceil(at)]!];
    return [mixed(from[0], to[0], at % 1), mixed(from[1], to[1], at % 1)];
  });
}

function mixed(from: string, to: string, part: number): string {
  const ends = channels(to);
  const mix = channels(from).map((one, at) => Math.round(one + (ends[at]! - one) * part));
  return `#${mix.map((one) => one.toString(16).padStart(2, "0")).join("")}`;
}

/** Colours of one's own for answers: by id, or in the order of the scale. */
export type Colours = Readonly<Record<string, string>> | readonly string[];

/**
 * The colour of every category of a scale, by id.
 *
 * @param own Those that are to be others than the scale's.
 * @throws {InputError} For a colour of no answer, or one that is not written as "#rrggbb".
 */
export function coloursOf(scale: Scale, own: Colours = {}): ReadonlyMap<string, string> {
  const ids = Object.keys(scale.categories);
  const given = new Map(
    Array.isArray(own) ? own.map((colour, at) => [ids[at], colour]) : Object.entries(own),
  );
  for (const [id, colour] of given) {
    if (id !== undefined && !ids.includes(id)) {
      const [meant = ids.join(", ")] = nearest(id, ids);
      throw new InputError(`The colours are of answers, and "${id}" is none. Is ${meant} meant?`);
    }
    if (!/^#[0-9a-f]{6}$/i.test(colour)) {
      throw new InputError(`"${colour}" is no colour for an answer: write it as "#rrggbb".`);
    }
  }
  const steps = ids.filter((id) => id !== scale.dont_know);
  const shipped = stepsOf(scale.colours, steps.length);
  return new Map(ids.map((id) => {
    const [colour] = id === scale.dont_know ? NO_STEP : shipped[steps.indexOf(id)]!;
    return [id, given.get(id) ?? colour];
  }));
}

/** The dark page's colour in the place of each that charts are drawn in; scales of over 11 steps have none. */
export const darkColours: ReadonlyMap<string, string> = new Map([
  ...Object.values(OTHERS),
  NO_STEP,
  ...Array.from({ length: 11 }, (_, index) => index + 1)
    .flatMap((steps) => [...stepsOf("sequential", steps), ...stepsOf("diverging", steps)]),
]);

/** Black itself: beside white it leaves no colour on which neither is read well. */
const [WHITE, BLACK] = ["#ffffff", "#000000"] as const;

/**
 * The style rules that give drawings the colours of the page's theme. They go by the colours that a
 * drawing is made of, so that a chart of a notebook's own has them too.
 */
export function themeRules(): string {
  const rules = [...darkColours].flatMap(([light, dark]) =>
    ["fill", "stroke"].map((name) =>
      `.chart-svg [${name}="${light}"] { ${name}: light-dark(${light}, ${dark}); }`
    )
  );
  return [
    ...rules,
    `.chart-svg .on-dark { fill: ${WHITE}; }`,
    `.chart-svg .on-light { fill: ${BLACK}; }`,
    `.chart-svg .on-dark-then-light { fill: light-dark(${WHITE}, ${BLACK}); }`,
    `.chart-svg .on-light-then-dark { fill: light-dark(${BLACK}, ${WHITE}); }`,
  ].join("\n");
}

/** Light or dark text, whichever is read more easily on a colour, and the class for either page. */
export function textOn(colour: string): { readonly fill: string; readonly className: string } {
  const on = (ground: string) =>
    contrast(WHITE, ground) > contrast(BLACK, ground) ? "dark" : "light";
  const [light, dark] = [on(colour), on(darkColours.get(colour) ?? colour)];
  return {
    fill: light === "dark" ? WHITE : BLACK,
    className: light === dark ? `on-${light}` : `on-${light}-then-${dark}`,
  };
}

/**
 * How well two colours (`#rrggbb`) stand out from each other, 1 to 21.
 *
 * Source: WCAG 2.2, definitions of contrast ratio and relative luminance.
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
