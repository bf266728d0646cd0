import { SourceMap, stripTypeScriptTypes } from "node:module";
import { type AnyNode, parse, type Pattern, type Program, tokenizer, tokTypes } from "acorn";

/** The name by which a rewritten cell reaches its notebook's scope; no cell has one like it. */
const SCOPE = "__notebook_cell";

/** A cell as a script, whose value is an async function of the notebook's scope. */
export interface CellScript {
  /** Its first line stands above the cell's own. */
  readonly source: string;
  /** The line of the cell that a place in the script comes from, both lines from 1 at the cell's first. */
  readonly lineAt: (line: number, column: number) => number;
}

/** A cell that is no TypeScript, or has what runs in a kernel alone. */
export class CellSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";

  /** @param line In the cell, from 1; null where nobody knows. */
  constructor(message: string, readonly line: number | null) {
    super(message);
  }
}

/**
 * Makes a script of a cell that does what the kernel does with it: what it declares at its top is the
 * notebook's, may be declared again and is seen by later cells; imports are awaited; the value that
 * the cell ends with is kept.
 *
 * The top level of every cell is rewritten to work on one object, the notebook's scope: a declaration
 * becomes an assignment to a global that the scope has announced, an import a call, a statement with a
 * value an assignment of it. Nothing below the top level changes but `import()`. Lines stay where they
 * are.
 *
 * @param source TypeScript.
 * @throws {CellSyntaxError} With the line, as far as it is known.
 */
export function rewriteCell(source: string): CellScript {
  const rewritten = (text: string): CellScript => {
    const { code, lineAt } = withoutTypes(text);
    return { source: new Rewriting(code, lineAt).script(), lineAt };
  };
  const text = source.trim();
  if (text.startsWith("{") && !text.endsWith(";")) {
    // As the kernel does: an object, where it can be one, and no block.
    try {
      return rewritten(`(${source})`);
    } catch (error) {
      if (!(error instanceof CellSyntaxError)) throw error;
    }
  }
  return rewritten(source);
}

/** The modules that a cell imports, types apart, each with the line that names it. */
export function importsOf(source: string): { specifier: string; line: number }[] {
  const found: { specifier: string; line: number }[] = [];
  const { code, lineAt } = withoutTypes(source);
  visit(parsed(code, lineAt), (node) => {
    if (!("source" in node) || node.source?.type !== "Literal") return;
    const { start } = node.source.loc!;
    found.push({ specifier: String(node.source.value), line: lineAt(start.line, start.column) });
  });
  return found;
}

/** Deno knows the mode, which takes enums too; the types of Node do not. */
const COMPILED = { mode: "transform", sourceMap: true } as unknown as { mode: "strip" };

/** Types become blanks. What is more than a type (an enum, a namespace) has to be compiled. */
function withoutTypes(source: string): { code: string; lineAt: CellScript["lineAt"] } {
  try {
    return { code: stripTypeScriptTypes(source), lineAt: (line) => line };
  } catch {
    // The compiler says what is wrong, and where.
  }
  // Compiling drops imports that this cell does not use; later ones may.
  const imports = importRanges(source);
  let [rest, kept] = [source, ""];
  for (const [from, to] of imports.reverse()) {
    const own = source.slice(from, to);
    rest = rest.slice(0, from) + own.replace(/[^\n]/g, " ") + rest.slice(to);
    kept = `${stripTypeScriptTypes(own).replaceAll("\n", " ")};${kept}`;
  }
  try {
    const compiled = stripTypeScriptTypes(rest, COMPILED);
    const payload = compiled.slice(compiled.lastIndexOf("base64,") + "base64,".length);
    const map = new SourceMap(JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(payload))));
    return {
      code: `${kept}${compiled}`,
      lineAt: (line, column) => {
        const entry = map.findEntry(line - 1, column);
        return "originalLine" in entry ? entry.originalLine + 1 : line;
      },
    };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [reason = "", ...rest] = error.message.split("\n");
    const line = /:(\d+):\d+$/.exec(rest.at(-1) ?? "")?.[1];
    throw new CellSyntaxError(
      reason.replace(/^SyntaxError: /, ""),
      line === undefined ? null : Number(line),
    );
  }
}

