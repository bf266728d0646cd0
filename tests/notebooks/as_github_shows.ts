import { parseFragment, serialize } from "parse5";
import {
  elementsOf,
  nameOf,
  removeAttribute,
  replaceNode,
} from "../../lib/report/html/prepare_markup.ts";

/** What does not come through at all. */
const REMOVED = new Set(
  "script style iframe object embed form input button foreignObject link meta".split(" "),
);

/**
 * What is left of an output where a repository's page shows the notebook: drawings stand in the page
 * itself, no script or style is left, and no element can be told by style, class, id or data.
 *
 * Source: jupyter/nbviewer issues 450 and 1037, karolzak/ipyplot issue 3 (what GitHub takes out).
 */
export function asGithubShows(markup: string): string {
  const fragment = parseFragment(markup);
  for (const element of elementsOf(fragment)) {
    if (REMOVED.has(element.tagName)) {
      replaceNode(element, []);
      continue;
    }
    for (const name of element.attrs.map(nameOf)) {
      if (/^(style|class|id|on.*|data-.*)$/.test(name)) removeAttribute(element, name);
    }
  }
  return serialize(fragment);
}
