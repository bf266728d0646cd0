import { type DefaultTreeAdapterTypes as Tree, parseFragment, serialize } from "parse5";

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
  readonly headingLevel?: 2 | 3 | undefined;
}

/** Told what is wrong, worded to follow "The HTML of …"; throws where that is not to be put up with. */
type Complain = (problem: string) => void;

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
    onParseError: ({ code, startOffset: at }) => {
      const excerpt = html.slice(Math.max(0, at - 20), at + 40);
      complain(`is malformed: ${code} at ${JSON.stringify(excerpt)}`);
    },
  });
  const first = childrenOf(fragment).find((node) => isElement(node) || textOf(node) !== "");
  if (first?.nodeName === `h${options.headingLevel}`) replaceNode(first, []);
  for (const element of elementsOf(fragment)) checkElement(element, html, complain);
  prefixIds(fragment, options, complain);
  wrapTables(fragment, options.tableLabel);
  return serialize(fragment);
}

const FORBIDDEN = new Set(
  ("script style link meta base title iframe frame object embed applet template noscript form input " +
    "button select textarea foreignObject animate set animateTransform animateMotion audio video " +
    "source track picture portal dialog math").split(" "),
);
const VOID = new Set("area br col hr img wbr".split(" "));
const FETCHING =
  /^(srcset|poster|background|action|formaction|ping|manifest|srcdoc|data|target|autofocus)$/;

/** What an SVG may say in a style attribute as well as in attributes of its own. */
const PRESENTATION = new Set(
  ("fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin " +
    "stroke-opacity opacity font-family font-size font-style font-weight font-variant text-anchor " +
    "dominant-baseline letter-spacing paint-order clip-path display visibility").split(" "),
);

/** Takes out an element that the page does not allow, and off it the attributes that it does not. */
function checkElement(element: Tree.Element, source: string, complain: Complain): void {
  const svg = element.namespaceURI === SVG;
  const name = element.tagName;
  // An SVG's title is its text alternative, not the page's.
  if (FORBIDDEN.has(name) && !(svg && name === "title")) {
    // Plot writes a style of its own into every chart; the report's style sheet says the same.
    if (!(svg && name === "style" && textOf(element).startsWith(":where(.plot"))) {
      complain(`holds a <${name}>, which the report does not allow`);
    }
    return replaceNode(element, []);
  }
  if (!isClosed(element, source)) complain(`is malformed: <${name}> is not closed`);
  for (const attribute of [...element.attrs]) {
    const problem = checkAttribute(element, nameOf(attribute), attribute.value, svg);
    if (problem === undefined) continue;
    if (problem !== "") complain(`has ${problem} on <${name}>`);
    removeAttribute(element, nameOf(attribute));
  }
  if (name === "img" && attributeOf(element, "src") === undefined) {
    // A picture that would be fetched leaves its words behind.
    const value = attributeOf(element, "alt") ?? "";
    replaceNode(element, [{ nodeName: "#text", value, parentNode: null } as Tree.TextNode]);
  } else if (!svg && /^h[123]$/.test(name)) {
    complain(`holds an <${name}>; pass it as the part's \`heading\`, or use .headline or <h4>`);
    element.tagName = element.nodeName = "p";
    setAttribute(element, "class", "note-heading");
  }
}

