import { InputError } from "../responses/input_error.ts";
import { allPassages, missingInterviews, type Passage } from "../responses/interviews.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import type { Theme } from "../responses/published.ts";
import { codebook, readPublished } from "../responses/study.ts";
import { profileWords } from "../words/domain_words.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { words } from "../words/message.ts";
import { htmlRendered, type Showable, showable } from "./showable.ts";

/** Which passages of the interviews to show. */
export interface GistOptions {
  /** Those of this page of the published report. */
  readonly page?: number;
  /** Those that raise at least one of these themes, by id of data/published.json. */
  readonly themes?: readonly string[];
}

/**
 * What people said in the interviews, each passage as a card: its gist in our words, who said it,
 * and the themes it raises. Below the cards always the number of interviews.
 *
 * @param options Page and themes; both must fit. Neither: every passage.
 * @throws {InputError} Where no passage fits, or a theme does not exist.
 */
export function gists(options: GistOptions = {}): Showable {
  const missing = missingInterviews();
  const chosen = missing.length > 0 ? [] : choosePassages(options);
  return showable((language) =>
    htmlRendered(
      `<ul class="gists">\n${
        chosen.map((passage) => card(passage, language)).join("\n")
      }\n</ul>\n` +
        `<p class="base">${escapeHtml(interviewBase()[language])}</p>`,
      [
        ...chosen.map((passage) => `${passage.gist[language]} (${who(passage, language)})`),
        interviewBase()[language],
      ].join("\n"),
    ), missing);
}

/** The line that stands below everything that comes from the interviews: how few they are. */
export function interviewBase(): Text {
  return inEveryLanguage((language) =>
    words("interviews.base", language, { count: codebook().study.interviews.count })
  );
}

/**
 * Themes by id or by kind, in the order of data/published.json.
 *
 * @throws {InputError} Where one does not exist.
 */
export function chooseThemes(
  { themes, kinds }: { readonly themes?: readonly string[]; readonly kinds?: readonly string[] },
): Theme[] {
  const all = readPublished().themes;
  const refuse = (what: string, wanted: readonly string[] = [], there: readonly string[]) => {
    const unknown = wanted.find((name) => !there.includes(name));
    if (unknown === undefined) return;
    throw new InputError(
      `There is no ${what} "${unknown}" in data/published.json. Use one of: ${
        [...new Set(there)].join(", ")
      }.`,
    );
  };
  refuse("theme", themes, all.map(({ id }) => id));
  refuse("kind of theme", kinds, all.map(({ kind }) => kind));
  return all.filter(({ id, kind }) =>
    (themes?.includes(id) ?? true) && (kinds?.includes(kind) ?? true)
  );
}

function choosePassages({ page, themes }: GistOptions): Passage[] {
  const wanted = new Set(chooseThemes(themes === undefined ? {} : { themes }).map(({ id }) => id));
  const chosen = allPassages().filter((passage) =>
    (page === undefined || passage.page === page) && passage.themes.some((id) => wanted.has(id))
  );
  if (chosen.length > 0) return chosen;
  const pages = [...new Set(allPassages().map((passage) => passage.page))];
  throw new InputError(
    `No passage of the interviews${page === undefined ? "" : ` on page ${page}`} raises ` +
      `${themes?.join(" or ") ?? "any theme"}. Pages with passages: ${pages.join(", ")}.`,
  );
}

function card(passage: Passage, language: Language): string {
  const labels = passage.themes.map((id) => {
    const theme = readPublished().themes.find((each) => each.id === id);
    return `<span class="badge">${escapeHtml(theme?.label[language] ?? id)}</span>`;
  });
  return `<li class="gist"><p>${escapeHtml(passage.gist[language])}</p>` +
    `<p class="profile">${escapeHtml(who(passage, language))}</p>` +
    `<p class="profile">${labels.join(" ")}</p></li>`;
}

function who({ profile }: Passage, language: Language): string {
  return profileWords(profile, codebook(), language).join(", ");
}
