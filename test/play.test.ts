// How `npm run play` handles its options before it builds or serves anything.
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const play = (...args: string[]) => spawnSync(process.execPath, ['scripts/play.mjs', ...args], { encoding: 'utf8' });

it('its options, with --help', () => {
  for (const option of ['--help', '-h']) {
    const { status, stdout, stderr } = play(option);
    expect([status, stderr]).toEqual([0, '']);
    for (const known of ['--out FOLDER', '--port N']) expect(stdout).toContain(known);
  }
});

it('one line for options that are none', () => {
  for (const args of [['--nope'], ['extra'], ['--port', 'x'], ['--port', '65536'], ['--out']]) {
    const { status, stdout, stderr } = play(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^play: [^\n]+; npm run play -- --help lists the options\n$/);
  }
});
