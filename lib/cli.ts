/** The deno tasks. What each does is in lib/commands/. */
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { libraryThreads, PROJECT } from "./commands/project.ts";
import { InputError } from "./responses/input_error.ts";

// A task runs in the project's folder; paths are meant from where whoever calls it stands.
const from = Deno.env.get("INIT_CWD");
if (from && Deno.realPathSync(Deno.cwd()) === Deno.realPathSync(PROJECT)) Deno.chdir(from);

const program = new Command("deno task");
const several = (value: string, before: string[] = []) => [...before, value];
const seconds = (value: string) => {
  if (!(Number(value) > 0)) throw new InvalidArgumentError("give a number of seconds above 0");
  return value;
};

/** What is asked about which answers: options, and variables of the environment where they are not given. */
function ofAnswers(
  command: Command,
  defaults: { readonly weights?: string; readonly lang: string },
) {
  const option = (flags: string, what: string) => {
    const name = `SURVEY_${/--(\w+)/.exec(flags)![1]!.toUpperCase()}`;
    // A variable that is set to nothing says nothing.
    if (Deno.env.get(name) === "") Deno.env.delete(name);
    return new Option(flags, what).env(name);
  };
  const options = [
    option("--data <file>", "new response data (by default the synthetic answers in data/)"),
    option("--engine <engine>", "memory or duckdb (by default whatever fits the data)"),
    option(
      "--mapping <file>",
      "what unknown columns and values stand for; see deno task validate --propose",
    ),
    option("--claims <which>", "none: without what the published report said"),
    option("--baseline <file>", 'an earlier wave to compare with, or "published"'),
    option(
      "--weights <weights>",
      "none, column (the file's own), population (data/population.json), or a file of margins",
    ).default(defaults.weights),
    option(
      "--where <variable=category>",
      "only this group, of several categories with commas; give it again to narrow it",
    ).argParser(several),
    option("--lang <languages>", "da, en, or both with a comma").default(defaults.lang),
  ];
  options.forEach((each) => command.addOption(each));
  return command;
}

/**
 * Makes an action of a function: its exit code ends the process, Ctrl-C and a request to end abort it, and what
 * the person can put right is said without a stack trace.
 *
 * Exit codes: as the function returns; 2 where the input was refused; 130 and 143 where it was stopped.
 */
function runs<Arguments extends unknown[]>(
  run: (signal: AbortSignal, ...args: Arguments) => Promise<number>,
): (...args: Arguments) => Promise<void> {
  return async (...args) => {
    const stopped = new AbortController();
    let refused = 2;
    const stopOn = (signal: Deno.Signal, code: number) =>
      Deno.addSignalListener(signal, () => {
        refused = code;
        stopped.abort(new InputError("Stopped."));
      });
    stopOn("SIGINT", 130);
    if (Deno.build.os !== "windows") stopOn("SIGTERM", 143);
    try {
      Deno.exit(await run(stopped.signal, ...args));
    } catch (error) {
      if (error instanceof InputError) console.error(error.message);
      else if (
        // No leave, no room, a disk for reading alone.
        error instanceof Deno.errors.PermissionDenied ||
        error instanceof Error && /\(os error (?:13|28|30|122)\)/.test(error.message)
      ) {
        console.error(
          `Nothing can be written there: ${error.message}\n` +
            `Give another place with --out, or make room or leave to write.`,
        );
      } else throw error;
      Deno.exit(refused);
    }
  };
}

// The heavier commands are imported when they are called: a small task starts at once.
ofAnswers(program.command("report"), { weights: "none", lang: "da,en" })
  .description("run every notebook and write the report")
  .option("--each <variable>", "a report for each of its categories, and a page that leads to them")
  .addOption(
    new Option("--out <folder>", "where to write").default(join(PROJECT, "reports"), "reports"),
  )
  .option("--only <numbers>", "only these notebooks, such as 02,10")
  .option("--timeout <seconds>", "how long one cell may take", seconds, "600")
  .option("--brief", "only the conclusions and the findings behind them, a few pages")
  .option("--docx [brief]", "also in Word, with charts that can be edited; brief: a few pages")
  .option("--pptx", "also as slides for PowerPoint, one finding each")
  .option("--template <file>", "a Word document whose styles, margins and logo that one takes")
  .option("--strict", "end with 1 if a claim does not hold; the report is written all the same")
  .option("--watch", "show the report in a browser, and run again what a saved file changes")
  .action(
    runs(async (signal, { watch, ...options }) => {
      if (watch) return (await import("./commands/watch.ts")).watchReport(options, signal);
      const threads = libraryThreads();
      return await threads.closedAfter(async () => {
        // They load the library while this thread loads its own.
        threads.prepare(options.only?.split(",").length);
        return (await import("./commands/report.ts")).report(options, signal, threads);
      });
    }),
  );

