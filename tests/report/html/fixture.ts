import {
  type Cell,
  type Notebook,
  type Output,
  REPORT_MIME,
  type ReportPart,
} from "../../../lib/notebook/notebook_file.ts";
import type { ReportOptions } from "../../../lib/report/html/report_options.ts";
import { inEveryLanguage, type Language } from "../../../lib/responses/language.ts";
import { likertDrawing } from "./fixture_drawing.ts";

/*
 * A report about nothing real, with everything that a report can hold. It stands for the notebooks
 * in the tests of the page itself.
 */

/** A notebook of some cells. */
export function notebookOf(...cells: readonly Cell[]): Notebook {
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

export function markdownCell(source: string): Cell {
  return { cell_type: "markdown", id: "m", metadata: {}, source };
}

export function codeCell(source: string, ...outputs: readonly Output[]): Cell {
  return { cell_type: "code", id: "c", metadata: {}, source, execution_count: 1, outputs };
}

export function display(data: Readonly<Record<string, unknown>>): Output {
  return { output_type: "display_data", data, metadata: {} };
}

/** An output made for the report, from one function of the language. */
export function reportOutput(make: (language: Language) => string | ReportPart): Output {
  const part = (language: Language): ReportPart => {
    const made = make(language);
    return typeof made === "string" ? { html: made } : made;
  };
  return display({ [REPORT_MIME]: { da: part("da"), en: part("en") } });
}

export function headingOutput(level: 2 | 3, id: string, da: string, en: string): Output {
  const text = { da, en };
  return reportOutput((language) => ({ html: "", heading: { level, id, text: text[language] } }));
}

const WORDS = inEveryLanguage((language) =>
  language === "da"
    ? "Hver tredje låner bøger mindst en gang om måneden, og det gælder lidt flere blandt de ældste."
    : "One in three borrows books at least once a month, slightly more among the oldest."
);

function chartOutput(name: string): Output {
  return reportOutput((language) => {
    const da = language === "da";
    return `<figure class="chart" data-name="${name}">
<p class="headline">${
      da ? "Hver tredje låner bøger hver måned" : "One in three borrows every month"
    }</p>
<p class="question">${da ? "Hvor ofte låner du …" : "How often do you borrow …"}</p>
${likertDrawing(language, "wide")}
${likertDrawing(language, "narrow")}
<details class="data-table"><summary>${
      da ? "Tallene som tabel" : "The numbers as a table"
    }</summary>
${tableHtml(language, name)}</details>
<figcaption><span class="base">${
      da ? "Base: alle, der svarede (n = 412)." : "Base: everyone who answered (n = 412)."
    }</span></figcaption>
</figure>`;
  });
}

function tableHtml(language: Language, name: string): string {
  const share = (value: number) =>
    `<td class="num" data-value="${value}">${Math.round(value * 100)} %</td>`;
  const da = language === "da";
  const groups = da
    ? ["Under 30 år", "30–49 år", "50–64 år", "65 år og derover", "=1+1", '"citeret"; <b>']
    : ["Under 30", "30–49", "50–64", "65 and over", "=1+1", '"quoted", <b>'];
  const columns = da
    ? ["Meget ofte", "Ofte", "En gang imellem", "Sjældent", "Aldrig", "Ved ikke"]
    : ["Very often", "Often", "Once in a while", "Rarely", "Never", "Don’t know"];
  const escape = (text: string) => text.replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  return `<table data-name="${name}-table">
<caption>${da ? "Lån efter alder" : "Borrowing by age"}</caption>
<thead><tr><th scope="col">${da ? "Alder" : "Age"}</th>${
    columns.map((column) => `<th scope="col" class="num">${column}</th>`).join("")
  }<th scope="col" class="num">n</th></tr></thead>
<tbody>${
    groups.map((group, index) =>
      `<tr><th scope="row">${escape(group)}</th>${
        columns.map((_, column) =>
          index === 5 && column === 5
            ? `<td class="num"><span class="suppressed">–</span></td>`
            : share(((index + 2) * (column + 3) % 31 + 4) / 100)
        ).join("")
      }<td class="num" data-value="${1000 + index}">1${da ? "." : ","}00${index}</td></tr>`
    ).join("\n")
  }</tbody></table>`;
}

function summary(): Notebook {
  return notebookOf(
    markdownCell(
      "# Summary\n\nThe findings, most important first. See [Arquero](https://idl.uw.edu/arquero/).",
    ),
    codeCell('import { heading, show } from "../lib/notebook.ts";'),
    codeCell(
      'await show(heading("summary"));',
      headingOutput(2, "summary", "Det vigtigste på én side", "The main points on one page"),
    ),
    codeCell(
      "await show(lead);",
      reportOutput((language) =>
        `<p class="lead">${WORDS[language]} <a href="#finding-2-1">${
          language === "da" ? "Se fundet" : "See the finding"
        }</a>.</p>`
      ),
    ),
    codeCell(
      "await show(keyFigures);",
      reportOutput((language) => {
        const da = language === "da";
        const figure = (value: number, label: string) =>
          `<div class="key-figure"><p class="value">${value}${da ? " %" : "%"}</p>` +
          `<p class="label">${label}</p>${barDrawing(value)}<p class="base">n = 412</p></div>`;
        return `<div class="key-figures">${
          [
            figure(33, da ? "låner bøger mindst en gang om måneden" : "borrow books every month"),
            figure(
              78,
              da ? "er tilfredse med åbningstiderne" : "are content with the opening hours",
            ),
            figure(9, da ? "har aldrig været på et bibliotek" : "have never been to a library"),
            figure(61, da ? "bruger de digitale tilbud" : "use the digital services"),
          ].join("")
        }</div>`;
      }),
    ),
    codeCell(
      "await show(claims);",
      reportOutput((language) => {
        const da = language === "da";
        return `<table data-name="claims"><caption>${da ? "Udsagn" : "Claims"}</caption>
<thead><tr><th scope="col">${da ? "Udsagn" : "Claim"}</th><th scope="col">${
          da ? "Dom" : "Verdict"
        }</th></tr></thead><tbody>
<tr><td>${WORDS[language]}</td><td><span class="verdict holds">${
          da ? "Holder" : "Holds"
        }</span></td></tr>
<tr><td>${WORDS[language]}</td><td><span class="verdict fails">${
          da ? "Holder ikke" : "Does not hold"
        }</span></td></tr>
<tr><td>${WORDS[language]}</td><td><span class="verdict unknown">${
          da ? "Kan ikke afgøres" : "Cannot be told"
        }</span></td></tr></tbody></table>`;
      }),
    ),
  );
}

function barDrawing(value: number): string {
  return `<svg class="chart-svg" viewBox="0 0 240 14" role="img" aria-label="${value}">` +
    `<rect x="0" y="3" width="240" height="8" rx="4" fill="#e3ded4"/>` +
    `<rect class="mark" x="0" y="3" width="${
      value * 2.4
    }" height="8" rx="4" fill="#2f7f9f"/></svg>`;
}

function findingsNotebook(number: number): Notebook {
  const findings = Array.from({ length: 4 }, (_, index) => {
    const id = `finding-${number}-${index + 1}`;
    return [
      markdownCell(
        "## One step\n\nCounts the answers and shows the shares of *each* group.\n\n- `count` comes first",
      ),
      codeCell(
        `const shares = estimate(survey, { question: "loans_${index}" });\n// In the open: Arquero's own verbs.\nawait show(shares.filter((d) => d.share > 0.1));`,
        headingOutput(
          3,
          id,
          [
            "Hver tredje låner bøger hver måned",
            "De fleste kommer til fods",
            "Åbningstiderne passer de fleste, men ikke alle, og mest dem uden børn",
            "Digitale lån",
          ][index]!,
          [
            "One in three borrows every month",
            "Most come on foot",
            "The opening hours suit most people, though not everybody, and least those with children",
            "Digital loans",
          ][index]!,
        ),
        { output_type: "stream", name: "stdout", text: "412 rows <b>\n" },
        reportOutput((language) => `<p>${WORDS[language]} ${WORDS[language]}</p>`),
        chartOutput(`loans-${number}-${index + 1}`),
      ),
    ];
  });
  return notebookOf(
    markdownCell(`# Notebook ${number}`),
    codeCell(
      "await show(title);",
      headingOutput(
        2,
        `chapter-${number}`,
        `Hvad biblioteket bruges til, del ${number}`,
        `What the library is used for, part ${number}`,
      ),
    ),
    ...findings.flat(),
    codeCell(
      "await show(interviews);",
      reportOutput((language) => {
        const da = language === "da";
        const gist = `<div class="gist"><p>${
          da
            ? "Går derhen efter arbejde, når børnene er hentet."
            : "Goes there after work, with the children."
        }</p><p class="profile">${da ? "Kvinde, 40–49 år" : "Woman, 40–49"} · n = 6</p></div>`;
        return `<div class="gists">${gist}${gist}${gist}</div>
<p class="note">${da ? "En note." : "A note."} <span class="badge">${
          da ? "syntetisk" : "synthetic"
        }</span></p>`;
      }),
    ),
  );
}

/** What analysts' own cells show, without the library's help. */
function analystNotebook(): Notebook {
  return notebookOf(
    markdownCell("# The analyst's own"),
    codeCell(
      "table",
      display({
        "text/html":
          '<h1 onclick="alert(1)">Own</h1><script>alert(1)</script><table style="color:red"><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table><img src="https://example.org/x.png" alt="x">',
        "text/plain": "a b",
      }),
    ),
    codeCell(
      "chart",
      display({
        "image/svg+xml":
          '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20" width="300" role="img" aria-label="dot"><style>circle{fill:red}</style><circle id="t" cx="10" cy="10" r="8" style="fill: #2f7f9f"/></svg>',
      }),
    ),
    codeCell(
      "picture",
      display({
        "image/png":
          "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\n",
        "text/plain": "a dot",
      }),
    ),
    codeCell(
      "note",
      display({ "text/markdown": "# Big\n\nSome *words* <script>alert(1)</script>" }),
    ),
    codeCell("text", {
      output_type: "execute_result",
      execution_count: 1,
      data: { "text/plain": "<script>alert('text')</script> \u001b[33m1\u001b[39m" },
      metadata: {},
    }),
    codeCell('throw new Error("no <such> thing")', {
      output_type: "error",
      ename: "Error",
      evalue: "no <such> thing",
      traceback: ["\u001b[31mError: no <such> thing\u001b[39m", "    at <anonymous>:1:7"],
    }),
  );
}

/** The options of a whole report: twelve notebooks of several findings, and an analyst's own. */
export function fixtureOptions(language: Language): ReportOptions {
  const da = language === "da";
  return {
    language,
    languages: ["da", "en"],
    title: da ? "Hvad bruger vi biblioteket til?" : "What do we use the library for?",
    subtitle: da
      ? "En undersøgelse blandt indbyggerne i en by, der ikke findes"
      : "A survey among the people of a town that does not exist",
    notice: da
      ? "Data er syntetiske: ingen har svaret på dette."
      : "The data are synthetic: nobody has answered this.",
    source: {
      file: "library_responses.csv",
      sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      respondents: 1412,
      date: "2024-05-31",
    },
    details: [[da ? "Udsnit" : "Subgroup", "age = <30"]],
    notebooks: [
      { name: "01_summary", notebook: summary() },
      ...Array.from({ length: 11 }, (_, index) => ({
        name: `${String(index + 2).padStart(2, "0")}_part`,
        notebook: findingsNotebook(index + 2),
      })),
      { name: "13_own", notebook: analystNotebook() },
    ],
  };
}
