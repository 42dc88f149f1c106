// SECURITY.md, sentence by sentence: no network, files, prototypes or foreign code, and nothing outside a folder.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { open } from 'chromask';
import { runNode, runWorkflow } from 'chromask/comfy';
import { decode, encode } from 'chromask/png';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const asked: string[] = [];
beforeAll(() => {
  vi.stubGlobal('fetch', async (url: unknown) => {
    asked.push(`fetch ${url}`);
    throw new TypeError('there is no network');
  });
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...to: unknown[]) {
    asked.push(`connect ${JSON.stringify(to)}`);
    return this;
  });
});
afterAll(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const graph = (image: string) => ({
  1: { class_type: 'LoadImage', inputs: { image } },
  2: { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: '../../evil' } },
});
const secrets = [
  '../../etc/passwd',
  '/etc/passwd',
  'file:///etc/passwd',
  'http://127.0.0.1:9/x.png',
  '..\\x',
  '__proto__',
];

describe('the network', () => {
  it('is asked for nothing by pictures, masks, files, nodes and workflows', async () => {
    using device = await open({ device: 'wasm' });
    const image = device.image(new Uint8Array(300).fill(9), [10, 10, 3]);
    const png = await image.toPng({ level: 'smallest' });
    const { rgba } = await device.load(png);
    await rgba.channel('L(LAB)').normalize().grow({ expand: 1 }).toPng();
    await rgba.colorMap({ minPixels: 1 });
    await runNode(device, 'InvertMask', { mask: rgba.channel('alpha') });
    await runWorkflow(device, graph('a.png'), { files: { 'a.png': png } });
    expect(asked).toEqual([]);
  });

  it('is asked once for a URL that a caller gives', async () => {
    using device = await open({ device: 'wasm' });
    await expect(device.load('http://127.0.0.1:9/picture.png')).rejects.toThrow();
    expect(asked.splice(0)).toEqual(['fetch http://127.0.0.1:9/picture.png']);
  });
});

describe('a workflow', () => {
  it.each(secrets)('that names %s opens nothing', async (name) => {
    using device = await open({ device: 'wasm' });
    const png = await device.mask(new Uint8Array(4), [2, 2]).toPng();
    for (const files of [{}, { 'a.png': png }, new Map([['a.png', png]])])
      await expect(runWorkflow(device, graph(name), { files })).rejects.toMatchObject({ name: 'ChromaskError' });
    expect(asked).toEqual([]);
  });

  it('reaches no prototype', async () => {
    using device = await open({ device: 'wasm' });
    const text = (key: string): string =>
      `{"1":{"class_type":"SolidMask","inputs":{"value":1,"width":2,"height":2,"${key}":{"polluted":1}}},"${key}":{"class_type":"SolidMask","inputs":{}}}`;
    for (const key of ['__proto__', 'constructor', 'prototype', 'toString']) {
      await runWorkflow(device, text(key), { files: {} }).catch(() => {});
      expect(({} as { polluted?: number }).polluted, key).toBeUndefined();
      await expect(runNode(device, key as never, {} as never)).rejects.toMatchObject({ name: 'ChromaskError' });
    }
  });

  it('run by the command line writes into the folder of --out alone, with any ids and prefixes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chromask-out-'));
    mkdirSync(join(folder, 'deep'));
    const made = { class_type: 'SolidMask', inputs: { value: 1, width: 2, height: 2 } };
    const shown = (id: string) => ({ class_type: 'MaskToImage', inputs: { mask: [id, 0] } });
    const saved = (id: string) => ({
      class_type: 'SaveImage',
      inputs: { images: [id, 0], filename_prefix: '/tmp/../../evil' },
    });
    const evil = { '../../a': made, '/b': shown('../../a'), 'c:\\d': saved('/b'), '..': saved('/b') };
    writeFileSync(join(folder, 'deep', 'flow.json'), JSON.stringify(evil));
    const args = ['run', 'deep/flow.json', '--out', 'deep/out'];
    const { status, stderr } = spawnSync(process.execPath, [resolve('dist/cli.js'), ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(readdirSync(folder)).toEqual(['deep']);
    expect(readdirSync(join(folder, 'deep')).sort()).toEqual(['flow.json', 'out']);
    expect(readdirSync(join(folder, 'deep', 'out')).every((name) => /^flow\.[\w.-]+\.png$/.test(name))).toBe(true);
  });
});

describe('other people’s code', () => {
  it('is none at run time, and what is bundled is listed with its version and licence', () => {
    const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(dependencies).toBeUndefined();
    for (const name of Object.keys(peerDependencies))
      expect(peerDependenciesMeta[name], name).toEqual({ optional: true });
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    const listed = [...readFileSync('THIRD_PARTY.md', 'utf8').matchAll(/^## (\S+) (\S+) \((.+)\)$/gm)];
    expect(listed.length).toBeGreaterThan(1);
    for (const [, name, version, licence] of listed) {
      const locked = packages[`node_modules/${name}`];
      expect([locked.version, locked.license], name).toEqual([version, licence]);
      expect(['MIT', 'ISC', 'Apache-2.0', 'BSD-3-Clause', 'Zlib', '(MIT AND Zlib)'], name).toContain(licence);
    }
    const names = listed.map(([, name]) => name);
    for (const file of readdirSync('dist').filter((one) => one.endsWith('.map'))) {
      const { sources } = JSON.parse(readFileSync(join('dist', file), 'utf8')) as { sources: string[] };
      for (const source of sources) {
        const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source) ?? [];
        if (name && existsSync(join('node_modules', name))) expect(names, `${file} has ${name}`).toContain(name);
      }
    }
  });
});

describe('limits of files', () => {
  const pixel = { width: 1, height: 1, channels: 1, data: new Uint8Array(1) } as const;

  it('more inflated text than the limit is left out, with a warning', async () => {
    const text = { a: 'x'.repeat(5 * 2 ** 20), b: 'y'.repeat(5 * 2 ** 20) };
    const got = await decode(await encode(pixel, { text }));
    expect(got.text.map(({ keyword }) => keyword)).toEqual(['a']);
    expect(got.warnings.join()).toContain('text');
    const all = await decode(await encode(pixel, { text }), { limits: { text: 2 ** 24 } });
    expect(all.text).toHaveLength(2);
  });

  it('a thousand text chunks are read, and no more', async () => {
    const text = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`k${i}`, 'v']));
    const got = await decode(await encode(pixel, { text }));
    expect([got.text.length, got.warnings.join()]).toEqual([1000, expect.stringContaining('1000')]);
  });
});
