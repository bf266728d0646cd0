import type { Figure } from "../charts/figure.ts";
import type { Text } from "../responses/language.ts";
import { plainProse, renderProse } from "../words/prose.ts";
import { figureRendered } from "./figure_rendered.ts";
import { htmlRendered, type Showable, showable } from "./showable.ts";

/** Sentences, and behind "Details" the figure that they are about where there is one. */
export function proseAndFigure(prose: Text, figure: Figure | null): Showable {
  return showable((language) => {
    const said = htmlRendered(renderProse(prose[language]), plainProse(prose[language]));
    if (figure === null) return said;
    const drawn = figureRendered(figure, language);
    return {
      outputs: [...said.outputs, ...drawn.outputs],
      part: {
        ...drawn.part,
        html: said.part.html,
        details: `${drawn.part.html}\n${drawn.part.details ?? ""}`,
      },
    };
  });
}