/** Where import declarations stand in code that may have types. */
function importRanges(source: string): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  let depth = 0;
  let begin: number | null = null;
  try {
    for (const { type, start, end } of tokenizer(source, { ecmaVersion: "latest" })) {
      if (type === tokTypes.braceL || type === tokTypes.parenL) depth++;
      if (type === tokTypes.braceR || type === tokTypes.parenR) depth--;
      if (type === tokTypes._import && depth === 0) begin = start;
      else if (begin !== null && (type === tokTypes.parenL || type === tokTypes.dot)) begin = null;
      else if (begin !== null && type === tokTypes.string && depth === 0) {
        ranges.push([begin, end]);
        begin = null;
      }
    }
  } catch (error) {
    // The compiler says it with more words.
    if (!(error instanceof SyntaxError)) throw error;
  }
  return ranges;
}

function inKernelAlone(what: string, line: number): CellSyntaxError {
  return new CellSyntaxError(`${what} runs in Jupyter and not in a report: write it out`, line);
}

function parsed(code: string, lineAt: CellScript["lineAt"]): Program {
  try {
    return parse(code, { ecmaVersion: "latest", sourceType: "module", locations: true });
  } catch (error) {
    const { loc, message } = error as { loc?: { line: number; column: number }; message: string };
    if (loc === undefined) throw error;
    const line = lineAt(loc.line, loc.column);
    const before = code.split("\n")[loc.line - 1]!.slice(0, loc.column + 1);
    if (/(?:@|\baccessor\s+\S)$/.test(before)) {
      throw inKernelAlone("a decorator or an accessor field", line);
    }
    throw new CellSyntaxError(message.slice(0, message.lastIndexOf(" (")), line);
  }
}

type Statement = Program["body"][number];
type Variables = Extract<Statement, { type: "VariableDeclaration" }>;

/** Statements that end with `undefined` where nothing in them has a value. */
const WITH_VALUE_OF_THEIR_OWN = /^(If|For|ForIn|ForOf|While|DoWhile|Switch|Try)Statement$/;

/** One cell while it is rewritten. */
class Rewriting {
  readonly #edits: { from: number; to: number; text: string }[] = [];
  readonly #lexical: string[] = [];
  readonly #variables: string[] = [];
  readonly #functions: string[] = [];

  constructor(private readonly code: string, private readonly lineAt: CellScript["lineAt"]) {}

  script(): string {
    const program = parsed(this.code, this.lineAt);
    this.#statements(program.body, true, true);
    visit(program, ({ type, start }) => {
      if (type === "ImportExpression") {
        this.#replace(start, start + "import".length, `${SCOPE}.import`);
      }
    });
    let [at, text] = [0, ""];
    // Those at one place stay in the order in which they were made.
    for (const edit of this.#edits.toSorted((a, b) => a.from - b.from)) {
      text += this.code.slice(at, edit.from) + edit.text;
      at = edit.to;
    }
    // What is known of the names before the first line runs.
    const functions = this.#functions.map((name) => `${JSON.stringify(name)}: ${SCOPE}_${name}`);
    const announced = [
      JSON.stringify(this.#lexical),
      JSON.stringify(this.#variables),
      `{${functions.join(", ")}}`,
    ];
    return `"use strict";(async (${SCOPE}) => {${SCOPE}.announce(${announced.join(", ")});\n` +
      `${text}${this.code.slice(at)}\n})`;
  }

  #insert(at: number, text: string): void {
    this.#edits.push({ from: at, to: at, text });
  }

  /** Lines stay where they are. */
  #replace(from: number, to: number, text: string): void {
    const lines = this.code.slice(from, to).split("\n").length - 1;
    this.#edits.push({ from, to, text: text + "\n".repeat(lines) });
  }

  /** @param keeps Whether their values may be the cell's. */
  #statements(body: readonly Statement[], keeps: boolean, isTop = false): void {
    for (const statement of body) {
      if (keeps && WITH_VALUE_OF_THEIR_OWN.test(statement.type)) {
        this.#insert(statement.start, `;${SCOPE}.value = undefined;`);
      }
      if (!isTop || !this.#declaration(statement)) this.#nested(statement, keeps);
    }
  }

