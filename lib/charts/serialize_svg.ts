/// <reference lib="dom" />

const SVG = "http://www.w3.org/2000/svg";

/**
 * The XML of a drawing, as a browser's `XMLSerializer` writes it. The light document that charts are
 * drawn in has none: it only writes HTML, with the attributes in the opposite order.
 *
 * @param svg An SVG element with elements and text in it.
 */
export function serializeSvg(svg: Element): string {
  return write(svg, true);
}

function write(element: Element, isRoot: boolean): string {
  const attributes = [...element.attributes].reverse()
    .filter(({ name }) => !isRoot || name !== "xmlns")
    .map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`);
  const start = element.localName + (isRoot ? ` xmlns="${SVG}"` : "") + attributes.join("");
  const inside = [...element.childNodes].map((node) =>
    node.nodeType === 1 ? write(node as Element, false) : escapeText(node.nodeValue ?? "")
  ).join("");
  return inside === "" ? `<${start}/>` : `<${start}>${inside}</${element.localName}>`;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', "&quot;")
    .replaceAll("\t", "&#x9;").replaceAll("\n", "&#xA;").replaceAll("\r", "&#xD;");
}
