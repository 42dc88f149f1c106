// The checks away from the page.
import { fetched } from './evidence.js';
import { rendererHere, report } from './report.js';

self.onmessage = async ({ data: { facts, only } }) => {
  try {
    // where a worker has no WebGL2, the page may have it
    if (!rendererHere()) return postMessage({ type: 'elsewhere' });
    const made = await report({ evidence: fetched, facts, only, tell: (one) => postMessage({ type: 'told', one }) });
    postMessage({ type: 'made', made });
  } catch (error) {
    postMessage({ type: 'failed', message: String(error?.message ?? error) });
  }
};
