import { InputError } from "../../responses/input_error.ts";

export async function readTemplate(path: string): Promise<Uint8Array> {
  return await Deno.readFile(path).catch((error) => {
    throw new InputError(String(error));
  });
}
