// The pictures that a workflow names, as the caller has them.
export type Files =
  | Readonly<Record<string, unknown>>
  | ReadonlyMap<string, unknown>
  /** Asked when a node is about to read the file; its options are fit for `fetch`. */
  | ((name: string, options: { readonly signal: AbortSignal | undefined }) => unknown);

/** Known before anything runs, unless the caller has to be asked. */
export const hasFile = (files: Files | undefined, name: string): boolean =>
  typeof files === 'function' || nameIn(files, name) !== undefined;

export async function fileOf(
  files: Files | undefined,
  name: string,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  if (typeof files === 'function') return files(name, { signal });
  const found = nameIn(files, name);
  if (found === undefined) return undefined;
  return isMap(files) ? files.get(found) : files?.[found];
}

/** As written; without the folder that a server keeps it in, `a.png [input]`; without subfolders. */
function nameIn(files: Exclude<Files, (...name: never) => unknown> | undefined, name: string): string | undefined {
  if (!files) return undefined;
  const plain = name.replace(/ \[(input|output|temp)\]$/, '');
  const names = [name, plain, plain.slice(plain.lastIndexOf('/') + 1)];
  return names.find((one) => (isMap(files) ? files.has(one) : Object.hasOwn(files, one)));
}

const isMap = (files: Files | undefined): files is ReadonlyMap<string, unknown> => files instanceof Map;
