// What happened, in words: for screen readers always, on the screen for what the eye would miss. What went wrong stays until it
// is read.
import { find } from './dom.js';

const region = find('#say');
const toast = find('#toast');
const trouble = find('#trouble');
let hiding;

export function say(text, { seen = false } = {}) {
  // the same text twice is read twice only if it changes
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
  if (!seen) return;
  toast.textContent = text;
  toast.classList.add('shown');
  clearTimeout(hiding);
  hiding = setTimeout(() => toast.classList.remove('shown'), 2600);
}

/** A sentence of what went wrong and what to do, and the library's own words. */
export function complain(text, detail = '') {
  find('#trouble-text').textContent = text;
  find('#trouble-detail').textContent = detail;
  trouble.hidden = false;
}

export const calm = () => {
  trouble.hidden = true;
};
find('#trouble-close').addEventListener('click', () => {
  calm();
  find('#open-file').focus();
});

/** Why a file does not open, as a person says it. */
export function whyNot(name, code) {
  const called = `“${name}”`;
  if (code === 'limit' || code === 'out-of-memory') return `${called} is too large to open here.`;
  if (code === 'png-corrupt') return `${called} cannot be opened: it is damaged.`;
  return `${called} cannot be opened: it is not a picture that this browser reads, or it is damaged.`;
}
