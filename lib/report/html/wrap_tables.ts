import type { DefaultTreeAdapterTypes as Tree } from "parse5";
import {
  attributeOf,
  childrenOf,
  closest,
  elementsOf,
  hasClass,
  HTML,
  isElement,
  replaceNode,
  textOf,
} from "./markup_tree.ts";

/**
 * Puts every table into a box of its own that scrolls when the window is narrow, that the keyboard
 * reaches, and that has a name.
 *
 * @param fragment The output's tree; changed in place.
 * @param label Makes the box's name from what the table says of itself, if it does.
 */
export function wrapTables(
  fragment: Tree.DocumentFragment,
  label: (found: string | undefined) => string,
): void {
  for (const table of elementsOf(fragment)) {
    if (table.tagName !== "table" || closest(table, (around) => around.tagName === "table")) {
      continue;
    }
    // Statements with their verdicts are words, which wrap; nobody takes them for numbers.
    if (hasClass(table, "claims")) continue;
    const box: Tree.Element = {
      nodeName: "div",
      tagName: "div",
      namespaceURI: HTML as Tree.Element["namespaceURI"],
      attrs: [
        { name: "class", value: "table-scroll" },
        { name: "role", value: "region" },
        { name: "tabindex", value: "0" },
        { name: "aria-label", value: label(ownName(table)) },
      ],
      childNodes: [],
      parentNode: null,
    };
    replaceNode(table, [box]);
    box.childNodes.push(table);
    table.parentNode = box;
  }
}

function ownName(table: Tree.Element): string | undefined {
  const caption = childrenOf(table).find((child) =>
    isElement(child) && child.tagName === "caption"
  );
  const figure = closest(table, (around) => around.tagName === "figure");
  const headline = figure &&
    elementsOf(figure).find((element) =>
      hasClass(element, "headline") || hasClass(element, "question")
    );
  const name = attributeOf(table, "aria-label") ??
    [caption, headline].map((node) => node && textOf(node)).find(Boolean);
  return name || undefined;
}
