import { InputError } from "../responses/input_error.ts";
import { readPublished } from "../responses/study.ts";

let values: ReadonlyMap<string, number> | undefined;

/**
 * A whole per cent that the report prints, by the id of its indicator in data/published.json.
 *
 * @throws {InputError} Where there is no such indicator, or it is no per cent.
 */
export function publishedPercent(id: string): number {
  values ??= new Map(
    readPublished().indicators.flatMap((indicator) =>
      indicator.unit === "percent" && indicator.value !== null
        ? [[indicator.id, Number(indicator.value)] as const]
        : []
    ),
  );
  const value = values.get(id);
  if (value === undefined) {
    throw new InputError(`data/published.json has no published per cent called "${id}".`);
  }
  return value;
}
