/** A module's exports. */
type Module = Readonly<Record<string, unknown>>;

/**
 * What the cells of one notebook share, as `rewriteCell()` makes them use it: names that are declared
 * at the top of a cell are globals while the notebook runs, and gone afterwards.
 */
export class NotebookScope {
  /** The value of the statement that ran last, as far as statements have one. */
  value: unknown = undefined;
  /** What was there by a name that a cell has declared; undefined: nothing. */
  readonly #before = new Map<string, PropertyDescriptor | undefined>();
  /** An import that failed, until the cell says what became of it. */
  failedImport: { readonly specifier: string; readonly error: unknown } | null = null;
  /** The modules that were imported, in full. */
  readonly imported = new Set<string>();

  /**
   * @param folder The notebook's, as a URL with a slash at its end: relative imports begin there.
   * @param load Imports a module.
   */
  constructor(
    private readonly folder: string,
    private readonly load: (specifier: string, options: ImportCallOptions) => Promise<Module>,
  ) {}

  /** Imports a module for a cell. */
  import = async (specifier: unknown, options: ImportCallOptions = {}): Promise<Module> => {
    const asked = String(specifier);
    const full = /^\.{0,2}\//.test(asked) ? new URL(asked, this.folder).href : asked;
    try {
      const module = await this.load(full, options);
      this.imported.add(full);
      return module;
    } catch (error) {
      this.failedImport = { specifier: asked, error };
      throw error;
    }
  };

  /**
   * Begins a cell: `let`, `const` and `class` cannot be read before their line, `var` and imports are
   * undefined, functions are there.
   */
  announce(
    lexical: readonly string[],
    variables: readonly string[],
    functions: Readonly<Record<string, (...args: unknown[]) => unknown>>,
  ): void {
    this.value = undefined;
    for (const name of lexical) {
      this.#define(name, {
        get: () => {
          throw new ReferenceError(`${name} is not defined`);
        },
        set: (value) => this.#define(name, { value, writable: true }),
      });
    }
    for (const name of variables) {
      if (!this.#before.has(name)) this.#define(name, { value: undefined, writable: true });
    }
    for (const [name, value] of Object.entries(functions)) {
      Object.defineProperty(value, "name", { value: name, configurable: true });
      this.#define(name, { value, writable: true });
    }
  }

  /** Makes constants of names that have their value. */
  fix(names: readonly string[]): void {
    for (const name of names) {
      const { value } = Object.getOwnPropertyDescriptor(globalThis, name) ?? {};
      this.#define(name, {
        get: () => value,
        set: () => {
          throw new TypeError("Assignment to constant variable.");
        },
      });
    }
  }

  /** Takes all names away again. */
  clear(): void {
    for (const [name, before] of this.#before) {
      Reflect.deleteProperty(globalThis, name);
      if (before) Object.defineProperty(globalThis, name, before);
    }
    this.#before.clear();
  }

  #define(name: string, property: PropertyDescriptor): void {
    if (!this.#before.has(name)) {
      this.#before.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    }
    // Without a prototype, to which a cell may have added properties.
    const own = { __proto__: null, ...property, configurable: true, enumerable: false };
    Object.defineProperty(globalThis, name, own);
  }
}
