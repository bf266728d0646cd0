import { palette } from "../charts/palette.ts";
import * as Plot from "../charts/plot.ts";
import {
  allPassages,
  missingInterviews,
  type Profile,
  profileKey,
} from "../responses/interviews.ts";
import {
  inEveryLanguage,
  type Language,
  type Text,
  translated,
  translatedAll,
} from "../responses/language.ts";
import type { Theme } from "../responses/published.ts";
import { codebook } from "../responses/study.ts";
import { word } from "../words/catalogue.ts";
import { profileWords } from "../words/domain_words.ts";
import { escapeHtml } from "../words/escape_html.ts";
import { formatList } from "../words/format_list.ts";
import { ownText, words } from "../words/message.ts";
import { quoted } from "../words/quoted.ts";
import { dataTableHtml, dataTableText } from "./data_table.ts";
import { chooseThemes, interviewBase } from "./gists.ts";
import type { DataTable } from "./notebook_file.ts";
import { plotted } from "./plot_rendered.ts";
import { type Showable, showable } from "./showable.ts";

/** Which themes the picture has as rows; without either, those that a passage raises. */
export interface InterviewThemesOptions {
  /** Fit for a file name, unique in the notebook. */
  readonly name?: string;
  /** What the picture says; by default what it shows. */
  readonly title?: Text;
  /** Ids of data/published.json. */
  readonly themes?: readonly string[];
  readonly kinds?: readonly Theme["kind"][];
}

/** That people of this profile raise this theme, in so many passages. */
interface Mention {
  readonly theme: string;
  readonly profile: string;
  readonly passages: number;
}

/**
 * Which themes which profile raises in the passages of the interviews: a dot where it does. Counts
 * no people and no passages, for neither says how common a thing is.
 *
 * @throws {InputError} Where a theme or a kind does not exist.
 */
export function interviewThemes(
  { name = "interview-themes", title = ownText("themes.title"), ...which }: InterviewThemesOptions =
    {},
): Showable {
  const themes = which.themes || which.kinds ? chooseThemes(which) : themesWithPassages();
  const profiles = allProfiles();
  const mentions = themes.flatMap(({ id: theme }) =>
    [...profiles.keys()].flatMap((profile): Mention[] => {
      const passages = allPassages().filter((passage) =>
        passage.themes.includes(theme) && profileKey(passage.profile) === profile
      ).length;
      return passages === 0 ? [] : [{ theme, profile, passages }];
    })
  );
  const base = withoutPassage(themes, mentions);
  return plotted({
    name,
    title: { ...title, missing: missingInterviews() },
    base,
    alt: inEveryLanguage((language) => altText(themes, mentions, profiles, language)),
    table: (language) => tableOf({ name, title, base }, themes, mentions, profiles, language),
  }, (language, width) => drawMatrix(themes, mentions, profiles, language, width));
}

function themesWithPassages(): Theme[] {
  const raised = new Set(allPassages().flatMap(({ themes }) => themes));
  return chooseThemes({ themes: [...raised] });
}

/** Room in px for the names of the profiles above the dots. */
const HEAD = 70;
const ROW = { wide: 26, narrow: 40 };

/** The profiles that passages are by, women and men, the young first; nobody in particular last. */
function allProfiles(): Map<string, Profile | null> {
  const all = allPassages().map(({ profile }) => profile);
  const order = (profile: Profile | null) =>
    profile === null
      ? "~"
      : `${Object.keys(codebook().bases).indexOf(Object.values(profile).at(-1)!)}${
        profileKey(profile)
      }`;
  return new Map(
    all.toSorted((a, b) => order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0)
      .map((profile) => [profileKey(profile), profile]),
  );
}

function drawMatrix(
  themes: readonly Theme[],
  mentions: readonly Mention[],
  profiles: ReadonlyMap<string, Profile | null>,
  language: Language,
  width: number,
) {
  const narrow = width < 500;
  const row = narrow ? ROW.narrow : ROW.wide;
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

function altText(
  themes: readonly Theme[],
  mentions: readonly Mention[],
  profiles: ReadonlyMap<string, Profile | null>,
  language: Language,
): string {
  const sentences = themes.flatMap(({ id, label }) => {
    const by = mentions.filter(({ theme }) => theme === id).map(({ profile }) =>
      profileWords(profiles.get(profile) ?? null, codebook(), language).join(", ").toLowerCase()
    );
    return by.length === 0 ? [] : [`${label[language]}: ${by.join("; ")}.`];
  });
  return sentences.join(" ");
}

function tableOf(
  options: { readonly name: string; readonly title: Text; readonly base: Text },
  themes: readonly Theme[],
  mentions: readonly Mention[],
  profiles: ReadonlyMap<string, Profile | null>,
  language: Language,
): DataTable {
  const { name, title, base } = translatedAll(options);
  const labels = new Map(themes.map((theme) => [theme.id, theme.label[language]]));
  return {
    name,
    title: title[language],
    base: base[language],
    columns: [
      { label: word("themes.theme", language), kind: "text" },
      { label: word("themes.who", language), kind: "text" },
      { label: word("themes.passages", language), kind: "count" },
    ],
    rows: mentions.map(({ theme, profile, passages }) => [
      labels.get(theme) ?? theme,
      profileWords(profiles.get(profile) ?? null, codebook(), language).join(", "),
      passages,
    ]),
  };
}

/** The base, and which themes have no dot: they are in the report's text, but nobody is quoted. */
function withoutPassage(themes: readonly Theme[], mentions: readonly Mention[]): Text {
  const silent = themes.filter(({ id }) => !mentions.some(({ theme }) => theme === id));
  if (silent.length === 0) return interviewBase();
  return inEveryLanguage((language) => {
    const names = silent.map(({ label }) => quoted(label[language], language));
    return `${interviewBase()[language]} ${
      words("themes.silent", language, { count: silent.length, names: formatList(names, language) })
    }`;
  });
}

/**
 * Themes of the interviews as a table, one click away: name and gist in our words, whom the report says it of, and
 * what it says comes of it. A column that would be empty is left out.
 *
 * @param options `name`: fit for a file name, unique in the notebook. `kinds`: which themes.
 * @throws {InputError} Where a kind does not exist.
 */
export function interviewThemesTable(
  { name, title, kinds }: {
    readonly name: string;
    readonly title: Text;
    readonly kinds: readonly Theme["kind"][];
  },
): Showable {
  const themes = chooseThemes({ kinds });
  const columns: (readonly [Text, (theme: Theme) => Text | null])[] = [
    [ownText("themes.theme"), ({ label }) => label],
    [ownText("themes.gist"), ({ gist }) => gist],
    [ownText("themes.of"), ({ who }) => who],
    [ownText("themes.effect"), ({ effect }) => effect],
  ];
  const kept = columns.filter(([, valueOf]) => themes.some((theme) => valueOf(theme) !== null));
  return showable((language) => {
    const data: DataTable = {
      name,
      title: translated(title)[language],
      base: interviewBase()[language],
      columns: kept.map(([label]) => ({ label: label[language], kind: "text" })),
      rows: themes.map((theme) => kept.map(([, valueOf]) => valueOf(theme)?.[language] ?? null)),
    };
    const html = `${dataTableHtml(data, language)}\n<p class="base">${escapeHtml(data.base)}</p>`;
    return {
      outputs: [{ "text/html": html, "text/plain": dataTableText(data, language) }],
      part: { html: "", details: html, tables: [data] },
    };
  }, missingInterviews());
}
