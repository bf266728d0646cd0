import { SourceMap, stripTypeScriptTypes } from "node:module";
import { type AnyNode, Parser, type Pattern, type Program, tokenizer, tokTypes } from "acorn";

/** The name by which a rewritten cell reaches its notebook's scope; no cell has one like it. */
const SCOPE = "__notebook_cell";

/** A cell as a script, whose value is an async function of the notebook's scope. */
export interface CellScript {
  /** Its first line stands above the cell's own. */
  readonly source: string;
  /** The line of the cell that a place in the script comes from, both lines from 1 at the cell's first. */
  readonly lineAt: (line: number, column: number) => number;
}

/** A cell that is no TypeScript. */
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
  const text = source.trim();
  if (text.startsWith("{") && !text.endsWith(";")) {
    // As the kernel does: an object, where it can be one, and no block.
    try {
      return rewrite(`(${source})`);
    } catch (error) {
      if (!(error instanceof CellSyntaxError)) throw error;
    }
  }
  return rewrite(source);
}

function rewrite(source: string): CellScript {
  const { code, lineAt } = withoutTypes(source);
  const program = parsed(code, lineAt);
  const edits = new Edits(code);
  const declared = new Declared();
  statements(program.body, edits, declared, true);
  dynamicImports(program, edits);
  return {
    source: `"use strict";(async (${SCOPE}) => {${declared.prologue()}\n${edits.applied()}\n})`,
    lineAt,
  };
}

/** The modules that a cell imports, types apart, each with the line that names it. */
export function importsOf(source: string): { specifier: string; line: number }[] {
  const { code, lineAt } = withoutTypes(source);
  const found: { specifier: string; line: number }[] = [];
  visit(parsed(code, lineAt), (node) => {
    if (!("source" in node) || node.source?.type !== "Literal") return;
    const { start } = node.source.loc!;
    found.push({ specifier: String(node.source.value), line: lineAt(start.line, start.column) });
  });
  return found;
}

/** A parser for which a cell may export what another one has declared. */
const CellParser = Parser.extend((Base: typeof Parser) =>
  class extends Base {
    checkLocalExport(): void {}
  }
);

function parsed(code: string, lineAt: CellScript["lineAt"]): Program {
  try {
    return CellParser.parse(code, { ecmaVersion: "latest", sourceType: "module", locations: true });
  } catch (error) {
    const { loc, message } = error as { loc?: { line: number; column: number }; message: string };
    if (loc === undefined) throw error;
    const at = code.split("\n")[loc.line - 1]!.slice(0, loc.column + 1);
    throw new CellSyntaxError(
      /(?:@|\baccessor\s+\S)$/.test(at)
        ? "decorators and accessor fields run in Jupyter and not in a report: write them out"
        : message.slice(0, message.lastIndexOf(" (")),
      lineAt(loc.line, loc.column),
    );
  }
}

interface Untyped extends Pick<CellScript, "lineAt"> {
  readonly code: string;
}

/** Deno knows the mode, which takes enums too; the types of Node do not. */
const COMPILED = { mode: "transform", sourceMap: true } as unknown as { mode: "strip" };

