/// <reference lib="dom" />
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom/worker";

/*
 * Observable Plot with a document to draw in, so that charts can be made where there is no browser:
 * `Plot.plot({ marks: […] })` and `Plot.barX(…).plot()` work as its documentation says.
 */
export * from "@observablehq/plot";

let shared: Document | undefined;

/**
 * The document that charts are drawn in: a light one, for one of jsdom takes ten times as long to load as
 * all the drawing. Nothing is ever attached to it, so charts don't see each other.
 */
export function chartDocument(): Document {
  return shared ??= withCanvas(
    parseHTML("<!doctype html><html><head></head><body></body></html>").document,
  );
}

/** `Plot.plot()` in the document of this project. */
export function plot(options: Plot.PlotOptions = {}): (SVGSVGElement | HTMLElement) & Plot.Plot {
  return Plot.plot({ document: chartDocument(), ...options });
}

/** `Plot.legend()` in the document of this project. */
export function legend(
  options: Parameters<typeof Plot.legend>[0],
): ReturnType<typeof Plot.legend> {
  return Plot.legend({ document: chartDocument(), ...options } as typeof options);
}

// `mark.plot()` looks for a browser's document; here it is the one above.
Plot.Mark.prototype.plot = function (this: Plot.RenderableMark, { marks = [], ...options } = {}) {
  return plot({ ...options, marks: [...marks, this] });
};

/**
 * Plot paints a continuous legend on a canvas, which the light document has not got: this one notes the
 * pixels' colours as the image's address, and `drawChart()` makes a rectangle of each run of them.
 */
function withCanvas(document: Document): Document {
  const create = document.createElement.bind(document);
  document.createElement = ((name: string) => {
    if (name !== "canvas") return create(name);
    const colours: string[] = [];
    const context = { fillStyle: "", fillRect: (x: number) => colours[x] = context.fillStyle };
    return { getContext: () => context, toDataURL: () => PAINTED + colours.join(";") };
  }) as typeof document.createElement;
  return document;
}

/** The beginning of the address of an image that is a row of colours. */
export const PAINTED = "colours:";
