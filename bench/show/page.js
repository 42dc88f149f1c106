// The page: prepares a job of a peer on a canvas that is seen, runs its frames, tells how long they took and what is to be seen.
import { jobs, pictures } from './jobs.js';

const peers = new Map();
let made;

window.ready = true;

/** Gets a job ready on a canvas of the peer's own; false where the peer has no such job. */
window.prepare = async (peer, name) => {
  const { makers } = await import(`./peers/${peer}.js`);
  if (!makers[name]) return false;
  // the pictures of one job at a time: 48 megapixels are much
  if (made?.name !== name) made = { name, ...pictures(jobs[name], name) };
  const stage = document.body.appendChild(document.createElement('div'));
  const [width, height] = jobs[name].stage;
  const canvas = () => stage.appendChild(Object.assign(document.createElement('canvas'), { width, height }));
  peers.set(peer, { stage, ...(await makers[name]({ ...jobs[name], ...made, stage, canvas })) });
  return true;
};

window.end = () => {
  for (const { stage, end } of peers.values()) {
    end?.();
    stage.remove();
  }
  peers.clear();
};

const frame = () => new Promise((next) => requestAnimationFrame(next));

/** Only one peer's canvas is seen, so that no other is painted with it. */
async function shown(peer) {
  for (const [name, { stage }] of peers) stage.hidden = name !== peer;
  await frame();
  await frame();
  return peers.get(peer);
}

/** Milliseconds of frame `i`: of the script alone, and until the browser asks for the next one. */
window.frame = async (peer, i) => {
  const { run } = await shown(peer);
  const begun = performance.now();
  await run(i);
  const own = performance.now() - begun;
  await frame();
  return { own, whole: performance.now() - begun };
};

/** Frames a second of a drag of so many milliseconds; of no peer, what the browser asks for where nothing is drawn. */
window.drag = async (peer, ms) => {
  const { run } = peer ? await shown(peer) : { run: () => {} };
  for (let i = 0; i < 10; i++) await run(i);
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < ms) {
    await run(count++);
    await frame();
  }
  return (count * 1000) / (performance.now() - begun);
};

/** What is to be seen after frame `i`: RGBA, every so many pixels. */
window.seen = async (peer, i, step) => {
  const { run, stage, canvas = stage.querySelector('canvas') } = await shown(peer);
  await run(i);
  await frame();
  const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
  const context = copy.getContext('2d', { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const found = [];
  for (let at = 0; at < data.length; at += 4 * step) found.push(...data.subarray(at, at + 4));
  return found;
};
