// Runs this project's notebooks in Jupyter's own programs, and fails if one output is lost.
//
//     deno task test:jupyter
//
// Needs Python 3, a package registry and Chromium; everything is installed into a folder that is
// removed. Each notebook is run by nbclient, nbconvert and papermill, and on the pages of JupyterLab
// and Notebook; on those JUPYTER_RUNS times where it is set. JUPYTER_ONLY takes beginnings of
// notebooks' names, with commas.
import { basename } from "node:path";
import { findNotebooks } from "../../lib/commands/project.ts";
import { launchChromium } from "../browser/launch_chromium.ts";
import { withProjectCopy } from "../commands/project_copy.ts";
import { checkExportedPages } from "./exported_pages.ts";
import { checkLikeness } from "./kernel_likeness.ts";
import { checkLossless } from "./lossless_checks.ts";
import { checkNewUser } from "./new_user.ts";
import { checkClient, checkPages, referencesOf } from "./notebook_checks.ts";
import { ScratchJupyter } from "./scratch_jupyter.ts";
import { Tally } from "./tally.ts";

const runs = Number(Deno.env.get("JUPYTER_RUNS") || 1);
const only = Deno.env.get("JUPYTER_ONLY") || undefined;
const names = findNotebooks(only?.split(",")).map((path) => basename(path, ".ipynb"));

const tally = new Tally();
const jupyter = await ScratchJupyter.install();
try {
  if (only === undefined) {
    await checkLikeness(jupyter, tally);
    await checkLossless(jupyter, tally);
  }
  await withProjectCopy(names, async (project) => {
    const references = await referencesOf(project, names);
    await Promise.all(
      (["nbclient", "nbconvert", "papermill"] as const).map((client) =>
        checkClient(client, jupyter, project, references, tally)
      ),
    );
    const browser = await launchChromium();
    try {
      await checkExportedPages(names, jupyter, browser, tally);
      if (only === undefined) await checkNewUser(jupyter, browser, tally);
      for (let run = 1; run <= runs; run++) {
        // A server keeps sockets of the kernels that are gone, and has none left after some hundreds.
        const server = await jupyter.serve(project.folder);
        try {
          for (const application of ["JupyterLab", "Notebook"] as const) {
            await checkPages(application, browser, server, references, tally, run);
          }
        } finally {
          await server.stop();
        }
      }
    } finally {
      await browser.close();
    }
  });
} finally {
  await jupyter.remove();
}
Deno.exitCode = tally.end();
