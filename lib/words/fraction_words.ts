import type { Language } from "../responses/language.ts";
import type { AnchorName, EndName, Relation } from "./choose_fraction.ts";

interface Words {
  /** Counting people: every third, six in ten. */
  readonly people: string;
  /** A part of the whole: a third; the same where no such word is in use. */
  readonly part: string;
}

const same = (words: string): Words => ({ people: words, part: words });

/** The names of the fractions. A missing one is a type error. */
export const FRACTIONS: Readonly<
  Record<Language, Readonly<Record<AnchorName | EndName, Words>>>
> = {
  da: {
    none: same("ingen"),
    almost_none: same("næsten ingen"),
    very_few: same("ganske få"),
    twentieth: same("hver tyvende"),
    tenth: { people: "hver tiende", part: "en tiendedel" },
    eighth: { people: "hver ottende", part: "en ottendedel" },
    sixth: { people: "hver sjette", part: "en sjettedel" },
    fifth: { people: "hver femte", part: "en femtedel" },
    quarter: { people: "hver fjerde", part: "en fjerdedel" },
    third: { people: "hver tredje", part: "en tredjedel" },
    four_tenths: same("fire ud af ti"),
    half: same("halvdelen"),
    six_tenths: same("seks ud af ti"),
    two_thirds: same("to tredjedele"),
    seven_tenths: same("syv ud af ti"),
    three_quarters: same("tre fjerdedele"),
    eight_tenths: same("otte ud af ti"),
    nine_tenths: same("ni ud af ti"),
    almost_all: same("næsten alle"),
    all: same("alle"),
  },
  en: {
    none: same("none"),
    almost_none: same("almost none"),
    very_few: same("very few"),
    twentieth: same("one in twenty"),
    tenth: { people: "one in ten", part: "a tenth" },
    eighth: { people: "one in eight", part: "an eighth" },
    sixth: { people: "one in six", part: "a sixth" },
    fifth: { people: "one in five", part: "a fifth" },
    quarter: { people: "one in four", part: "a quarter" },
    third: { people: "one in three", part: "a third" },
    four_tenths: same("four in ten"),
    half: same("half"),
    six_tenths: same("six in ten"),
    two_thirds: same("two thirds"),
    seven_tenths: same("seven in ten"),
    three_quarters: same("three quarters"),
    eight_tenths: same("eight in ten"),
    nine_tenths: same("nine in ten"),
    almost_all: same("almost all"),
    all: same("all"),
  },
};

/** The qualifying words before a fraction or a round per cent. */
export const QUALIFIERS: Readonly<
  Record<Language, Readonly<Record<Relation, string>>>
> = {
  da: {
    exact: "",
    just_under: "knap ",
    under: "næsten ",
    just_over: "godt ",
    over: "mere end ",
  },
  en: {
    exact: "",
    just_under: "just under ",
    under: "almost ",
    just_over: "a little over ",
    over: "more than ",
  },
};
