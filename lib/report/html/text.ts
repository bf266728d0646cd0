import type { Text } from "../../responses/language.ts";

/** The words of the page around the notebooks. */
export const TEXT = {
  skip: { da: "Gå til indholdet", en: "Skip to the content" },
  contents: { da: "Indhold", en: "Contents" },
  close: { da: "Luk", en: "Close" },
  settings: { da: "Visning", en: "Display" },
  showNotes: {
    da: "Vis analytikerens noter og kode",
    en: "Show the analyst’s notes and code",
  },
  theme: { da: "Farver", en: "Colours" },
  themeAuto: { da: "Auto", en: "Auto" },
  themeLight: { da: "Lys", en: "Light" },
  themeDark: { da: "Mørk", en: "Dark" },
  backToTop: { da: "Til toppen", en: "Back to top" },
  linkToSection: { da: "Link til afsnittet", en: "Link to the section" },
  source: { da: "Hvor tallene kommer fra", en: "Where the numbers come from" },
  file: { da: "Datafil", en: "Data file" },
  fingerprint: { da: "Fingeraftryk", en: "Fingerprint" },
  respondents: { da: "Respondenter", en: "Respondents" },
  date: { da: "Dato", en: "Date" },
  aboutRun: { da: "Mere om denne kørsel", en: "More about this run" },
  fullFingerprint: { da: "Datafilens SHA-256", en: "The data file’s SHA-256" },
  failed: { da: "Rapporten er ikke hel", en: "The report is not complete" },
  failedNotebook: { da: "stoppede:", en: "stopped:" },
  cellError: { da: "Fejl i denne celle", en: "Error in this cell" },
  analystNote: { da: "Analytikerens note", en: "The analyst’s note" },
  code: { da: "Kode", en: "Code" },
  printed: { da: "Udskrift fra koden", en: "Printed by the code" },
  notShown: {
    da: "Dette resultat kan ikke vises her. Dets type er",
    en: "This output cannot be shown here. Its type is",
  },
  table: { da: "Tabel", en: "Table" },
  figure: { da: "Figur", en: "Figure" },
  download: { da: "Hent", en: "Download" },
  downloadFigureAs: { da: "Hent figuren som", en: "Download the figure as" },
  downloadTableAs: { da: "Hent tabellen som", en: "Download the table as" },
  copy: { da: "Kopiér", en: "Copy" },
  copied: { da: "Kopieret", en: "Copied" },
  copyTable: { da: "Kopiér tabellen", en: "Copy the table" },
  downloadFailed: { da: "Billedet kunne ikke laves", en: "The picture could not be made" },
} as const satisfies Readonly<Record<string, Text>>;

/** Each language's name for itself, and the words of a link to it. */
export const LANGUAGE_LINK: Text = { da: "Læs på dansk", en: "Read in English" };
