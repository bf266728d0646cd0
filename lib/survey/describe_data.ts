import { compareProfiles, type ProfileChange } from "./compare_profiles.ts";
import type { Survey } from "./survey.ts";
import { type ProfileRow, surveyProfile } from "./survey_profile.ts";

/** Shares that changed by less are not worth a line. */
const LEAST_CHANGE = 0.02;

/**
 * What changed in the data before what changed in the answers: for the terminal, in English.
 *
 * @param before The earlier wave; null: what stands out in this one alone.
 */
export function describeData(now: Survey, before: Survey | null): string {
  const profile = surveyProfile(now);
  if (before === null) {
    return [`About ${now.source.file}:`, ...profile.flatMap(describeRow)].join("\n  ");
  }
  const changes = compareProfiles(profile, surveyProfile(before)).flatMap(describeChange);
  return [
    `What changed in the data, from ${before.source.file} to ${now.source.file}:`,
    ...changes.length > 0 ? changes : ["nothing worth a line"],
  ].join("\n  ");
}

function describeRow({ kind, name, measure, count, of }: ProfileRow): string[] {
  const some = `${count} of ${of}`;
  switch (measure) {
    case "rows":
      return [`${count} respondents`];
    case "duplicates":
      return count > 0 ? [`${some} answered everything as somebody else did`] : [];
    case "asked":
      return [`${some} in the base ${name}`];
    case "left_out":
      return count > 0 ? [`${name} was not part of it`] : [];
    case "no_answer":
      return count > of * LEAST_CHANGE ? [`${some} gave no answer to ${name}`] : [];
    case "used":
      return count === 0 ? [`nobody answered ${name}`] : [];
    case "straight_lined":
      return kind === "battery" && count > 0
        ? [`${some} gave the same answer to ${name.split(" ").join(", ")}`]
        : [];
    default:
      return [];
  }
}

function describeChange(row: ProfileChange): string[] {
  const { kind, measure, name, before, before_of, now, now_of, change } = row;
  if (change === "same") return [];
  const counted = `${before ?? 0} before, ${now ?? 0} now`;
  if (measure === "rows") return [`respondents: ${counted}`];
  if (measure === "asked") return [`in the base ${name}: ${counted}`];
  if (measure === "left_out") {
    return [`${name}: ${change === "lost" ? "no longer asked" : "not asked before"}`];
  }
  if (measure === "used") {
    return [
      `answer ${name}: ${change === "lost" ? "nobody gave it now" : "nobody gave it before"}`,
    ];
  }
  const share = (count: number | null, of: number | null) => count === null || !of ? 0 : count / of;
  if (Math.abs(share(now, now_of) - share(before, before_of)) < LEAST_CHANGE) return [];
  const shares = `${before ?? 0} of ${before_of ?? 0} before, ${now ?? 0} of ${now_of ?? 0} now`;
  if (measure === "duplicates") return [`answered everything as somebody else did: ${shares}`];
  if (measure === "no_answer") return [`no answer to ${name}: ${shares}`];
  if (kind === "battery") {
    return [`the same answer to ${name.split(" ").join(", ")}: ${shares}`];
  }
  return [];
}
