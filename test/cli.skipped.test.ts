// What `chromask run` reports as left out, and what `chromask nodes --missing` says a file needs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { encode } from 'chromask/png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const cli = resolve('dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'chromask-skipped-'));
const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
};

const graph = {
  1: { class_type: 'SolidMask', inputs: { value: 0.5, width: 4, height: 2 } },
  2: { class_type: 'SAMSegment', inputs: { image: ['9', 0] } },
  3: { class_type: 'GrowMask', inputs: { mask: ['2', 0], expand: 1 } },
  4: { class_type: 'PreviewImage', inputs: {} },
  5: { class_type: 'GrowMask', inputs: { mask: ['1', 0], expand: 99999 } },
  6: { class_type: 'MaskPreview', inputs: { mask: ['1', 0] } },
  7: { class_type: 'MaskPreview', inputs: { mask: ['5', 0] } },
  8: { class_type: 'KSampler', inputs: {} },
  9: { class_type: 'SAMLoader', inputs: {} },
  10: { class_type: 'KSampler', inputs: {} },
};

beforeAll(async () => {
  writeFileSync(join(folder, 'w.json'), JSON.stringify(graph));
  const picture = { data: new Uint8Array(3), width: 1, height: 1, channels: 3 } as const;
  const workflow = { nodes: [{ id: 1, type: 'SolidMask', widgets_values: [0.25, 2, 1] }], links: [] };
  const text = { prompt: JSON.stringify(graph), workflow: JSON.stringify(workflow) };
  writeFileSync(join(folder, 'w.png'), await encode(picture, { text }));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('chromask run', () => {
  it('makes what can be made, and says at the end what was left out and why', () => {
    const { status, out, err } = run('run', 'w.json', '--out', 'made');
    expect([status, out]).toEqual([0, `6 MaskPreview -> ${join('made', 'w.6.png')}\n`]);
    expect(err.split('\n').sort()).toEqual([
      '',
      'skipped 3 GrowMask: it needs SAMSegment (node 2), which is not known here',
      'skipped 4 PreviewImage: images: required input is missing (IMAGE)',
      'skipped 5 GrowMask: expand: must be between -16384 and 16384, got 99999',
      'skipped 7 MaskPreview: node 5, GrowMask, expand: must be between -16384 and 16384, got 99999',
    ]);
  });

  it('makes nothing where all of it is wanted', () => {
    const { status, out, err } = run('run', 'w.json', '--out', 'strict', '--strict');
    expect([status, out]).toEqual([1, '']);
    expect(err).toContain(
      'chromask: node 2, SAMSegment: this node is not known here, and node 3 (GrowMask) depends on it',
    );
    expect(readdirSync(folder)).not.toContain('strict');
  });

  it('runs what was on the screen, or what was run', () => {
    expect(run('run', 'w.png', '--out', 'screen').out).toBe(`1 SolidMask -> ${join('screen', 'w.1.mask.png')}\n`);
    expect(run('run', 'w.png', '--out', 'run', '--from', 'prompt').out).toContain('6 MaskPreview -> ');
    expect(run('run', 'w.png', '--from', 'screen')).toMatchObject({ status: 2 });
  });
});

describe('chromask nodes --missing', () => {
  it('prints what a file needs that is not here, what masks depend on first', () => {
    const { status, out } = run('nodes', '--missing', 'w.json');
    expect([status, out]).toEqual([
      0,
      ['SAMSegment  (node 2; needed by 3)', 'SAMLoader  (node 9; needed by 3)', 'KSampler  (nodes 8, 10)', ''].join(
        '\n',
      ),
    ]);
    expect(JSON.parse(run('nodes', '--missing', 'w.json', '--json').out)).toEqual([
      { class_type: 'SAMSegment', ids: ['2'], needed_by: ['3'] },
      { class_type: 'SAMLoader', ids: ['9'], needed_by: ['3'] },
      { class_type: 'KSampler', ids: ['8', '10'], needed_by: [] },
    ]);
  });

  it('prints nothing where all is here, and an error where there is no workflow', () => {
    expect(run('nodes', '--missing', 'w.png')).toMatchObject({ status: 0, out: '' });
    expect(run('nodes', '--missing', 'w.png', '--from', 'prompt').out).toContain('SAMSegment');
    writeFileSync(join(folder, 'none.json'), '{');
    expect(run('nodes', '--missing', 'none.json')).toEqual({
      ...{ status: 1, out: '', err: 'chromask: its text must be JSON\n' },
    });
    expect(run('nodes', '--missing', 'gone.json')).toMatchObject({ status: 2, out: '' });
    expect(run('nodes', 'w.json')).toMatchObject({ status: 2, out: '' });
  });
});
