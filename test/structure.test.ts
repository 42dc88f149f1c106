// The rules for imports between rooms, and for the truth of documents.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ops } from '../src/ops/index.js';
import { measures } from '../src/ops/measures.js';

const files = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name));

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = [...text.matchAll(/(?:\bfrom\s+|\bimport\(\s*)'([^']+)'/g)].map(([, name]) => name);
  return found.map((name) =>
    name.startsWith('.') ? normalize(join(dirname(file), name)).replace(/\.js$/, '.ts') : name,
  );
}

const room = (file: string): string => (file.split('/').length > 2 ? file.split('/')[1] : '');

describe('packages', () => {
  it('the lock holds every package that another one names as optional, or `npm ci` refuses it', () => {
    type Locked = { optionalDependencies?: Record<string, string> };
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
    const held = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)));
    for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
      for (const name of Object.keys(optionalDependencies)) expect(held, `${path} names ${name}`).toContain(name);
    }
  });
});

describe('rooms', () => {
  it('only the GPU imports twgl', () => {
    for (const file of files) if (room(file) !== 'webgl') expect(importsOf(file), file).not.toContain('twgl.js');
  });

  it('engines know passes, not recipes, masks or plans', () => {
    for (const file of files.filter((one) => ['webgl', 'wasm'].includes(room(one)))) {
      for (const name of importsOf(file)) expect(name, file).not.toMatch(/src\/(graph|api|comfy|cli)/);
    }
  });

  it('nothing but the device itself imports an engine, and that lazily', () => {
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      const eager = [...text.matchAll(/^import (?!type)[^;]*? from '\.\.?\/(?:wasm|webgl)\/(engine|open)\.js'/gm)];
      // chromask/wasm is that engine and nothing else
      if (!['wasm', 'webgl'].includes(room(file)) && file !== 'src/entries/wasm.ts') expect(eager, file).toEqual([]);
    }
  });

  it('the command line and the queue use the public face alone, and what they share', () => {
    for (const file of files.filter((one) => ['cli', 'queue', 'outputs'].includes(room(one)))) {
      const own = new RegExp(
        `^(node:|chromask|src/(${room(file)}|outputs)/|src/base/path|bullmq$|@aws-sdk/client-s3$)`,
      );
      for (const name of importsOf(file)) expect(name, file).toMatch(own);
    }
  });

  it('the playground uses the built public face alone', () => {
    const scripts = readdirSync('playground', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.js'),
    );
    for (const script of scripts) {
      for (const name of importsOf(join('playground', script))) {
        expect(name, script).toMatch(/^(playground\/|dist\/(chromask|comfy)\.ts$|chromask$)/);
      }
    }
  });

  it('rooms are few, and none needs another one that needs it', () => {
    // types come and go without a trace, and a file imported by name when it is asked for is not needed before
    const needed = (file: string): string[] => {
      const text = readFileSync(file, 'utf8');
      return [...text.matchAll(/^(?:import|export) (?!type\b)([^;]*?) from '(\.[^']+)'/gm)]
        .filter(([, names]) => !/^\{(?:\s*type \w+(?: as \w+)?,?)+\s*\}$/.test(names))
        .map(([, , path]) => normalize(join(dirname(file), path)).replace(/\.js$/, '.ts'));
    };
    const roomOf = (file: string): string => room(file) || file;
    const ways = new Map<string, Set<string>>();
    for (const file of files) {
      const ones = ways.get(roomOf(file)) ?? new Set();
      ways.set(roomOf(file), ones);
      for (const other of needed(file)) if (roomOf(other) !== roomOf(file)) ones.add(roomOf(other));
    }
    expect(ways.size).toBeLessThanOrEqual(30);
    for (const from of ways.keys()) {
      const reached = new Set(ways.get(from));
      for (const one of reached) for (const next of ways.get(one) ?? []) reached.add(next);
      expect(reached, `${from} is needed by what it needs`).not.toContain(from);
    }
  });

  it('no room asks which operation it is: its row says what is different about it', () => {
    const names = [...Object.keys(ops), ...Object.keys(measures)].join('|');
    const asks = new RegExp(`(?:[!=]==|case) '(?:${names})'|'(?:${names})' [!=]==`);
    // the rows themselves are in ops; the other two use operations by name, as any program does
    for (const file of files.filter((one) => !['ops', 'cli', 'comfy'].includes(room(one))))
      expect(asks.exec(readFileSync(file, 'utf8'))?.[0], file).toBeUndefined();
  });

  it('no file of the sources is longer than 300 lines', () => {
    for (const file of files) expect(readFileSync(file, 'utf8').split('\n').length, file).toBeLessThanOrEqual(300);
  });
});

describe('documents', () => {
  it('the tables in the Markdown files are those of the code', () => {
    execFileSync(process.execPath, ['scripts/docs.mjs', '--check']);
  });
});
