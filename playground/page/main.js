// Puts the parts together: one state, one worker, one update before each paint.
import { createColors } from './colors.js';
import { eachFrame, find } from './dom.js';
import { createEngine } from './engine.js';
import { createFiles } from './files.js';
import { createFilm } from './film.js';
import { createKeys } from './keys.js';
import { createLevels } from './levels.js';
import { createLooks } from './looks.js';
import { createRefine } from './refine.js';
import { say } from './say.js';
import { createShare } from './share.js';
import { createStage } from './stage.js';
import { createStatus } from './status.js';
import { createStore, fresh } from './store.js';

const store = createStore(fresh);
const engine = createEngine();
const share = createShare(store, engine);
const parts = [createFilm, createLevels, createRefine, createColors, createLooks].map((make) => make(store, engine));
parts.push(createStage(engine));
createStatus(store, engine);

let seq = 0;
const update = eachFrame(() => {
  const { work, view } = store.state;
  for (const part of parts) part(store.state);
  find('#undo-step').disabled = !store.canUndo;
  find('#redo-step').disabled = !store.canRedo;
  engine.send('show', { work, view, seq });
});
/** `work` from the moment something is asked for until it has been shown and compared. */
store.subscribe(() => {
  seq++;
  document.body.dataset.state = 'work';
  update();
});
engine.on('rested', (news) => {
  if (news.seq === seq) document.body.dataset.state = 'rest';
});

const undo = () => store.undo() && say('Undone');
const redo = () => store.redo() && say('Done again');
find('#undo-step').addEventListener('click', undo);
find('#redo-step').addEventListener('click', redo);

const open = (from, name) => {
  performance.mark('open');
  engine.send('load', { from, name });
};
const { openSample } = createFiles(open);
createKeys({ undo, redo, open: () => find('#open-file').click(), save: () => share('gray') });

engine.on('loaded', ({ name, width, height, frames }) => {
  find('#file-name').textContent = name;
  find('#file-size').textContent = `${width} × ${height}${frames > 1 ? `, first of ${frames} frames` : ''}`;
  say(`${name}, ${width} by ${height} pixels`);
  store.forget();
});
engine.on('shown', () => {
  if (performance.getEntriesByName('open').length === 0) return;
  performance.measure('first mask', 'open');
  performance.clearMarks('open');
});
engine.on('failed', ({ task, message }) =>
  say(task === 'load' ? `This file cannot be opened: ${message}` : message, { seen: true }),
);

const canvases = ['picture', 'mask', 'outline'].map((id) => find(`#${id}`).transferControlToOffscreen());
const [picture, mask, outline] = canvases;
engine.send('start', { picture, mask, outline }, canvases);
update();
openSample();