/** What is wrong with an attribute; "" where it was put right and is to go silently. */
function checkAttribute(
  element: Tree.Element,
  name: string,
  value: string,
  svg: boolean,
): string | undefined {
  if (/^on/i.test(name)) return `the event handler ${name}`;
  if (FETCHING.test(name)) return `the attribute ${name}`;
  if (name === "style") {
    const declarations = value.split(";").filter((each) => each.trim() !== "").map((each) => {
      const [property = "", ...rest] = each.split(":");
      return [property.trim().toLowerCase(), rest.join(":").trim()] as const;
    });
    if (!svg || declarations.some(([property, to]) => !PRESENTATION.has(property) || to === "")) {
      return "a style attribute (use a class of style.css)";
    }
    for (const [property, to] of declarations) setAttribute(element, property, to);
    return "";
  }
  const isLink = /^(xlink:)?href$/.test(name);
  if (name === "src" || isLink && element.tagName !== "a") {
    return /^data:image\/(png|jpeg|gif|webp);base64,|^#/.test(value)
      ? undefined
      : `a ${name} that would be fetched (${value.slice(0, 60)})`;
  }
  if (isLink) {
    return /^(#|https?:|mailto:|([\w.-]+\/)?[\w.-]+\.(html|xlsx|json|csv|ipynb)(#|$))/i.test(value)
      ? undefined
      : `a link to ${value.slice(0, 60)}`;
  }
  return /url\(\s*["']?(?!#)/i.test(value.replace(/url\(\s*["']#/gi, "url(#"))
    ? `a url() that would be fetched in ${name}`
    : undefined;
}

// The parser closes by itself what was left open; only the source tells.
function isClosed({ sourceCodeLocation: location, tagName }: Tree.Element, source: string) {
  return !location?.startTag || location.endTag !== undefined || VOID.has(tagName) ||
    source.slice(0, location.startTag.endOffset).endsWith("/>");
}

const REFERENCES = new Set(
  ("for headers list aria-labelledby aria-describedby aria-controls aria-owns aria-details " +
    "aria-flowto").split(" "),
);

/**
 * Makes the ids of one output its own, and every reference within the output with them. A link to what is
 * neither in the output nor among the page's anchors loses its target, as in a report of one notebook.
 */
function prefixIds(
  fragment: Tree.DocumentFragment,
  { idPrefix, anchors }: MarkupOptions,
  complain: Complain,
): void {
  const elements = elementsOf(fragment);
  const ids = new Set<string>();
  for (const element of elements) {
    const id = attributeOf(element, "id");
    if (id === undefined) continue;
    if (ids.has(id)) {
      complain(`holds the id ${JSON.stringify(id)} twice`);
      removeAttribute(element, "id");
    }
    ids.add(id);
  }
  const renamed = (id: string) => ids.has(id) ? idPrefix + id : id;
  for (const element of elements) {
    for (const attribute of element.attrs) {
      const { value } = attribute;
      const name = nameOf(attribute);
      if (name === "id") attribute.value = renamed(value);
      else if (REFERENCES.has(name)) attribute.value = value.split(/\s+/).map(renamed).join(" ");
      else if (/^(xlink:)?href$/.test(name) && value.startsWith("#")) {
        const id = decodeURIComponent(value.slice(1));
        if (element.tagName !== "a" || ids.has(id) || anchors.has(id)) {
          attribute.value = `#${renamed(value.slice(1))}`;
        } else removeAttribute(element, name);
      } else {
        attribute.value = value.replace(
          /url\(\s*["']?#([^"')\s]+)["']?\s*\)/g,
          (_, id: string) => `url(#${renamed(id)})`,
        );
      }
    }
  }
}

/**
 * Puts every table into a box of its own that scrolls when the window is narrow, that the keyboard reaches,
 * and that has a name. Not statements with their verdicts: they are words, which wrap.
 */
function wrapTables(fragment: Tree.DocumentFragment, label: MarkupOptions["tableLabel"]): void {
  for (const table of elementsOf(fragment)) {
    if (table.tagName !== "table" || hasClass(table, "claims")) continue;
    if (closest(table, (around) => around.tagName === "table")) continue;
    const [box] = parseFragment('<div class="table-scroll" role="region" tabindex="0"></div>')
      .childNodes as [Tree.Element];
    setAttribute(box, "aria-label", label(ownName(table)));
    replaceNode(table, [box]);
    box.childNodes.push(table);
    table.parentNode = box;
  }
}

function ownName(table: Tree.Element): string | undefined {
  const figure = closest(table, (around) => around.tagName === "figure");
  const caption = childrenOf(table).find(({ nodeName }) => nodeName === "caption");
  const headline = figure &&
    elementsOf(figure).find((each) => hasClass(each, "headline") || hasClass(each, "question"));
  const names = [caption, headline].map((node) => node && textOf(node));
  return attributeOf(table, "aria-label") || names.find(Boolean) || undefined;
}

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
function closest(
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
