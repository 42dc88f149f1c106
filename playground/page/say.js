// What happened, in words: for screen readers always, on the screen for what the eye would miss.
import { find } from './dom.js';

const region = find('#say');
const toast = find('#toast');
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
