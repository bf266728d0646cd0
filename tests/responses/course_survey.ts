import { type Codebook, parseCodebook } from "../../lib/responses/codebook.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { randomStream } from "../../lib/responses/synthesis/random.ts";
import { withFile } from "./with_file.ts";

const text = (da: string, en: string) => ({ da, en });

/** A course evaluation: every kind of question, made up. */
export const COURSE = {
  study: {
    title: text("Kursusevaluering", "Course evaluation"),
    subtitle: text("Deltagere på kurser", "Participants in courses"),
    population: text("deltagere", "participants"),
    invited: 320,
    fieldwork: { from: "2025-05-01", to: "2025-05-20" },
    reminders: 1,
    interviews: { count: 1, minutes: 1 },
  },
  disclosure: { least_base: 10 },
  respondent: { column: "id", aliases: [], synthetic_prefix: "made-" },
  weight: { column: "weight", aliases: [] },
  bases: {
    all: {
      label: text("alle deltagere", "all participants"),
      who: text("deltagerne", "the participants"),
      where: {},
    },
  },
  variables: {
    course: {
      label: text("Kursus", "Course"),
      base: "all",
      background: true,
      derived: false,
      aliases: ["kursus"],
      categories: {
        excel: text("Excel", "Excel"),
        negotiation: text("Forhandling", "Negotiation"),
        leadership: text("Ledelse", "Leadership"),
      },
    },
  },
  scales: {
    satisfaction: {
      title: text("tilfredshed", "satisfaction"),
      categories: {
        very: text("Meget tilfreds", "Very satisfied"),
        quite: text("Tilfreds", "Satisfied"),
        neither: text("Hverken/eller", "Neither"),
        little: text("Utilfreds", "Dissatisfied"),
        not: text("Meget utilfreds", "Very dissatisfied"),
        unsure: text("Ved ikke", "Don't know"),
      },
      dont_know: "unsure",
      colours: "diverging",
      sets: {
        satisfied: {
          label: text("tilfreds eller meget tilfreds", "satisfied or very satisfied"),
          categories: ["very", "quite"],
        },
      },
      main_set: "satisfied",
    },
    parts: {
      title: text("dele af kurset", "parts of the course"),
      categories: {
        talks: text("Oplæg", "Talks"),
        exercises: text("Øvelser", "Exercises"),
        groups: text("Gruppearbejde, i par", "Group work, in pairs"),
        material: text("Materialer", "Materials"),
      },
      dont_know: null,
      colours: "sequential",
      sets: { any: { label: text("alt", "all"), categories: ["talks"] } },
      main_set: "any",
    },
  },
  questions: {
    satisfied: {
      label: text("Tilfreds med kurset", "Satisfied with the course"),
      text: text("Hvor tilfreds er du med kurset?", "How satisfied are you with the course?"),
      scale: "satisfaction",
      base: "all",
      aliases: ["tilfreds"],
    },
    teacher: {
      label: text("Tilfreds med underviseren", "Satisfied with the teacher"),
      text: text(
        "Hvor tilfreds er du med underviseren?",
        "How satisfied are you with the teacher?",
      ),
      scale: "satisfaction",
      base: "all",
      aliases: ["underviser"],
    },
    recommend: {
      label: text("Vil anbefale kurset", "Would recommend the course"),
      text: text(
        "Hvor sandsynligt er det, at du vil anbefale kurset?",
        "How likely are you to recommend the course?",
      ),
      kind: "number",
      min: 0,
      max: 10,
      sets: {
        promoters: { label: text("9 eller 10", "9 or 10"), from: 9, to: 10 },
        detractors: { label: text("0 til 6", "0 to 6"), from: 0, to: 6 },
      },
      net: { plus: "promoters", minus: "detractors" },
      base: "all",
      aliases: ["nps"],
    },
    hours: {
      label: text("Timers forberedelse", "Hours of preparation"),
      text: text("Hvor mange timer forberedte du dig?", "How many hours did you prepare?"),
      kind: "number",
      min: 0,
      max: 40,
      decimals: 1,
      unit: text("timer", "hours"),
      base: "all",
      aliases: ["timer"],
    },
    useful: {
      label: text("Nyttige dele", "Useful parts"),
      text: text("Hvad var nyttigt?", "What was useful?"),
      kind: "several",
      scale: "parts",
      base: "all",
      aliases: ["nyttigt"],
    },
    comment: {
      label: text("Kommentar", "Comment"),
      text: text("Hvad vil du ellers sige?", "What else do you want to say?"),
      kind: "open",
      base: "all",
      aliases: ["kommentar"],
    },
  },
  scores: {
    contentment: {
      label: text("Samlet tilfredshed", "Overall satisfaction"),
      items: { satisfied: "first", teacher: "first" },
    },
  },
};

/** The codebook above, changed by a test. */
export function courseCodebook(change: (book: typeof COURSE) => void = () => {}): Codebook {
  const book = structuredClone(COURSE);
  change(book);
  return parseCodebook(book, "codebook.json");
}

/** The answers of some people to it, as a survey tool exports them; the same at every run. */
export function courseCsv(people = 200, seed = 1): string {
  const { uniform } = randomStream(seed, "course");
  const pick = (texts: readonly string[]) => texts[Math.floor(uniform() * texts.length)]!;
  const { satisfaction, parts } = COURSE.scales;
  const danish = (of: Record<string, { da: string }>) => Object.values(of).map(({ da }) => da);
  const rows = Array.from({ length: people }, (_, i) => {
    const chosen = danish(parts.categories).filter(() => uniform() < 0.4);
    const likes = danish(satisfaction.categories);
    return [
      `K${String(i + 1).padStart(4, "0")}`,
      pick(danish(COURSE.variables.course.categories)),
      pick(likes.slice(0, 4)),
      pick(likes),
      String(Math.min(10, Math.floor(uniform() * 7) + 5)),
      (Math.floor(uniform() * 60) / 2).toFixed(1).replace(".", ","),
      chosen.join("; "),
      uniform() < 0.3 ? `Egne ord, nummer ${i}: mere tid til øvelser, tak` : "",
      (0.5 + uniform()).toFixed(3),
    ];
  });
  const header = ["id", "kursus", "tilfreds", "underviser", "nps", "timer", "nyttigt", "kommentar"];
  return [[...header, "weight"], ...rows]
    .map((row) => row.map((value) => `"${value}"`).join(",")).join("\n") + "\n";
}

/** The survey of those answers, or of others. */
export function courseSurvey(
  csv = courseCsv(),
  codebook = courseCodebook(),
  options: { readonly weights?: boolean } = {},
): Promise<Survey> {
  return withFile("course.csv", csv, (path) => loadAnswers(path, codebook, options));
}
