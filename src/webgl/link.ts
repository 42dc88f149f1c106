// Links shaders: builds one text from a main() and exactly the functions that it calls.

const HEADER =
  '#version 300 es\nprecision highp float;precision highp int;precision highp sampler2D;' +
  'precision highp usampler2D;precision highp usampler2DArray;\n';

type Files = Readonly<Record<string, string>>;

/** A group of files, loaded when one of their functions is first needed. */
interface Part {
  readonly names: string;
  load(): Promise<{ readonly shaders: Files }>;
}

export class Library {
  readonly #declared = new Map<string, string>();
  readonly #roots = new Map<string, string>();
  /** Functions that are not loaded yet. */
  readonly #absent = new Map<string, Part>();

  constructor(files: Files, parts: readonly Part[] = []) {
    this.#add(files);
    for (const part of parts) for (const name of part.names.split(' ')) this.#absent.set(name, part);
  }

  /** Loads these functions and what they call. Returns undefined if all are loaded already. */
  need(names: readonly string[]): Promise<void> | undefined {
    const absent = names.find((name) => this.#absent.has(name));
    return absent === undefined ? undefined : this.#bring(absent).then(() => this.need(names));
  }

  async #bring(name: string): Promise<void> {
    const part = this.#absent.get(name);
    if (!part) return;
    const { shaders } = await part.load();
    const words = Object.values(shaders).flatMap((text) => text.match(/\w+/g) ?? []);
    // functions of other parts first, because a caller that finds these functions links them at once
    await this.need(words.filter((word) => this.#absent.get(word) !== part));
    this.#add(shaders);
    for (const one of part.names.split(' ')) this.#absent.delete(one);
  }

  /** Files with a main() are roots. The functions, constants and uniforms of all others can be linked. */
  #add(files: Files): void {
    for (const [name, text] of Object.entries(files)) {
      const plain = text.replace(/\/\/.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '');
      if (/\bvoid main\b/.test(plain)) this.#roots.set(name, plain);
      else for (const one of declarations(plain)) this.#declared.set(nameOf(one), one);
    }
  }

  root(name: string): string {
    const text = this.#roots.get(name);
    if (text === undefined) throw new Error(`there is no shader ${name} with a main()`);
    return text;
  }

  has(name: string): boolean {
    return this.#declared.has(name);
  }

  /** Declarations in `local` replace those of the library with the same name. */
  link(main: string, local: readonly string[] = []): string {
    const known = new Map(this.#declared);
    for (const one of local) known.set(nameOf(one), one);
    const done = new Set<string>();
    const text: string[] = [];
    const need = (part: string): void => {
      for (const [, word, call] of part.matchAll(/([A-Za-z_]\w*)\s*(\()?/g)) {
        const one = known.get(word);
        // a parameter may have the name of an operation, so only a call refers to the function
        if (one === undefined || done.has(word) || one.endsWith('}') !== (call !== undefined)) continue;
        done.add(word);
        need(one);
        text.push(one);
      }
    };
    need(main);
    return HEADER + text.join('\n') + main;
  }
}

/** The declarations at the top level of a shader. */
function declarations(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (sign === '{') depth++;
    if (sign === '}') depth--;
    if (depth === 0 && (sign === ';' || sign === '}')) {
      found.push(text.slice(from, i + 1).trim());
      from = i + 1;
    }
  }
  return found.filter((one) => one !== ';');
}

/** The declared name, which stands before parameters, a size, a value, or the end. */
function nameOf(declaration: string): string {
  const name = /(\w+)\s*[([=;]/.exec(declaration)?.[1];
  if (name === undefined) throw new Error(`a shader declares something without a name: ${declaration.slice(0, 60)}`);
  return name;
}