program.command("validate <file>").description("list every problem of a response file")
  .option("--mapping <file>", "what unknown columns and values stand for")
  .option("--propose <file>", "write a proposal of what they may stand for, to look through")
  .action(
    runs(async (_signal, file, options) =>
      (await import("./commands/validate.ts")).validate(file, options)
    ),
  );

program.command("counts [file]").description("all that a report counts, as a table")
  .option("--out <file>", "where to write (by default the terminal)")
  .option("--where <variable>", "for reports on groups of this variable too", several)
  .option("--weights <which>", "column: the file's weights count", "none")
  .option("--mapping <file>", "what unknown columns and values stand for")
  .option("--sql", "print the SQL that makes the table in a database")
  .option("--table <name>", "the database's table with the answers", "responses")
  .action(
    runs(async (_signal, file, options) =>
      (await import("./commands/counts.ts")).counts(file, options)
    ),
  );

program.command("plan").description("what a survey will be able to show, before fieldwork")
  .requiredOption("--response <share>", "the expected share of those invited who answer: 35%")
  .option("--invited <number>", "how many are invited (by default those of data/codebook.json)")
  .option(
    "--groups <name=number,…>",
    "groups and how many of each are invited: North=400,South=120",
  )
  .option("--by <variables>", "groups by these variables, as in data/population.json")
  .option("--share <share>", "the share that is looked for", "50%")
  .option("--deff <number>", "the design effect that weights are expected to have", "1")
  .option("--power <share>", "how surely a difference is to be found", "80%")
  .option("--earlier <number>", "respondents of the earlier wave")
  .option("--lang <language>", "da or en", "en")
  .action(
    runs(async (_signal, options) => (await import("./commands/plan.ts")).plan(options)),
  );

program.command("synthesize").description("make synthetic answers")
  .option("--seed <number>", "other people, the same figures")
  .option("--shift <question=points>", "other figures for a question; may be given again", several)
  .option("--vary <points>", "other figures for every question, by up to so many points")
  .option("--respondents <number>", "how many")
  .option("--out <file>", "where to write (by default data/responses.csv)")
  .action(
    runs(async (_signal, options) =>
      (await import("./commands/synthesize.ts")).synthesizeFile(options)
    ),
  );

ofAnswers(program.command("outputs"), { lang: "da" })
  .description("run the notebooks and store their Danish outputs")
  .option("--only <numbers>", "only these notebooks, such as 02,10")
  .action(
    runs(async (signal, options) =>
      (await import("./commands/outputs.ts")).storeOutputs(options, signal)
    ),
  );

program.command("new <name>").description("write a notebook for a question of the codebook")
  .option("--question <id>", "the question; several on one scale share a chart", several)
  .action(
    runs(async (_signal, name, { question = [] }) =>
      (await import("./commands/new_notebook.ts")).newNotebook(name, { question })
    ),
  );

program.command("init <file>").description(
  "begin a study: a codebook and notebooks for a response file",
)
  .option("--out <folder>", "a new folder for it (by default here, where there is no study)")
  .option("--background <column>", "a column that tells who somebody is", several)
  .option("--question <column>", "a column that is a question", several)
  .action(
    runs(async (_signal, file, options) =>
      (await import("./commands/init.ts")).initStudy(file, options)
    ),
  );

program.command("kernel").description("register the kernel for Jupyter and VS Code")
  .option("--remove", "take the registration back")
  .action(
    runs(async (_signal, options) =>
      (await import("./commands/kernel.ts")).registerKernel(options)
    ),
  );

program.command("check-notebooks [files...]")
  .description("check format, lint and types of the cells")
  .option("--fix", "format the cells")
  .action(
    runs(async (_signal, files, options) =>
      (await import("./commands/check_notebooks.ts")).checkNotebooks(files, options)
    ),
  );

await program.parseAsync(Deno.args, { from: "user" });
