import { palette } from "../charts/palette.ts";
import * as Plot from "../charts/plot.ts";
import { InputError } from "../responses/input_error.ts";
import {
  allPassages,
  missingInterviews,
  type Passage,
  type Profile,
  profileKey,
} from "../responses/interviews.ts";
import { inEveryLanguage, type Language, type Text } from "../responses/language.ts";
import type { Theme } from "../responses/published.ts";
import { codebook, readPublished } from "../responses/study.ts";
import { texts } from "../words/catalogue.ts";
import { profileWords } from "../words/change_columns.ts";
import { NOTHING, tell } from "../words/claims.ts";
import { quotedText } from "../words/format.ts";
import { ownText } from "../words/message.ts";
import { escapeHtml } from "../words/prose.ts";
import { plotted } from "./chart_rendered.ts";
import { requireKnown } from "./check_options.ts";
import { dataTable, number, type TableOptions, tabulated, text } from "./data_table.ts";
import { htmlRendered, type Showable, Shown } from "./notebook_file.ts";

const WORDS = texts("themes");

/**
 * What people said in the interviews as cards: gist, who said it, themes; below them how many were
 * interviewed.
 *
 * @param options `page` of the published report; by default all.
 * @throws {InputError} Where the page has no passage.
 */
export function gists({ page }: { readonly page?: number } = {}): Showable {
  const all = allPassages();
  const passages = all.filter((passage) => page === undefined || passage.page === page);
  if (all.length > 0 && passages.length === 0) {
    const pages = [...new Set(all.map((passage) => passage.page))];
    throw new InputError(
      `No passage of the interviews is on page ${page}. Pages with passages: ${pages.join(", ")}.`,
    );
  }
  const base = interviewBase();
  return new Shown((language) => {
    const cards = passages.map((passage) => card(passage, language)).join("\n");
    const lines = passages.map(({ gist, profile }) =>
      `${gist[language]} (${who(profile, language)})`
    );
    return htmlRendered(
      `<ul class="gists">\n${cards}\n</ul>\n<p class="base">${escapeHtml(base[language])}</p>`,
      [...lines, base[language]].join("\n"),
    );
  }, missingInterviews());
}

/** The line that stands below everything that comes from the interviews: how few they are. */
function interviewBase(): Text {
  return ownText("interviews.base", { count: codebook().study.interviews.count });
}

/** What is shown of themes. */
interface ThemesOptions extends Omit<TableOptions, "base"> {
  /** Which themes of data/published.json, in its order. */
  readonly kinds: readonly Theme["kind"][];
}

function themesOf({ kinds }: ThemesOptions): Theme[] {
  const { themes } = readPublished();
  const there = [...new Set(themes.map(({ kind }) => kind))];
  for (const kind of kinds) {
    requireKnown(kind, there, "There is no kind of theme in data/published.json");
  }
  return themes.filter(({ kind }) => kinds.includes(kind));
}

function card({ themes, gist, profile }: Passage, language: Language): string {
  const labels = themes.map((id) => {
    const theme = readPublished().themes.find((each) => each.id === id);
    return `<span class="badge">${escapeHtml(theme?.label[language] ?? id)}</span>`;
  });
  return `<li class="gist"><p>${escapeHtml(gist[language])}</p>` +
    `<p class="profile">${escapeHtml(who(profile, language))}</p>` +
    `<p class="profile">${labels.join(" ")}</p></li>`;
}

function who(profile: Profile | null, language: Language): string {
  return profileWords(profile, codebook(), language).join(", ");
}

/** Which themes which profile raises, in how many passages. */
interface Raised {
  readonly themes: readonly Theme[];
  readonly profiles: ReadonlyMap<string, Profile | null>;
  readonly mentions: readonly {
    readonly theme: string;
    readonly profile: string;
    readonly passages: number;
  }[];
}

/**
 * Which themes which profile raises in the interviews: a dot where it does, for numbers would say nothing.
 *
 * @throws {InputError} Where a kind of theme does not exist.
 */