  /** Rewrites a declaration of the top level. @returns Whether it was one. */
  #declaration(statement: Statement): boolean {
    const { start, end } = statement;
    switch (statement.type) {
      case "ImportDeclaration":
        this.#import(statement);
        return true;
      case "VariableDeclaration": {
        const { kind, declarations } = statement;
        if (kind !== "let" && kind !== "const") return false;
        const names = declarations.flatMap(({ id }) => namesIn(id));
        this.#lexical.push(...names);
        for (const { id, init } of declarations) if (!init) this.#insert(id.end, " = undefined");
        const fixed = kind === "const" ? `${SCOPE}.fix(${JSON.stringify(names)});` : "";
        this.#assignment(statement, fixed);
        return true;
      }
      case "ClassDeclaration":
        this.#lexical.push(statement.id.name);
        this.#insert(start, `;${statement.id.name} = `);
        this.#insert(end, ";");
        return true;
      case "FunctionDeclaration":
        // It keeps its place and gives its name to the scope.
        this.#functions.push(statement.id.name);
        this.#insert(statement.id.start, `${SCOPE}_`);
        return true;
      case "ExportAllDeclaration":
      case "ExportNamedDeclaration":
      case "ExportDefaultDeclaration":
        throw inKernelAlone("an export", this.lineAt(statement.loc!.start.line, 0));
      default:
        return false;
    }
  }

  #import(
    { start, end, source, specifiers, attributes }: Extract<
      Statement,
      { type: "ImportDeclaration" }
    >,
  ): void {
    this.#variables.push(...specifiers.map(({ local }) => local.name));
    const targets = specifiers.flatMap((specifier) => {
      if (specifier.type === "ImportNamespaceSpecifier") return [];
      const imported = specifier.type === "ImportDefaultSpecifier"
        ? "default"
        : nameOf(specifier.imported);
      return [`${JSON.stringify(imported)}: ${specifier.local.name}`];
    });
    const options = attributes.map(({ key, value }) =>
      `${JSON.stringify(nameOf(key))}: ${value.raw}`
    );
    const space = specifiers.find(({ type }) => type === "ImportNamespaceSpecifier");
    const call = `await ${SCOPE}.import(${source.raw}, { with: { ${options.join(", ")} } })`;
    const assigned = space === undefined ? call : `${space.local.name} = ${call}`;
    this.#replace(start, end, `;({ ${targets.join(", ")} } = ${assigned});`);
  }

  /** `const a = 1, { b } = c` becomes `(a = 1, { b } = c)`. */
  #assignment({ start, declarations }: Variables, then = ""): void {
    this.#replace(start, declarations[0]!.start, ";(");
    this.#insert(declarations.at(-1)!.end, `);${then}`);
  }

  /** Keeps the values of statements, and finds what `var` declares below the top level. */
  #nested(node: Statement, keeps: boolean): void {
    switch (node.type) {
      case "ExpressionStatement":
        if (!keeps) return;
        this.#insert(node.expression.start, `${SCOPE}.value = (`);
        return this.#insert(node.expression.end, ")");
      case "VariableDeclaration":
        if (this.#isVar(node)) this.#assignment(node);
        return;
      case "BlockStatement":
        return this.#statements(node.body, keeps);
      case "IfStatement":
        this.#nested(node.consequent, keeps);
        if (node.alternate) this.#nested(node.alternate, keeps);
        return;
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement": {
        const variable = node.type === "ForStatement" ? node.init : node.left;
        // `for (var i = 0; …` becomes `for (i = 0; …`.
        if (variable?.type === "VariableDeclaration" && this.#isVar(variable)) {
          this.#replace(variable.start, variable.declarations[0]!.start, "");
        }
        return this.#nested(node.body, keeps);
      }
      case "WhileStatement":
      case "DoWhileStatement":
      case "LabeledStatement":
        return this.#nested(node.body, keeps);
      case "SwitchStatement":
        for (const { consequent } of node.cases) this.#statements(consequent, keeps);
        return;
      case "TryStatement":
        this.#statements(node.block.body, keeps);
        if (node.handler) this.#statements(node.handler.body.body, keeps);
        // What stands last in `finally` is not the value.
        if (node.finalizer) this.#statements(node.finalizer.body, false);
    }
  }

  /** Whether it is one of `var`, whose names are the notebook's wherever it stands. */
  #isVar({ kind, declarations }: Variables): boolean {
    if (kind !== "var") return false;
    this.#variables.push(...declarations.flatMap(({ id }) => namesIn(id)));
    return true;
  }
}

function nameOf(node: { type: "Identifier"; name: string } | { type: "Literal"; value?: unknown }) {
  return node.type === "Literal" ? String(node.value) : node.name;
}

function namesIn(pattern: Pattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === "Property" ? property.value : property.argument)
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => element ? namesIn(element) : []);
    case "RestElement":
      return namesIn(pattern.argument);
    case "AssignmentPattern":
      return namesIn(pattern.left);
    default:
      return [];
  }
}

function visit(node: AnyNode, enter: (node: AnyNode) => void): void {
  enter(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === "string") visit(child, enter);
    }
  }
}
