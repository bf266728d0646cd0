import assert from "node:assert/strict";
import { codebook } from "../../lib/responses/study.ts";
import { type AnswersOptions, validateAnswers } from "../../lib/statistics/load_answers.ts";
import { parseMapping } from "../../lib/responses/mapping.ts";
import { fixture, latin1, SMALL, utf16, validated } from "./with_file.ts";

/** Every code of a checked file by name, as plain numbers. */
async function codesOf(checked: ReturnType<typeof validateAnswers>) {
  const { survey, problems } = await checked;
  assert(survey, JSON.stringify(problems, null, 1));
  return Object.fromEntries(
    [...survey.codes].map(([name, codes]) => [name, [...codes]]),
  );
}

/** The answers of SMALL as codes. */
const CODES = SMALL.replace("Kvinde,1,0,0,Sjældent,Helt enig,Helt enig", "1,1,0,0,4,1,1")
  .replace("Mand,0,1,,Meget ofte,,Meget uenig", "2,0,1,,1,,5")
  .replace("Kvinde,1,1,3+,En gang i mellem,Ved ikke,Enig", "1,1,1,3,3,9,2")
  .replace("Mand,0,0,,Aldrig,,Ved ikke", "2,0,0,,5,,9");
/** The answers of SMALL as English labels. */
const ENGLISH = CODES.replace(
  "1,1,0,0,4,1,1",
  "Woman,Yes,No,0,Rarely,Strongly agree,Strongly agree",
)
  .replace("2,0,1,,1,,5", "Man,No,Yes,,Very often,,Strongly disagree")
  .replace("1,1,1,3,3,9,2", "Woman,Yes,Yes,3+,Once in a while,Don't know,Agree")
  .replace("2,0,0,,5,,9", "Man,No,No,,Never,,Don't know");
const TITLED = SMALL.replace(
  /^.*/,
  [
    "ID",
    "Køn",
    "Betjener politikere",
    "Træffer afgørelser",
    "Chefer mellem en selv og politikerne",
    "Presses til at ændre en vurdering i et udkast",
    "Svært at forene faglige råd med politikernes ønsker",
    "Har det alt i alt godt på arbejdet",
  ].join(","),
);
const danish = (text: string) => text.replaceAll(",", ";").replaceAll("\n", "\r\n");
/** Codes as a spreadsheet with Danish settings writes numbers. */
const decimals = (text: string, zeros: string) =>
  danish(text).replace(/(?<=;)(\d)(?=;|\r)/g, `$1${zeros}`);

const TEXTS: Record<string, string | Uint8Array> = {
  "semicolons": SMALL.replaceAll(",", ";"),
  "tabs": SMALL.replaceAll(",", "\t"),
  "CRLF": SMALL.replaceAll("\n", "\r\n"),
  "CR": SMALL.replaceAll("\n", "\r"),
  "no line break at the end": SMALL.trimEnd(),
  "blank lines and spreadsheet leftovers": "\n" +
    SMALL.replaceAll("\n", "\n\n") + ",,,,,,,\n,,,,,,,\n",
  "empty values beyond the last column": SMALL.replace(/$/gm, ",,").replace(/^,,$/m, ""),
  "Excel's sep line": "sep=;\r\n" + SMALL.replaceAll(",", ";"),
  "a mark": "\ufeff" + SMALL,
  "UTF-16, little end first": utf16(SMALL),
  "UTF-16, big end first": utf16(SMALL, false),
  "windows-1252": latin1(SMALL),
  "quotes around everything": SMALL.replace(/[^,\n]+/g, '"$&"'),
  "other case and spaces": SMALL.toUpperCase().replaceAll("HELT ENIG", " helt  ENIG "),
  "R's NA": SMALL.replace(/,(?=,)/g, ",NA"),
  "Danish column names": SMALL.replace("gender", "Køn")
    .replace("makes_decisions", "Træffer afgørelser"),
  "letters with loose accents": SMALL.replace("gender", "køn").normalize("NFD"),
  "English labels": SMALL.replace(
    "Sjældent,Helt enig,Helt enig",
    "Rarely,Strongly agree,strongly agree",
  )
    .replaceAll("Kvinde", "Woman").replaceAll("Mand", "Man"),
  "codes": SMALL.replace("Sjældent,Helt enig,Helt enig", "4,1,1")
    .replace("Meget ofte,,Meget uenig", "1,,5.0")
    .replace("En gang i mellem,Ved ikke,Enig", "3,9,2").replace("Aldrig,,Ved ikke", "5,,9"),
  "codes with a decimal comma": SMALL.replaceAll(",", ";")
    .replace("Sjældent;Helt enig", "4,0;1,00"),
  "category ids": SMALL.replace("Sjældent,Helt enig", "rarely,strongly_agree"),
  "English labels throughout": ENGLISH,
  "English labels, semicolons, CRLF": danish(ENGLISH),
  "codes throughout": CODES,
  "codes as a Danish spreadsheet writes decimals": decimals(CODES, ",0"),
  "codes with two decimals": decimals(CODES, ",00"),
  "codes with decimal points": decimals(CODES, ".0"),
  "codes, tabs, UTF-16": utf16(CODES.replaceAll(",", "\t")),
  "labels of the columns": TITLED,
  "labels of the columns, semicolons, windows-1252": latin1(danish(TITLED)),
  "labels of the columns, tabs, UTF-16": utf16(TITLED.replaceAll(",", "\t")),
  "semicolons, windows-1252, CRLF, as Danish offices export": latin1(danish(SMALL)),
  "semicolons, a mark, CRLF, as Excel's CSV UTF-8": "\ufeff" + danish(SMALL),
  "tabs, UTF-16, CRLF, as Excel's Unicode text": utf16(
    SMALL.replaceAll(",", "\t").replaceAll("\n", "\r\n"),
  ),
  "UTF-16 without a mark, little end first": utf16(SMALL).slice(2),
  "UTF-16 without a mark, big end first": utf16(SMALL, false).slice(2),
  "semicolons and values with commas in quotes": danish(SMALL).replace("Mand", '"Mand"'),
  "SPSS's system-missing as text": SMALL.replace(/,(?=,)/g, ",#NULL!"),
  "a dot for what is missing, as SAS and Stata write": SMALL.replace(/,(?=,)/g, ",."),
  "other order of the columns": SMALL.split("\n").map((line) => line.split(",").reverse().join(","))
    .join("\n"),
  "columns that nobody knows beside them": SMALL.replace(/$/gm, ",x").replace(/^,x$/m, "")
    .replace(/,x$/m, ",Sidst set"),
  "hard spaces and long dashes": SMALL.replaceAll("Helt enig", "Helt\u00a0enig"),
};

