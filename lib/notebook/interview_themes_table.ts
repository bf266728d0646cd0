import { escapeHtml } from "../words/escape_html.ts";
import type { Text } from "../responses/language.ts";
import type { DataTable } from "../report/notebook_file.ts";
import { ownText } from "../words/message.ts";
import type { Theme } from "../responses/published.ts";
import { dataTableHtml, dataTableText } from "./data_table_html.ts";
import { chooseThemes, interviewBase } from "./gists.ts";
import { type Showable, showable } from "./showable.ts";

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
      title: title[language],
      base: interviewBase()[language],
      columns: kept.map(([label]) => ({ label: label[language], kind: "text" })),
      rows: themes.map((theme) => kept.map(([, valueOf]) => valueOf(theme)?.[language] ?? null)),
    };
    const html = `${dataTableHtml(data, language)}\n<p class="base">${escapeHtml(data.base)}</p>`;
    return {
      outputs: [{ "text/html": html, "text/plain": dataTableText(data, language) }],
      part: { html: "", details: html, tables: [data] },
    };
  });
}
