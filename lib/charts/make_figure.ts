import { InputError } from "../responses/input_error.ts";
import type { Language } from "../responses/language.ts";
import { drawScene } from "./draw_scene.ts";
import type { Figure, Layout } from "./figure.ts";
import type { Scene } from "./scene.ts";

export interface FigureParts extends Omit<Figure, "svg"> {
  scene(language: Language, layout: Layout): Scene;
}

/**
 * A figure from its data and its geometry.
 *
 * @throws {InputError} If the name does not fit a file name.
 */
export function makeFigure({ scene, ...parts }: FigureParts): Figure {
  if (!/^[a-z0-9][a-z0-9_-]{0,119}$/.test(parts.name)) {
    throw new InputError(
      `A figure cannot be named "${parts.name}": a name is a-z, 0-9, "_" and "-", ` +
        `at most 120 characters. Give it another.`,
    );
  }
  return {
    ...parts,
    svg: (language, layout) =>
      drawScene(scene(language, layout), {
        id: `${parts.name}-${layout}-${language}`,
        title: parts.caption(language).title,
        description: parts.alt(language),
      }),
  };
}

/** A name made of what a figure shows. */
export function figureName(
  kind: Figure["kind"],
  questions: readonly string[],
  ...others: readonly (string | null | undefined)[]
): string {
  const [first = "none", ...more] = questions;
  return [
    kind,
    first,
    ...(more.length === 0 ? [] : [`and_${more.length}_more`]),
    ...others.filter((other) => other !== null && other !== undefined),
  ].join("-");
}
