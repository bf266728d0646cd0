import type { DefaultTreeAdapterTypes as Tree } from "parse5";

export const SVG = "http://www.w3.org/2000/svg";

export function isElement(node: Tree.Node): node is Tree.Element {
  return "tagName" in node;
}

export function childrenOf(node: Tree.Node): readonly Tree.ChildNode[] {
  return "childNodes" in node ? node.childNodes : [];
}

/** Every element below a node, in document order, as it was when asked. */
export function elementsOf(node: Tree.Node): Tree.Element[] {
  const elements: Tree.Element[] = [];
  const collect = (inside: Tree.Node) => {
    for (const child of childrenOf(inside)) {
      if (isElement(child)) elements.push(child);
      collect(child);
    }
  };
  collect(node);
  return elements;
}

/** The name of an attribute as it is written: `xlink:href`, not `href`, in an SVG. */
export function nameOf(attribute: Tree.Element["attrs"][number]): string {
  return attribute.prefix ? `${attribute.prefix}:${attribute.name}` : attribute.name;
}

export function attributeOf(element: Tree.Element, name: string): string | undefined {
  return element.attrs.find((attribute) => nameOf(attribute) === name)?.value;
}

export function setAttribute(element: Tree.Element, name: string, value: string): void {
  const attribute = element.attrs.find((attribute) => nameOf(attribute) === name);
  if (attribute) attribute.value = value;
  else element.attrs.push({ name, value });
}

export function removeAttribute(element: Tree.Element, name: string): void {
  element.attrs = element.attrs.filter((attribute) => nameOf(attribute) !== name);
}

export function hasClass(element: Tree.Element, name: string): boolean {
  return (attributeOf(element, "class") ?? "").split(/\s+/).includes(name);
}

/** The text of a node, its white space collapsed. */
export function textOf(node: Tree.Node): string {
  return rawText(node).replace(/\s+/g, " ").trim();
}

export function replaceNode(node: Tree.ChildNode, by: readonly Tree.ChildNode[]): void {
  const parent = node.parentNode;
  if (parent === null) return;
  parent.childNodes.splice(parent.childNodes.indexOf(node), 1, ...by);
  for (const child of by) child.parentNode = parent;
  node.parentNode = null;
}

/** The nearest element around this one that fits. */
export function closest(
  element: Tree.Element,
  fits: (around: Tree.Element) => boolean,
): Tree.Element | undefined {
  for (let node = element.parentNode; node && isElement(node); node = node.parentNode) {
    if (fits(node)) return node;
  }
  return undefined;
}

function rawText(node: Tree.Node): string {
  return node.nodeName === "#text"
    ? (node as Tree.TextNode).value
    : childrenOf(node).map(rawText).join("");
}
