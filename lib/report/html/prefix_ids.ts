import type { DefaultTreeAdapterTypes as Tree } from "parse5";
import { elementsOf, nameOf } from "./markup_tree.ts";
import type { Complain } from "./check_element.ts";

const REFERENCES = new Set(
  ("for headers list aria-labelledby aria-describedby aria-controls aria-owns aria-details " +
    "aria-flowto").split(" "),
);

/**
 * Makes the ids of one output its own, and every reference within the output with them.
 *
 * A link to an id that is not in this output, such as to another finding, stays as it is.
 *
 * @param fragment The output's tree; changed in place.
 * @param prefix Put before each id.
 * @param complain Told of an id that stands twice in the output.
 */
export function prefixIds(
  fragment: Tree.DocumentFragment,
  prefix: string,
  complain: Complain,
): void {
  const elements = elementsOf(fragment);
  const ids = new Set<string>();
  for (const element of elements) {
    const index = element.attrs.findIndex((attribute) => nameOf(attribute) === "id");
    const id = element.attrs[index]?.value;
    if (id === undefined) continue;
    if (ids.has(id)) {
      complain(`holds the id ${JSON.stringify(id)} twice`);
      element.attrs.splice(index, 1);
    }
    ids.add(id);
  }
  const renamed = (id: string) => ids.has(id) ? prefix + id : id;
  for (const element of elements) {
    for (const attribute of element.attrs) {
      const name = nameOf(attribute);
      if (name === "id") attribute.value = renamed(attribute.value);
      else if (REFERENCES.has(name)) {
        attribute.value = attribute.value.split(/\s+/).map(renamed).join(" ");
      } else if (/^(xlink:)?href$/.test(name) && attribute.value.startsWith("#")) {
        attribute.value = `#${renamed(attribute.value.slice(1))}`;
      } else {
        attribute.value = attribute.value.replace(
          /url\(\s*["']?#([^"')\s]+)["']?\s*\)/g,
          (_, id: string) => `url(#${renamed(id)})`,
        );
      }
    }
  }
}
