// A page of WebKitGTK by its own driver, with the parts of the WebDriver protocol that open an address and await a
// call.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface Driven {
  goto(url: string): Promise<void>;
  /** The value of an expression that may be a promise; it travels as JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** What the driver says that it drives. */
  readonly version: string;
  close(): Promise<void>;
}

/** As text, for a page may forbid eval. WebDriver itself gives its errors no stack. */
const script = (expression: string): string => `
  const done = arguments[arguments.length - 1];
  Promise.resolve().then(() => (${expression})).then(
    (value) => done({ value }),
    (error) => done({ error: String(error && error.stack ? error + '\\n' + error.stack : error) }));`;

// fetch gives up an answer that has not begun after five minutes
const LONGEST = 290_000;

export async function drive(path: string, display: string | undefined): Promise<Driven> {
  const port = await freePort();
  const env = { ...process.env, ...(display ? { DISPLAY: display } : {}) };
  const driver = spawn(path, [`--port=${port}`], { env, stdio: ['ignore', 'ignore', 'ignore'] });
  const call = async <T>(method: string, address: string, body?: object): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}${address}`, { method, body: body && JSON.stringify(body) });
    const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
    if (!response.ok) throw new Error(`WebDriver, ${method} ${address}: ${value.error}: ${value.message}`);
    return value;
  };
  try {
    await ready(() => call('GET', '/status'), driver);
    const timeouts = { script: LONGEST, pageLoad: 60_000 };
    const { sessionId, capabilities } = await call<{ sessionId: string; capabilities: Record<string, string> }>(
      'POST',
      '/session',
      { capabilities: { alwaysMatch: { timeouts } } },
    );
    const session = `/session/${sessionId}`;
    return {
      version: capabilities.browserVersion,
      goto: async (url) => {
        await call('POST', `${session}/url`, { url });
      },
      evaluate: async (expression) => {
        const { value, error } = await call<{ value?: unknown; error?: string }>('POST', `${session}/execute/async`, {
          script: script(expression),
          args: [],
        });
        if (error !== undefined) throw new Error(error);
        return value;
      },
      close: async () => {
        await call('DELETE', session).catch(() => undefined);
        await ended(driver);
      },
    };
  } catch (error) {
    await ended(driver);
    throw error;
  }
}

async function ended(driver: ChildProcess): Promise<void> {
  if (driver.exitCode !== null || driver.signalCode !== null) return;
  const exit = once(driver, 'exit');
  driver.kill();
  await exit;
}

/** The driver listens a moment after it has started. */
async function ready(ask: () => Promise<unknown>, driver: ChildProcess): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return void (await ask());
    } catch (error) {
      if (tries === 200 || driver.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
