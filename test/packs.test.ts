// Repeats every recorded call of the packs' nodes, bit for bit or within the tolerance of the record. CALLS names a
// folder with cases.json to use instead of test/packs. Nodes without recorded calls have cases worked out from their
// source, in test/packs and test/comfy.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { core, runNode } from '../src/comfy/index.js';
import { open } from '../src/index.js';
import { className, readCases } from './golden/read.js';
import { packedCalls, readCalls } from './packs/read.mjs';
import { repeat } from './packs/repeat.mjs';

const calls = process.env.CALLS ? readCalls(process.env.CALLS) : packedCalls();
const device = await open({ device: 'wasm' });
const packs = await core.packs();
const names = new Set(packs.flatMap((pack) => pack.names));
const here = calls.filter(({ node }) => names.has(node));
const nodes = [...new Set(here.map(({ node }) => node))];

describe('every recorded call is repeated', () => {
  for (const node of nodes) {
    const own = here.filter((call) => call.node === node);
    it(`of ${own[0].pack}, ${node}: ${own.length}`, async () => {
      for (const call of own) {
        expect(
          await repeat(runNode as never, device, call),
          `${call.id} ${JSON.stringify(call.params)}`,
        ).toBeUndefined();
      }
    });
  }
});

describe('packs', () => {
  for (const pack of packs) {
    it(`${pack.name} (${pack.names[0]}, …) is registered by all its names and no others`, async () => {
      const { nodes: table } = await pack.load();
      const names = Object.entries(table).flatMap(([name, { also = [] }]) => [name, ...also]);
      expect([...pack.names].sort()).toEqual(names.sort());
    });
  }

  it('every node has recorded calls, or cases of its own from its source', async () => {
    const golden = new Set(readCases().map(({ node }) => className(node)));
    const texts = ['test/packs', 'test/comfy']
      .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(name, 'utf8'))
      .join('\n');
    const without = Object.keys(await core.nodes()).filter(
      (name) => !nodes.includes(name) && !golden.has(name) && !texts.includes(`'${name}'`),
    );
    expect(without).toEqual([]);
  });
});
