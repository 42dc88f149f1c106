// The pictures that a workflow names, given by the caller.
export type Files =
  | Readonly<Record<string, unknown>>
  | ReadonlyMap<string, unknown>
  /** Called when a node is about to read the file. The options suit `fetch`. */
  | ((name: string, options: { readonly signal: AbortSignal | undefined }) => unknown);

/** Whether the caller has the file. A function is assumed to have it until it is called. */
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

/** The name as written, else without the server's folder suffix (`a.png [input]`), else without subfolders. */
function nameIn(files: Exclude<Files, (...name: never) => unknown> | undefined, name: string): string | undefined {
  if (!files) return undefined;
  const plain = name.replace(/ \[(input|output|temp)\]$/, '');
  const names = [name, plain, plain.slice(plain.lastIndexOf('/') + 1)];
  return names.find((one) => (isMap(files) ? files.has(one) : Object.hasOwn(files, one)));
}

const isMap = (files: Files | undefined): files is ReadonlyMap<string, unknown> => files instanceof Map;
