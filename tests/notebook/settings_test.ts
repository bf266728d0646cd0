import assert from "node:assert/strict";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { codebook } from "../../lib/responses/study.ts";
import { InputError } from "../../lib/responses/input_error.ts";
import { parseLanguages, parseWhere, readSettings } from "../../lib/notebook/settings.ts";

const environment = (values: Record<string, string>) => (name: string) => values[name];

Deno.test("readSettings() shows Danish, everyone, and the shipped data when nothing is set", () => {
  const { data, where, languages, report } = readSettings(environment({}));
  assert.deepEqual({ data, where, languages, report }, {
    data: null,
    where: {},
    languages: ["da"],
    report: false,
  });
});

Deno.test("readSettings() reads every variable", () => {
  const settings = readSettings(environment({
    SURVEY_DATA: "a.csv",
    SURVEY_WHERE: "gender=woman, age_group=age_25_39",
    SURVEY_LANG: "en,da",
    SURVEY_REPORT: "1",
  }));
  assert.equal(settings.data, "a.csv");
  assert.deepEqual(settings.where, { gender: ["woman"], age_group: ["age_25_39"] });
  assert.deepEqual(settings.languages, ["en", "da"]);
  assert.equal(settings.report, true);
});

Deno.test("parseWhere() takes two conditions on one variable as either of them", () => {
  assert.deepEqual(parseWhere(["gender=woman", "gender=man"], "--where"), {
    gender: ["woman", "man"],
  });
});

Deno.test("parseWhere() takes several categories with commas, and a comma in a label for a part of it", () => {
  const either = { tenure: ["years_0_2", "years_3_5"] };
  assert.deepEqual(parseWhere(["tenure=years_0_2,years_3_5"], "--where"), either);
  assert.deepEqual(parseWhere(["Anciennitet i kommunen = 0-2 år, 3-5 years"], "--where"), either);
  assert.deepEqual(
    parseWhere(["tenure=years_0_2, 3-5 år,gender=Kvinde", "wellbeing=Agree"], "SURVEY_WHERE"),
    { ...either, gender: ["woman"], wellbeing: ["agree"] },
  );
  assert.deepEqual(
    parseWhere(["municipality_size=under 30,000,100,000+,other"], "--where"),
    { municipality_size: ["under_30000", "from_100000", "other"] },
  );
});

Deno.test("parseWhere() takes labels for ids, in either language, and leaves what it does not know", () => {
  const { label, categories } = codebook().variables.tenure!;
  const [first, last] = [Object.keys(categories)[0]!, Object.keys(categories).at(-1)!];
  for (const language of LANGUAGES) {
    assert.deepEqual(
      parseWhere([
        `${label[language].toUpperCase()} = ${categories[first]![language]} `,
        `tenure=${categories[last]![language]}`,
      ], "--where"),
      { tenure: [first, last] },
    );
  }
  assert.deepEqual(parseWhere(["squeezed=yes", "gender=x"], "--where"), {
    squeezed: ["yes"],
    gender: ["x"],
  });
});

Deno.test("settings of the wrong form are refused by name", () => {
  assert.throws(() => parseWhere(["woman"], "SURVEY_WHERE"), {
    name: "InputError",
    message: 'SURVEY_WHERE: "woman" is not of the form variable=category, such as gender=woman.',
  });
  assert.throws(() => parseLanguages("da,fr", "--lang"), InputError);
});
