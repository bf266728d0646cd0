/**
 * The names of the codebook as types: a misspelt question, set or group is a red line in the editor.
 */
import codebook from "../../data/codebook.json" with { type: "json" };

type Data = typeof codebook;
type Scales = Data["scales"];
type Variables = Data["variables"];

/** A question of the codebook. */
export type QuestionId = keyof Data["questions"];
/** A variable of the codebook that estimates can be broken down by. */
export type VariableId = keyof Variables;
/** Who was asked. */
export type BaseId = keyof Data["bases"];
/** A category of any scale. */
export type CategoryId = { [S in keyof Scales]: keyof Scales[S]["categories"] }[keyof Scales];
/** A named set of any scale. */
export type SetId = { [S in keyof Scales]: keyof Scales[S]["sets"] }[keyof Scales];
/** A category of a variable. */
export type GroupId<V extends VariableId = VariableId> = V extends VariableId
  ? keyof Variables[V]["categories"]
  : never;
