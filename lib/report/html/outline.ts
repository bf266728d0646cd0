import type { Notebook } from "../../notebook/notebook_file.ts";
import { InputError } from "../../responses/input_error.ts";
import type { Language } from "../../responses/language.ts";
import { type Chapter, chaptersOf } from "./chapters.ts";
import { reportPartOf } from "./render_output.ts";
import type { NamedNotebook } from "./report_options.ts";
import { TEXT } from "./text.ts";

/**
 * Turns executed notebooks into the report's chapters and findings.
 *
 * A notebook whose chapters were made before, and that stands in the same surroundings now, is not
 * rendered again: what follows an edit then takes the time of the one notebook that is other.
 *
 * @throws {InputError} If two headings share an id.
 * @throws {Error} If a part may not be in the page.
 */
export async function outlineOf(
  notebooks: readonly NamedNotebook[],
  language: Language,
): Promise<Chapter[]> {
  const anchors = anchorsOf(notebooks, language);
  const labels = new TableLabels(TEXT.table[language]);
  const chapters: Chapter[] = [];
  for (const [index, named] of notebooks.entries()) {
    const key = JSON.stringify([language, named.name, index, ...anchors]);
    const known = KEPT.get(named.notebook)?.get(language);
    if (known?.key === key && labels.repeat(known.labels)) {
      chapters.push(...known.chapters);
      continue;
    }
    const given = labels.note();
    const made = await chaptersOf(named, {
      language,
      position: index + 1,
      anchors,
      tableLabel: (found) => labels.next(found),
    });
    chapters.push(...made);
    const kept = KEPT.get(named.notebook) ?? new Map<Language, Kept>();
    KEPT.set(named.notebook, kept.set(language, { key, labels: given, chapters: made }));
  }
  refuseSharedIds(chapters);
  return chapters;
}

/**
 * The first chapter, and of the others the findings that it links to, without what stands behind
 * their "Details".
 */
export function briefOf([first, ...others]: readonly Chapter[]): Chapter[] {
  if (first === undefined) return [];
  const shown = [first, ...first.findings].flatMap(({ blocks }) => blocks).join("\n");
  const linked = new Set([...shown.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id));
  const chosen = others.flatMap((chapter): Chapter[] => {
    const findings = chapter.findings.filter(({ id }) => linked.has(id));
    if (findings.length > 0) return [{ ...chapter, blocks: [], findings }];
    return linked.has(chapter.id) ? [chapter] : [];
  });
  return [first, ...chosen].map((chapter) => ({
    ...chapter,
    details: [],
    findings: chapter.findings.map((finding) => ({ ...finding, details: [] })),
  }));
}

/** A notebook's chapters as they were made, and what they were made with. */
interface Kept {
  readonly key: string;
  readonly labels: readonly GivenLabel[];
  readonly chapters: readonly Chapter[];
}

/** Executed notebooks do not change; they are let go with their chapters. */
const KEPT = new WeakMap<Notebook, Map<Language, Kept>>();

/** The ids of every heading, before the first link to one is written. */
function anchorsOf(notebooks: readonly NamedNotebook[], language: Language): Set<string> {
  const anchors = new Set(["page-top"]);
  for (const { name, notebook } of notebooks) {
    const headings = notebook.cells
      .flatMap((cell) => cell.cell_type === "code" ? cell.outputs : [])
      .map((output) => reportPartOf(output, { language, where: `notebook "${name}"` })?.heading)
      .filter((heading) => heading !== undefined);
    for (const heading of headings) anchors.add(heading.id);
    if (!headings.some((heading) => heading.level === 2)) anchors.add(name);
  }
  return anchors;
}

function refuseSharedIds(chapters: readonly Chapter[]): void {
  const seen = new Map<string, string>();
  for (const { id, title } of chapters.flatMap((chapter) => [chapter, ...chapter.findings])) {
    const other = seen.get(id);
    if (other !== undefined) {
      throw new InputError(
        `The headings "${other}" and "${title}" share the id "${id}", by which links find them. ` +
          `Give one of them another id in its notebook: it is the first argument of chapter() or ` +
          `finding().`,
      );
    }
    if (!/^[A-Za-z0-9][\w-]*$/.test(id) || /^(page-|o\d+-)/.test(id)) {
      throw new InputError(`The heading "${title}" has an id that is not fit for a link: "${id}"`);
    }
    seen.set(id, title);
  }
}

/** What a table says of itself, if it does, and the name it was given. */
type GivenLabel = readonly [found: string | undefined, given: string];

/** Names for the tables of a page, each once. */
class TableLabels {
  #used = new Map<string, number>();
  #given: GivenLabel[] = [];

  /** @param otherwise The name of a table that says nothing of itself. */
  constructor(private readonly otherwise: string) {}

  /** The name of the next table. */
  next(found: string | undefined): string {
    const given = nextOf(this.#used, found ?? this.otherwise);
    this.#given.push([found, given]);
    return given;
  }

  /** The names that are given from here on, until the next call; the list grows with them. */
  note(): readonly GivenLabel[] {
    this.#given = [];
    return this.#given;
  }

  /**
   * Gives names as before.
   *
   * @returns Whether they are the same now. Otherwise none is given.
   */
  repeat(labels: readonly GivenLabel[]): boolean {
    const used = new Map(this.#used);
    const same = labels.every(([found, given]) => nextOf(used, found ?? this.otherwise) === given);
    if (same) this.#used = used;
    return same;
  }
}

function nextOf(used: Map<string, number>, name: string): string {
  const count = (used.get(name) ?? 0) + 1;
  used.set(name, count);
  return count === 1 ? name : `${name} (${count})`;
}
