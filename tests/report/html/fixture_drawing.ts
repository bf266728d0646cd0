import { palette } from "../../../lib/charts/palette.ts";
import type { Language } from "../../../lib/responses/language.ts";

const ITEMS = {
  da: ["romaner og noveller", "fagbøger til arbejde eller studier", "film, musik og spil"],
  en: ["novels and short stories", "textbooks for work or studies", "films, music and games"],
} as const;
const SHARES = [[12, 21, 34, 18, 11, 4], [6, 15, 22, 30, 23, 4], [25, 28, 20, 15, 10, 2]] as const;
const COLOURS = ["#1b5e7e", "#7fb3cb", "#e4e1da", "#e6ad7c", "#a9551c", "#b9bcc0"] as const;

/** A stacked bar for each of three items, drawn for a wide or for a narrow window. */
export function likertDrawing(language: Language, kind: "wide" | "narrow"): string {
  const wide = kind === "wide";
  const [width, left, rowHeight] = wide ? [800, 270, 46] : [350, 0, 68];
  const height = SHARES.length * rowHeight + 30;
  const scale = (width - left) / 100;
  const rows = SHARES.map((shares, row) => {
    const top = row * rowHeight + (wide ? 4 : 24);
    let from = left;
    const bars = shares.map((share, index) => {
      const x = from;
      from += share * scale;
      const dark = index === 0 || index === 4;
      const label = share >= 8
        ? `<text class="${dark ? "on-dark" : "on-light"}" fill="${dark ? "#fff" : "#1c2025"}" x="${
          (x + share * scale / 2).toFixed(1)
        }" y="${top + 22}" text-anchor="middle" font-size="13">${share}</text>`
        : "";
      return `<rect x="${x.toFixed(1)}" y="${top}" width="${
        (share * scale).toFixed(1)
      }" height="34" fill="${COLOURS[index]}"/>${label}`;
    }).join("");
    const item = ITEMS[language][row];
    const label = wide
      ? `<text fill="${palette.ink}" x="${left - 12}" y="${
        top + 22
      }" text-anchor="end" font-size="14">${item}</text>`
      : `<text fill="${palette.ink}" x="0" y="${top - 7}" font-size="14">${item}</text>`;
    return label + bars;
  }).join("");
  return `<svg class="chart-svg ${kind}-only" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title-${kind}">
<title id="title-${kind}">${ITEMS[language].join(", ")}</title>
<line x1="${left}" x2="${left}" y1="0" y2="${height - 26}" stroke="${palette.grid}"/>${rows}
<line x1="${left}" x2="${width}" y1="${height - 22}" y2="${height - 22}" stroke="${palette.axis}"/>
<text fill="${palette.muted}" x="${left}" y="${height - 5}" font-size="12">0 %</text>
<text fill="${palette.muted}" x="${width}" y="${
    height - 5
  }" text-anchor="end" font-size="12">100 %</text>
</svg>`;
}
