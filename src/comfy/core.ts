// Every node that chromask has, by the names that workflows use.
import { type Registry, registryOf } from './registry.js';

/** Every node that chromask has. Their names, some 10 KB, load when one is first asked for. */
export const core: Registry = /* @__PURE__ */ registryOf(async () =>
  Object.values((await import('./packs/index.js')).packs),
);