for (const [variant, content] of Object.entries(TEXTS)) {
  Deno.test(`loadAnswers() gives the same codes for ${variant}`, async () => {
    assert.deepEqual(await codesOf(validated(content)), await codesOf(validated(SMALL)));
  });
}

const FILES = [
  "labels.sav",
  "labels_english.sav",
  "labels_ranges.sav",
  "labels_uncompressed.sav",
  "labels_windows1252.sav",
  "labels_zlib.zsav",
  "codes.sav",
  "codes_zlib.zsav",
  "titles.sav",
  "titles_windows1252.sav",
  "titles_zlib.zsav",
  "strings.sav",
  "strings_uncompressed.sav",
  "strings_windows1252.sav",
  "strings_zlib.zsav",
  "very_long_strings.sav",
  "very_long_strings_zlib.zsav",
  "long_string_labels.sav",
  "text.xlsx",
  "codes.xlsx",
  "text_codes.xlsx",
  "cover_sheet.xlsx",
  "title_above.xlsx",
  "two_waves.xlsx",
  "text_none.parquet",
  "text_snappy.parquet",
  "text_gzip.parquet",
  "text_brotli.parquet",
  "text_zstd.parquet",
  "text_lz4.parquet",
  "plain.parquet",
  "parts.parquet",
  "dictionary.parquet",
  "codes_int8.parquet",
  "codes_int64.parquet",
  "booleans.parquet",
  "delta.parquet",
  "codes_double.parquet",
  "text_lz4.feather",
  "text_zstd.feather",
  "dictionary.feather",
  "codes_lz4.arrow",
  "booleans.arrow",
  "stream.arrow",
];

for (const name of FILES) {
  Deno.test(`loadAnswers() gives the same codes for ${name}`, async () => {
    const checked = validateAnswers(fixture(name), codebook());
    assert.deepEqual(await codesOf(checked), await codesOf(validated(SMALL)));
  });
}

const mapped = (columns: object, values: object = {}): AnswersOptions => ({
  mapping: parseMapping({ columns, values }, "mapping.json", codebook()),
});
const MAPPED: Record<string, [string, AnswersOptions]> = {
  "columns of other names, mapped": [
    SMALL.replace("gender", "Deres navn").replace("wellbeing", "Q31"),
    mapped({ "Deres navn": "gender", "q31": "wellbeing" }),
  ],
  "values of other names, mapped": [
    SMALL.replaceAll("Kvinde", "Kvindelig").replaceAll("Mand", "7"),
    mapped({}, { gender: { Kvindelig: "woman", "7": "man" } }),
  ],
  "codes the other way round, mapped": [
    SMALL.replace("Sjældent", "2").replace("Meget ofte", "5").replace("Aldrig", "1"),
    mapped({}, {
      pressure_change: { "5": "very_often", "2": "rarely", "1": "never" },
    }),
  ],
  "values that are no answer, mapped": [
    SMALL.replace("0,1,,", "0,1,Ikke relevant,"),
    mapped({}, { managers_between: { "Ikke relevant": null } }),
  ],
  "a column left aside that would be misread": [
    SMALL.replace("gender", "welbeing,gender").replace(/^(a\d,)/gm, "$1x,"),
    mapped({ welbeing: null }),
  ],
};

for (const [variant, [content, options]] of Object.entries(MAPPED)) {
  Deno.test(`loadAnswers() gives the same codes for ${variant}`, async () => {
    assert.deepEqual(
      await codesOf(validated(content, "answers.csv", options)),
      await codesOf(validated(SMALL)),
    );
  });
}

Deno.test("at least 60 kinds of input are tried", () => {
  const tried = [TEXTS, FILES, MAPPED].reduce((sum, each) => sum + Object.keys(each).length, 0);
  assert(tried >= 60, String(tried));
});
