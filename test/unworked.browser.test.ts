// Pages in a real Chromium that cannot start workers: in a sandboxed frame, under `Content-Security-Policy:
// sandbox`, without a `worker-src`, and under trusted types that forbid script addresses. `openWorker` says so, and
// why.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPage, serve } from './browsers.js';

const page = `<!doctype html><script type="module">
  import { openWorker } from '/dist/worker.js';
  import { open } from '/dist/chromask.js';
  const told = await openWorker().then((device) => ({ name: device.name }), ({ name, code, message }) => ({ name, code, message }));
  const here = await open({ device: 'wasm' }).then(async (device) => [...await device.solid({ width: 2, height: 1 }).bytes()], String);
  globalThis.told = { ...told, here };
</script>`;
const frame = '<!doctype html><iframe sandbox="allow-scripts" src="/page.html"></iframe>';
const policies: Record<string, [policy: string, path: string, reason: RegExp]> = {
  'a sandboxed frame': ['', '/frame.html', /^openWorker: the browser starts no worker here: .*origin 'null'/],
  'a sandboxed page': [
    'sandbox allow-scripts',
    '/page.html',
    /^openWorker: the browser starts no worker here: .*origin 'null'/,
  ],
  'a page without workers': [
    "worker-src 'none'",
    '/page.html',
    /^openWorker: the worker failed: its script could not be loaded/,
  ],
  'a page of trusted types': ["require-trusted-types-for 'script'", '/page.html', /TrustedScriptURL/],
};

let browser: Awaited<ReturnType<typeof openPage>>;
beforeAll(async () => {
  browser = await openPage();
});
afterAll(() => browser?.close());

it.each(Object.entries(policies))('%s starts no worker, and works in the page', async (_, [policy, path, reason]) => {
  // a frame without an origin reads modules across origins
  const headers = { 'access-control-allow-origin': '*', ...(policy && { 'content-security-policy': policy }) };
  const server = await serve('.', { pages: { '/page.html': page, '/frame.html': frame }, headers });
  try {
    await browser.page.goto(`${server.url}${path}`);
    const own = browser.page.frames().find((one) => one.url().endsWith('/page.html'));
    await own?.waitForFunction('globalThis.told', { timeout: 60_000 });
    const told = await own?.evaluate('told');
    expect(told).toMatchObject({ name: 'ChromaskError', code: 'no-device', here: [255, 255] });
    expect((told as { message: string }).message).toMatch(reason);
  } finally {
    await server.close();
  }
});
