// Files that leave the page: PNGs of the mask, and the recipe as a document.
import { saveDocument } from '../lib.js';
import { maskOf, one } from './masks.js';

const pictureOf = (pictures, view) => pictures[view.device] ?? pictures.wasm;

/** A PNG of the mask, of one of its two parts (`a`, `b`), or of the picture with the mask as its alpha. */
export async function writing({ id, kind, work, view, text }, pictures, tell) {
  const picture = pictureOf(pictures, view);
  if (!picture) throw new Error('there is no picture yet');
  const part = ['a', 'b'].indexOf(kind);
  const mask = part < 0 ? await maskOf(picture, work) : await one(picture, work, work.masks[part], kind);
  const batch = kind === 'alpha' ? picture.image.withAlpha(mask.as('uint8')) : mask;
  const bytes = await batch.toPng(text ? { text } : {});
  tell('written', { id, bytes }, [bytes.buffer]);
}

/** The recipe of the mask with the masks it needs; the picture stays outside. */
export async function documentOf(pictures, work, view) {
  const picture = pictureOf(pictures, view);
  if (!picture) throw new Error('there is no picture yet');
  return saveDocument(await maskOf(picture, work), { inputs: picture.inputs(work) });
}
