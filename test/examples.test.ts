// The examples do what they say.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Rehearsed {
  killed: number;
  succeeded: number[];
  missing: string[];
  extra: string[];
  different: string[];
}

describe('examples', () => {
  it('a cluster whose pods are killed makes every mask, with the bytes of one run', { timeout: 240_000 }, async () => {
    const file = '../examples/rehearse.mjs';
    const { rehearse } = (await import(file)) as { rehearse(options: object): Promise<Rehearsed> };
    const result = await rehearse({ pictures: 60, shards: 4, kills: 3 });
    expect(result).toEqual({ killed: 3, succeeded: [0, 1, 2, 3], missing: [], extra: [], different: [] });
  });

  it('the manifests give the script what it asks for, and as many shards as tasks', () => {
    const asked = [...readFileSync('examples/shard.sh', 'utf8').matchAll(/"\$(\w+)"|\/\$(\w+)/g)].map(
      ([, a, b]) => a ?? b,
    );
    expect(asked.sort()).toEqual(['MANIFEST', 'OUT', 'RECIPE', 'SHARDS']);
    const yaml = readFileSync('examples/kubernetes/job.yaml', 'utf8');
    const batch = JSON.parse(readFileSync('examples/aws-batch/job.json', 'utf8'));
    const given: { name: string; value: string }[] = batch.containerOverrides.environment;
    for (const name of asked) {
      expect(yaml).toMatch(new RegExp(`name: ${name}, value`));
      expect(given.map((one) => one.name)).toContain(name);
    }
    const [, completions] = /completions: (\d+)/.exec(yaml) ?? [];
    expect(yaml).toContain(`{ name: SHARDS, value: "${completions}" }`);
    expect(given.find(({ name }) => name === 'SHARDS')?.value).toBe(String(batch.arrayProperties.size));
  });
});
