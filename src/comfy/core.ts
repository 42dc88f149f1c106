// The registry of all nodes of chromask.
import { type Registry, registryOf } from './registry.js';

/** Every node of chromask. The list of names, some 10 KB, loads at the first lookup. */
export const core: Registry = /* @__PURE__ */ registryOf(async () =>
  Object.values((await import('./packs/index.js')).packs),
);