export function interviewThemes(options: ThemesOptions): Showable {
  const { name, title } = options;
  const passages = allPassages();
  const themes = themesOf(options);
  const profiles = profilesOf(passages);
  const mentions = themes.flatMap(({ id: theme }) =>
    [...profiles.keys()].map((profile) => ({
      ...{ theme, profile },
      passages: passages.filter((passage) =>
        passage.themes.includes(theme) && profileKey(passage.profile) === profile
      ).length,
    })).filter(({ passages }) => passages > 0)
  );
  const whose = (profile: string, language: Language) =>
    who(profiles.get(profile) ?? null, language);
  const by = Map.groupBy(mentions, ({ theme }) => theme);
  // They are in the report's text, but nobody is quoted.
  const silent = themes.filter(({ id }) => !by.has(id));
  const base = tell(
    interviewBase(),
    silent.length === 0 ? NOTHING : ownText("themes.silent", {
      count: silent.length,
      names: silent.map(({ label }) => quotedText(label)),
    }),
  );
  return plotted({
    name,
    title: { ...title, missing: missingInterviews() },
    base,
    alt: tell(
      ...themes.filter(({ id }) => by.has(id)).map(({ id, label }) =>
        inEveryLanguage((language) => {
          const names = by.get(id)!.map(({ profile }) => whose(profile, language).toLowerCase());
          return `${label[language]}: ${names.join("; ")}.`;
        })
      ),
    ),
    table: tabulated(mentions, [
      text(WORDS.theme, ({ theme }) => themes.find(({ id }) => id === theme)!.label),
      text(WORDS.who, ({ profile }, language) => whose(profile, language)),
      number("count", WORDS.passages, ({ passages }) => passages),
    ], { name, title, base }),
  }, (language, width) => drawMatrix({ themes, profiles, mentions }, language, width));
}

/** The profiles that passages are by, women and men, the young first; nobody in particular last. */
function profilesOf(passages: readonly Passage[]): Map<string, Profile | null> {
  const order = (profile: Profile | null) =>
    profile === null
      ? "~"
      : `${Object.keys(codebook().bases).indexOf(Object.values(profile).at(-1)!)}${
        profileKey(profile)
      }`;
  const all = passages.map(({ profile }) => profile)
    .toSorted((a, b) => order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0);
  return new Map(all.map((profile) => [profileKey(profile), profile]));
}

/** Room in px for the names of the profiles above the dots. */
const HEAD = 70;

function drawMatrix(
  { themes, profiles, mentions }: Raised,
  language: Language,
  width: number,
) {
  const narrow = width < 500;
  const row = narrow ? 40 : 26;
  const rows = themes.map(({ id }) => id);
  const label = new Map(themes.map((theme) => [theme.id, theme.label[language]]));
  return Plot.plot({
    width,
    height: HEAD + rows.length * row + 6,
    marginTop: HEAD,
    marginBottom: 6,
    marginLeft: narrow ? 0 : 220,
    marginRight: 0,
    x: { type: "band", domain: [...profiles.keys()], axis: null },
    y: { type: "band", domain: rows, axis: null, padding: 0 },
    marks: [
      Plot.ruleY(rows, {
        y: (id) => id,
        stroke: palette.grid,
        dy: row / 2,
        insetLeft: narrow ? 0 : -220,
      }),
      Plot.text(rows, {
        y: (id) => id,
        text: (id) => label.get(id) ?? id,
        frameAnchor: "left",
        textAnchor: "start",
        dx: narrow ? 2 : -216,
        dy: narrow ? -row / 4 : 0,
        fontSize: 12,
        fontWeight: narrow ? 600 : 400,
      }),
      Plot.text([...profiles], {
        x: ([key]) => key,
        text: ([, profile]) =>
          profileWords(profile, codebook(), language)
            // Six columns on a telephone are no wider than one word.
            .flatMap((line) => line.split(narrow ? " " : / (?!år|\d)/)).join("\n"),
        frameAnchor: "top",
        lineAnchor: "bottom",
        dy: -6,
        fontSize: 12,
      }),
      Plot.dot(mentions, {
        x: "profile",
        y: "theme",
        r: 5.5,
        fill: palette.accent,
        dy: narrow ? row / 5 : 0,
      }),
    ],
  });
}

/**
 * Themes of the interviews as a table, one click away; a column that would be empty is left out.
 *
 * @throws {InputError} Where a kind does not exist.
 */
export function interviewThemesTable(options: ThemesOptions): Showable {
  const { name, title } = options;
  const themes = themesOf(options);
  const columns = [
    text<Theme>(WORDS.theme, ({ label }) => label),
    text<Theme>(WORDS.gist, ({ gist }) => gist),
    text<Theme>(WORDS.of, ({ who }) => who),
    text<Theme>(WORDS.effect, ({ effect }) => effect),
  ].filter(({ value }) => themes.some((theme) => value(theme, "da") !== null));
  return dataTable([tabulated(themes, columns, { name, title, base: interviewBase() })], {
    behind: true,
    missing: missingInterviews(),
  });
}
