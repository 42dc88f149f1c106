// The state in the page's address: what differs from a fresh page, deflated, in the letters an address may have.
import { differing, soundView, soundWork } from './sound.js';
import { fresh } from './store.js';

/** Longer addresses are cut by mail programs and chats. */
const MOST = 8000;
const SHOWN = ['editing', 'mode', 'tint', 'opacity', 'ants', 'split', 'code'];

const through = async (bytes, stream) =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());

/** The part after `#`; empty for a fresh page, undefined where it would be too long. */
export async function addressOf({ work, view }) {
  const seen = Object.fromEntries(SHOWN.map((name) => [name, view[name]]));
  // what a file brought stays in the file
  const masks = work.masks.map((one) => ({ ...one, marks: one.marks.filter(({ tool }) => tool !== 'file') }));
  const state = { work: differing({ ...work, masks }, fresh.work), view: differing(seen, fresh.view) };
  if (!state.work && !state.view) return '';
  const bytes = await through(new TextEncoder().encode(JSON.stringify(state)), new CompressionStream('deflate-raw'));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const address = `s=${text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')}`;
  return address.length > MOST ? undefined : address;
}

/** The state that an address has; undefined if it has none or a damaged one. */
export async function stateOf(hash) {
  const text = /^#s=([\w-]+)$/.exec(hash)?.[1];
  if (!text || text.length > MOST) return undefined;
  try {
    const letters = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const plain = await through(bytes, new DecompressionStream('deflate-raw'));
    const { work, view } = JSON.parse(new TextDecoder().decode(plain));
    return { ...fresh, work: soundWork(work), view: soundView(view) };
  } catch {
    return undefined;
  }
}

/** Keeps the address true, a moment after the last change. */
export function createLink(store) {
  let waiting;
  let last;
  store.subscribe(() => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const address = await addressOf(store.state);
      if (address === undefined || address === last) return;
      last = address;
      history.replaceState(null, '', address ? `#${address}` : location.pathname + location.search);
    }, 300);
  });
}
