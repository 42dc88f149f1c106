// Node's own modules and the user's, where there is Node, in a way that bundles for browsers do not stumble over.

interface NodeGlobal {
  process?: { versions?: { node?: string }; getBuiltinModule?: (name: string) => unknown };
}

export const isNode = (): boolean => (globalThis as NodeGlobal).process?.versions?.node !== undefined;

/** A built-in module of Node, or undefined elsewhere. */
export async function builtin<Module>(name: string): Promise<Module | undefined> {
  if (!isNode()) return undefined;
  const found = (globalThis as NodeGlobal).process?.getBuiltinModule?.(name);
  return (found ?? (await installed(name))) as Module;
}

/** A package the user may have installed. The name is not a literal, so that no bundler looks for it. */
export async function installed<Module>(name: string): Promise<Module | undefined> {
  try {
    return (await import(/* webpackIgnore: true */ /* @vite-ignore */ name)) as Module;
  } catch {
    return undefined;
  }
}