/** Types become blanks. What is more than a type (an enum, a namespace) has to be compiled. */
function withoutTypes(source: string): Untyped {
  try {
    return { code: stripTypeScriptTypes(source), lineAt: (line) => line };
  } catch {
    // The compiler says what is wrong, and where.
  }
  const imports = importRanges(source);
  try {
    // Compiling drops imports that this cell does not use; later ones may.
    const compiled = stripTypeScriptTypes(blanked(source, imports), COMPILED);
    const kept = imports.map(([from, to]) =>
      `${stripTypeScriptTypes(source.slice(from, to)).replaceAll("\n", " ")};`
    ).join("");
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

function blanked(source: string, ranges: readonly [number, number][]): string {
  const edits = new Edits(source);
  for (const [from, to] of ranges) edits.replace(from, to, ";");
  return edits.applied();
}

/** Changes to a text that leave its lines where they are. */
class Edits {
  readonly #edits: { from: number; to: number; text: string }[] = [];

  constructor(private readonly code: string) {}

  insert(at: number, text: string): void {
    this.#edits.push({ from: at, to: at, text });
  }

  replace(from: number, to: number, text: string): void {
    const lines = this.code.slice(from, to).split("\n").length - 1;
    this.#edits.push({ from, to, text: text + "\n".repeat(lines) });
  }

  applied(): string {
    let [at, text] = [0, ""];
    // Those at one place stay in the order in which they were made.
    for (const edit of this.#edits.toSorted((a, b) => a.from - b.from)) {
      text += this.code.slice(at, edit.from) + edit.text;
      at = edit.to;
    }
    return text + this.code.slice(at);
  }
}

/** What a cell declares at its top. */
class Declared {
  readonly lexical: string[] = [];
  readonly variables: string[] = [];
  readonly functions: string[] = [];

  /** What is known of the names before the first line runs. */
  prologue(): string {
    const functions = this.functions.map((name) => `${JSON.stringify(name)}: ${SCOPE}_${name}`);
    return `${SCOPE}.announce(${JSON.stringify(this.lexical)}, ${
      JSON.stringify(this.variables)
    }, {${functions.join(", ")}});`;
  }
}

type Statement = Program["body"][number];

/** Statements that end with `undefined` where nothing in them has a value. */
const WITH_VALUE_OF_THEIR_OWN = new Set([
  "IfStatement",
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "WhileStatement",
  "DoWhileStatement",
  "SwitchStatement",
  "TryStatement",
]);

/** @param keeps Whether their values may be the cell's. */
function statements(
  body: readonly Statement[],
  edits: Edits,
  declared: Declared,
  keeps: boolean,
  isTop = true,
): void {
  for (const statement of body) {
    if (keeps && WITH_VALUE_OF_THEIR_OWN.has(statement.type)) {
      edits.insert(statement.start, `;${SCOPE}.value = undefined;`);
    }
    if (!isTop || !declaration(statement, edits, declared)) {
      nested(statement, edits, declared, keeps);
    }
  }
}

/** Rewrites a declaration of the top level. @returns Whether it was one. */
function declaration(statement: Statement, edits: Edits, declared: Declared): boolean {
  switch (statement.type) {
    case "ImportDeclaration":
      importDeclaration(statement, edits, declared);
      return true;
    case "VariableDeclaration": {
      if (statement.kind !== "let" && statement.kind !== "const") return false;
      const names = statement.declarations.flatMap(({ id }) => namesIn(id));
      declared.lexical.push(...names);
      for (const { id, init } of statement.declarations) {
        if (!init) edits.insert(id.end, " = undefined");
      }
      assignment(
        statement,
        edits,
        statement.kind === "const" ? `${SCOPE}.fix(${JSON.stringify(names)});` : "",
      );
      return true;
    }
    case "ClassDeclaration":
      declared.lexical.push(statement.id.name);
      edits.insert(statement.start, `;${statement.id.name} = `);
      edits.insert(statement.end, ";");
      return true;
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration":
      exported(statement, edits, declared);
      return true;
    case "FunctionDeclaration":
      // It keeps its place and gives its name to the scope.
      declared.functions.push(statement.id.name);
      edits.insert(statement.id.start, `${SCOPE}_`);
      return true;
    default:
      return false;
  }
}

/** Leaves of an export what it declares or is worth, as the kernel does. */
function exported(
  { start, end, ...node }: Extract<Statement, { type: `Export${string}` }>,
  edits: Edits,
  declared: Declared,
): void {
  const inner = node.type === "ExportAllDeclaration" ? null : node.declaration ?? null;
  edits.replace(start, inner?.start ?? end, ";");
  if (inner === null) return;
  if (!/Declaration$/.test(inner.type)) {
    edits.insert(inner.start, `${SCOPE}.value = (`);
    edits.insert(inner.end, ");");
  } else if ("id" in inner && inner.id === null) {
    // Nobody can name it.
    edits.insert(inner.start, "(");
    edits.insert(inner.end, ");");
  } else if (!declaration(inner as Statement, edits, declared)) {
    nested(inner as Statement, edits, declared, false);
  }
}

function importDeclaration(
  node: Extract<Statement, { type: "ImportDeclaration" }>,
  edits: Edits,
  declared: Declared,
): void {
  const targets: string[] = [];
  for (const specifier of node.specifiers) {
    const { name } = specifier.local;
    declared.variables.push(name);
    if (specifier.type === "ImportNamespaceSpecifier") continue;
    const imported = specifier.type === "ImportDefaultSpecifier"
      ? "default"
      : specifier.imported.type === "Literal"
      ? String(specifier.imported.value)
      : specifier.imported.name;
    targets.push(`${JSON.stringify(imported)}: ${name}`);
  }
  const attributes = node.attributes.map(({ key, value }) =>
    `${JSON.stringify(key.type === "Literal" ? key.value : key.name)}: ${value.raw}`
  );
  const call = `await ${SCOPE}.import(${node.source.raw}, { with: { ${attributes.join(", ")} } })`;
  const space = node.specifiers.find(({ type }) => type === "ImportNamespaceSpecifier");
  const assigned = space === undefined ? call : `${space.local.name} = ${call}`;
  edits.replace(node.start, node.end, `;({ ${targets.join(", ")} } = ${assigned});`);
}

/** `const a = 1, { b } = c` becomes `(a = 1, { b } = c)`. */
function assignment(
  { start, declarations }: Extract<Statement, { type: "VariableDeclaration" }>,
  edits: Edits,
  then = "",
): void {
  edits.replace(start, declarations[0]!.start, ";(");
  edits.insert(declarations.at(-1)!.end, `);${then}`);
}

/** Keeps the values of statements, and finds what `var` declares below the top level. */
function nested(
  node: Statement,
  edits: Edits,
  declared: Declared,
  keeps: boolean,
): void {
  const into = (inner: Statement | null | undefined) =>
    inner && nested(inner, edits, declared, keeps);
  const list = (body: readonly Statement[], keep = keeps) =>
    statements(body, edits, declared, keep, false);
  switch (node.type) {
    case "ExpressionStatement":
      if (!keeps) return;
      edits.insert(node.expression.start, `${SCOPE}.value = (`);
      edits.insert(node.expression.end, ")");
      return;
    case "VariableDeclaration":
      if (node.kind === "var") {
        declared.variables.push(...node.declarations.flatMap(({ id }) => namesIn(id)));
        assignment(node, edits);
      }
      return;
    case "BlockStatement":
      return list(node.body);
    case "IfStatement":
      into(node.consequent);
      into(node.alternate);
      return;
    case "ForStatement":
      if (node.init?.type === "VariableDeclaration") loopVariable(node.init, edits, declared);
      return into(node.body) as void;
    case "ForInStatement":
    case "ForOfStatement":
      if (node.left.type === "VariableDeclaration") loopVariable(node.left, edits, declared);
      return into(node.body) as void;
    case "WhileStatement":
    case "DoWhileStatement":
    case "LabeledStatement":
      return into(node.body) as void;
    case "SwitchStatement":
      for (const { consequent } of node.cases) list(consequent);
      return;
    case "TryStatement":
      list(node.block.body);
      if (node.handler) list(node.handler.body.body);
      // What stands last in `finally` is not the value.
      if (node.finalizer) list(node.finalizer.body, false);
  }
}

/** `for (var i = 0; …` becomes `for (i = 0; …`. */
function loopVariable(
  { kind, start, declarations }: Extract<Statement, { type: "VariableDeclaration" }>,
  edits: Edits,
  declared: Declared,
): void {
  if (kind !== "var") return;
  declared.variables.push(...declarations.flatMap(({ id }) => namesIn(id)));
  edits.replace(start, declarations[0]!.start, "");
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

function dynamicImports(program: Program, edits: Edits): void {
  visit(program, (node) => {
    if (node.type === "ImportExpression") {
      edits.replace(node.start, node.start + "import".length, `${SCOPE}.import`);
    }
  });
}

function visit(node: AnyNode, enter: (node: AnyNode) => void): void {
  enter(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === "string") visit(child, enter);
    }
  }
}
