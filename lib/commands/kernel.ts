/**
 * Registers the Deno that runs this command as a kernel named "deno" for Jupyter and VS Code.
 *
 * The kernel has every permission: a notebook may read and write files as its reader may.
 *
 * @returns The exit code of `deno jupyter --install`.
 */
export async function registerKernel(): Promise<number> {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["jupyter", "--install", "--force"],
    stdin: "null",
  }).spawn().status;
  if (code === 0) {
    console.error(
      `The kernel runs ${Deno.execPath()} (Deno ${Deno.version.deno}) with every permission.\n` +
        `Choose the kernel "Deno" in Jupyter or VS Code.`,
    );
  }
  return code;
}
