import type { DefaultTreeAdapterTypes as Tree } from "parse5";
import { nameOf, removeAttribute, setAttribute, SVG, textOf } from "./markup_tree.ts";

/** Told what is wrong with a piece of markup; throws where that is not to be put up with. */
export type Complain = (problem: string) => void;

const FORBIDDEN = new Set(
  ("script style link meta base title iframe frame object embed applet template noscript form input " +
    "button select textarea foreignObject animate set animateTransform animateMotion audio video " +
    "source track picture portal dialog math").split(" "),
);
const VOID = new Set("area br col hr img wbr".split(" "));
const PAGE_HEADINGS = new Set(["h1", "h2", "h3"]);
const FETCHING = new Set(
  "srcset poster background action formaction ping manifest srcdoc data target autofocus".split(
    " ",
  ),
);

/** What an SVG may say in a style attribute as well as in attributes of its own. */
const PRESENTATION = new Set(
  ("fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin " +
    "stroke-opacity opacity font-family font-size font-style font-weight font-variant text-anchor " +
    "dominant-baseline letter-spacing paint-order clip-path display visibility").split(" "),
);

/**
 * Checks one element against what the page allows, and takes off the attributes that it does not.
 *
 * @param element The element; its attributes may change.
 * @param source The HTML that it was parsed from, with locations.
 * @param complain Called with each problem, worded to follow "The HTML of …".
 * @returns What is to happen to the element; `text`: its alternative text is to stand for it.
 */
export function checkElement(
  element: Tree.Element,
  source: string,
  complain: Complain,
): "keep" | "remove" | "paragraph" | "text" {
  const svg = element.namespaceURI === SVG;
  const name = element.tagName;
  // An SVG's title is its text alternative, not the page's.
  if (FORBIDDEN.has(name) && !(svg && name === "title")) {
    // Plot writes a style of its own into every chart; the report's style sheet says the same.
    if (!(svg && name === "style" && textOf(element).startsWith(":where(.plot"))) {
      complain(`holds a <${name}>, which the report does not allow`);
    }
    return "remove";
  }
  if (!isClosed(element, source)) complain(`is malformed: <${name}> is not closed`);
  for (const attribute of [...element.attrs]) {
    const problem = checkAttribute(element, nameOf(attribute), attribute.value, svg);
    if (problem === undefined) continue;
    if (problem !== "") complain(`has ${problem} on <${name}>`);
    removeAttribute(element, nameOf(attribute));
  }
  // A picture that would be fetched leaves its words behind, see prepareMarkup().
  if (name === "img" && !element.attrs.some((attribute) => attribute.name === "src")) return "text";
  if (!svg && PAGE_HEADINGS.has(name)) {
    complain(`holds an <${name}>; pass it as the part's \`heading\`, or use .headline or <h4>`);
    return "paragraph";
  }
  return "keep";
}

/** What is wrong with an attribute; "" where it was put right and is to go silently. */
function checkAttribute(
  element: Tree.Element,
  name: string,
  value: string,
  svg: boolean,
): string | undefined {
  if (/^on/i.test(name)) return `the event handler ${name}`;
  if (name === "style") {
    const declarations = svg ? presentationOf(value) : undefined;
    if (declarations === undefined) return "a style attribute (use a class of style.css)";
    for (const [property, setting] of declarations) setAttribute(element, property, setting);
    return "";
  }
  if (FETCHING.has(name)) return `the attribute ${name}`;
  if (name === "src" || (/^(xlink:)?href$/.test(name) && element.tagName !== "a")) {
    return /^data:image\/(png|jpeg|gif|webp);base64,|^#/.test(value)
      ? undefined
      : `a ${name} that would be fetched (${value.slice(0, 60)})`;
  }
  if (name === "href" || name === "xlink:href") {
    return /^(#|https?:|mailto:|([\w.-]+\/)?[\w.-]+\.(html|xlsx|json|csv|ipynb)(#|$))/i.test(value)
      ? undefined
      : `a link to ${value.slice(0, 60)}`;
  }
  if (/url\(\s*["']?(?!#)/i.test(value.replace(/url\(\s*["']#/gi, "url(#"))) {
    return `a url() that would be fetched in ${name}`;
  }
  return undefined;
}

function presentationOf(style: string): [string, string][] | undefined {
  const declarations = style.split(";").map((declaration) => declaration.trim()).filter(Boolean)
    .map((declaration): [string, string] => {
      const [property = "", ...rest] = declaration.split(":");
      return [property.trim().toLowerCase(), rest.join(":").trim()];
    });
  return declarations.every(([property, value]) => PRESENTATION.has(property) && value !== "")
    ? declarations
    : undefined;
}

// The parser closes by itself what was left open; only the source tells.
function isClosed(element: Tree.Element, source: string): boolean {
  const location = element.sourceCodeLocation;
  if (!location?.startTag || location.endTag || VOID.has(element.tagName)) return true;
  return source.slice(0, location.startTag.endOffset).endsWith("/>");
}
