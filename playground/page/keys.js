// Keys that work everywhere on the page: with Ctrl the usual ones, and a letter for each tool.
import { typesIn } from './dom.js';

const letters = { h: 'hand', w: 'wand', r: 'rectangle', e: 'ellipse', l: 'lasso', b: 'brush' };

export function createKeys({ undo, redo, open, save, choose }) {
  const keys = { z: (event) => (event.shiftKey ? redo() : undo()), y: redo, o: open, s: save };
  addEventListener('keydown', (event) => {
    if (event.altKey) return;
    const key = event.key.toLowerCase();
    if (!event.ctrlKey && !event.metaKey) {
      if (letters[key] && !typesIn(event.target)) choose(letters[key]);
      return;
    }
    if (!keys[key]) return;
    event.preventDefault();
    // what is being typed into a field counts as typed
    if (event.target.matches?.('input[type="number"]')) event.target.dispatchEvent(new Event('change'));
    keys[key](event);
  });
}
