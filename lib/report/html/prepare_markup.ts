import { type DefaultTreeAdapterTypes as Tree, parseFragment, serialize } from "parse5";
import {
  attributeOf,
  childrenOf,
  elementsOf,
  isElement,
  removeAttribute,
  replaceNode,
  setAttribute,
} from "./markup_tree.ts";
import { checkElement, type Complain } from "./check_element.ts";
import { prefixIds } from "./prefix_ids.ts";
import { wrapTables } from "./wrap_tables.ts";

/** How a piece of markup is fitted into the page. */
export interface MarkupOptions {
  /** Where the markup comes from, for messages: `notebook "02_pressure", cell 5, output 1`. */
  readonly where: string;
  /** Put before every id, so that no two outputs share one. */
  readonly idPrefix: string;
  /** Whether something that may not be in the page is an error, or is left out. */
  readonly refuse: boolean;
  /** The fragments that links may point to; a link to another one loses its target. */
  readonly anchors: ReadonlySet<string>;
  /** Names a table for screen readers; never the same name twice in a page. */
  readonly tableLabel: (found: string | undefined) => string;
  /** Set where the markup may begin with a heading that the page itself writes. */
  readonly headingLevel?: 2 | 3;
}

/**
 * Fits a piece of HTML into the page: nothing that the page's Content-Security-Policy would block,
 * no id twice, no heading that breaks the outline, and every table in a box that scrolls.
 *
 * @param html HTML that is already escaped (a part) or sanitised (an analyst's output).
 * @returns Well-formed HTML.
 * @throws {Error} If `refuse` is set and the HTML is malformed or holds what may not be in the page.
 */
export function prepareMarkup(html: string, options: MarkupOptions): string {
  const complain: Complain = (problem) => {
    if (options.refuse) throw new Error(`The HTML of ${options.where} ${problem}`);
  };
  const fragment = parseFragment(html, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startOffset }) =>
      complain(`is malformed: ${code} at ${JSON.stringify(excerpt(html, startOffset))}`),
  });
  if (options.headingLevel !== undefined) dropHeading(fragment, options.headingLevel);
  for (const element of elementsOf(fragment)) {
    const verdict = checkElement(element, html, complain);
    if (verdict === "remove") replaceNode(element, []);
    if (verdict === "paragraph") toNoteHeading(element);
    if (verdict === "text") replaceNode(element, [textNode(attributeOf(element, "alt") ?? "")]);
  }
  prefixIds(fragment, options.idPrefix, complain);
  dropDeadLinks(fragment, options.anchors);
  wrapTables(fragment, options.tableLabel);
  return serialize(fragment);
}

function excerpt(html: string, offset: number): string {
  return html.slice(Math.max(0, offset - 20), offset + 40);
}

function dropHeading(fragment: Tree.DocumentFragment, level: 2 | 3): void {
  const first = childrenOf(fragment).find((node) =>
    isElement(node) || node.nodeName === "#text" && /\S/.test((node as Tree.TextNode).value)
  );
  if (first !== undefined && isElement(first) && first.tagName === `h${level}`) {
    replaceNode(first, []);
  }
}

function textNode(value: string): Tree.TextNode {
  return { nodeName: "#text" as Tree.TextNode["nodeName"], value, parentNode: null };
}

function toNoteHeading(element: Tree.Element): void {
  element.tagName = "p";
  element.nodeName = "p";
  setAttribute(element, "class", "note-heading");
}

// A report of one notebook has links to findings that are not in it.
function dropDeadLinks(fragment: Tree.DocumentFragment, anchors: ReadonlySet<string>): void {
  const own = new Set([...elementsOf(fragment)].map((element) => attributeOf(element, "id")));
  for (const element of elementsOf(fragment)) {
    const target = attributeOf(element, "href");
    if (element.tagName !== "a" || !target?.startsWith("#")) continue;
    const id = decodeURIComponent(target.slice(1));
    if (!anchors.has(id) && !own.has(id)) removeAttribute(element, "href");
  }
}
