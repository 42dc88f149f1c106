// Finds out what the tests need besides Node's packages, how it can be installed here, and installs it. Imports only
// Node's own modules, because a fresh clone has nothing else.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { install, installed, run } from './setup.mjs';

const which = (...names) => names.map((name) => commandOf(name)).find(Boolean);
const windows = process.platform === 'win32';

function commandOf(name) {
  const [command, ...args] = windows ? ['where', name] : ['sh', '-c', `command -v ${name}`];
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? stdout.split(/\r?\n/)[0].trim() : undefined;
}

const programs = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
}[process.platform];

/** The path of Chromium: the one that is set, the system's, or puppeteer's. */
export const chromium = () =>
  process.env.CHROMIUM ||
  which('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable') ||
  programs?.find((path) => existsSync(path)) ||
  cached();

/** puppeteer keeps browsers as chrome/PLATFORM-VERSION/chrome-PLATFORM/chrome. The newest comes last. */
function cached() {
  const folder = join(process.env.PUPPETEER_CACHE_DIR ?? join(homedir(), '.cache', 'puppeteer'), 'chrome');
  const below = (path) => (existsSync(path) ? readdirSync(path).map((name) => join(path, name)) : []);
  const inside = {
    darwin: 'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    win32: 'chrome.exe',
  };
  return below(folder)
    .flatMap(below)
    .map((path) => join(path, inside[process.platform] ?? 'chrome'))
    .filter((path) => existsSync(path))
    .at(-1);
}

const shown = () => process.env.DISPLAY || which('Xvfb');
const apt = () => which('apt-get') && process.getuid?.() === 0;
const byPuppeteer = ['npx', ['puppeteer', 'browsers', 'install', 'chrome']];

/** `word`: its name in REQUIRE. Those with `extra` are installed only if required. */
const needs = [
  { name: 'packages', there: installed, how: 'npm ci, into node_modules/', get: install },
  { name: 'Chromium', word: 'webgl2', there: chromium, packages: ['chromium'], otherwise: byPuppeteer },
  { name: 'Redis', there: () => which('redis-server', 'valkey-server'), packages: ['redis-server'] },
  {
    name: 'Firefox',
    word: 'firefox',
    extra: true,
    there: () => (process.env.FIREFOX || which('firefox-esr', 'firefox')) && shown(),
    packages: ['firefox-esr', 'xvfb'],
  },
  {
    name: 'WebKitGTK',
    word: 'webkit',
    extra: true,
    there: () => (process.env.WEBKIT_DRIVER || which('WebKitWebDriver')) && shown(),
    packages: ['webkit2gtk-driver', 'xvfb'],
  },
];

const required = process.env.REQUIRE?.split(',') ?? [];

/** What is missing, and how each part can be installed; `how` is undefined if it cannot. */
export function missing() {
  return needs
    .filter(({ there }) => !there())
    .map((need) => {
      const wanted = !need.extra || required.includes(need.word);
      if (!wanted) return { ...need, wanted, how: undefined };
      if (need.packages && apt())
        return { ...need, wanted, how: `apt-get install ${need.packages.join(' ')}`, get: () => byApt(need.packages) };
      if (need.otherwise) {
        const [command, args] = need.otherwise;
        const get = () => spawnSync(command, args, { stdio: ['ignore', 2, 2], shell: windows });
        return { ...need, wanted, how: `${command} ${args.join(' ')}, into the cache in your home folder`, get };
      }
      return { ...need, wanted };
    });
}

/** A failed installation shows in what is still missing afterwards. */
function byApt(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  run('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 2, 2] });
  run('apt-get', [...wait, 'install', '-y', '-qq', '--no-install-recommends', ...names], {
    env,
    stdio: ['ignore', 2, 2],
  });
}
