import { tested } from './tested.mjs';

export const promise =
  'random graphs of any nodes: called alone, in the API format and in the saved one they give the same';

export async function run({ full, note }) {
  process.env.GRAPHS = full ? '1000' : '300';
  const count = tested(['test/comfy/everyNode.test.ts'], note);
  delete process.env.GRAPHS;
  return count;
}
