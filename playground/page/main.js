// Puts the parts together: one state, one worker, one update before each paint.
import { createAbout } from './about.js';
import { codeOf } from './code.js';
import { createColors } from './colors.js';
import { createCross } from './cross.js';
import { eachFrame, find } from './dom.js';
import { createEngine } from './engine.js';
import { createFiles } from './files.js';
import { createFilm } from './film.js';
import { createGestures } from './gestures.js';
import { createKeys } from './keys.js';
import { createLevels } from './levels.js';
import { createLink, stateOf } from './link.js';
import { createLooks } from './looks.js';
import { createPanel } from './panel.js';
import { createRecipe } from './recipe.js';
import { createRefine } from './refine.js';
import { calm, complain, say, whyNot } from './say.js';
import { createShare } from './share.js';
import { createSplit } from './split.js';
import { createStage } from './stage.js';
import { createStatus } from './status.js';
import { createStore, fresh } from './store.js';
import { createTools } from './tools.js';

const linked = await stateOf(location.hash);
/** A small window has no room for code beside the picture, until it is asked for. */
const small = innerWidth <= 905 || innerHeight < 760;
const store = createStore(linked ?? { ...fresh, view: { ...fresh.view, code: small ? '' : fresh.view.code } });
const engine = createEngine();

/** What code and graphs have to know of the picture that is open. */
const facts = {
  open: false,
  file: 'picture.png',
  width: 1,
  height: 1,
  transparent: false,
  colors: 0,
  saved: 'recipe.json',
};
facts.code = () => codeOf(store.state.work, facts);

const recipe = createRecipe(store, engine);
const panel = createPanel(store, facts);
const share = createShare(store, engine, { facts, panel, recipe });
const stage = createStage(store, engine);
const gestures = createGestures(store, stage.view);
stage.view.use({ ...gestures, key: createCross(store, stage.view, gestures) });
const parts = [createFilm, createLevels, createRefine, createColors, createLooks, createTools].map((make) =>
  make(store, engine),
);
parts.push(createSplit(store, stage.view), stage.update, panel.update);
const status = createStatus(store, engine);

let seq = 0;
const update = eachFrame(() => {
  const { work, view } = store.state;
  // first, so that the worker computes while the page draws its controls
  if (facts.open) engine.send('show', { work, view, seq, lasts: store.lasts });
  for (const part of parts) part(store.state);
  find('#undo-step').disabled = !store.canUndo;
  find('#redo-step').disabled = !store.canRedo;
});
/** `work` from the moment something is asked for until it has been shown and compared. */
const busy = (state) => {
  document.body.dataset.state = state;
};
store.subscribe(() => {
  document.body.dataset.asked = ++seq;
  busy('work');
  update();
  if (facts.open && store.state.picture !== facts.picture) load(store.state.picture, true);
});
engine.on('rested', (news) => {
  if (news.seq === seq) busy('rest');
});

const undo = () => store.undo() && say('Undone');
const redo = () => store.redo() && say('Done again');
find('#undo-step').addEventListener('click', undo);
find('#redo-step').addEventListener('click', redo);

/** The picture that is on its way, and whether a step back or forth asked for it. */
let coming;
let loads = 0;

function load(picture, again = false) {
  performance.mark('open');
  calm();
  coming = { picture, again, seq: ++loads };
  facts.picture = picture;
  find('#loading').hidden = false;
  find('#loading-name').textContent = picture.name;
  find('#stage').setAttribute('aria-busy', 'true');
  document.body.dataset.loading = 'yes';
  say(`Opening ${picture.name}`);
  engine.send('load', { from: picture.from, name: picture.name, seq: loads });
}
const arrived = () => {
  coming = undefined;
  find('#loading').hidden = true;
  find('#stage').removeAttribute('aria-busy');
  delete document.body.dataset.loading;
};

const open = (from, name) => load({ from, name });
const { openSample } = createFiles(open, (file) =>
  facts.open ? recipe.open(file) : complain('Open a picture first, and then the recipe for it.'),
);
createKeys({
  undo,
  redo,
  open: () => find('#open-file').click(),
  save: () => share('gray'),
  choose: (tool) => store.look({ tool }),
});

engine.on('loaded', ({ name, width, height, frames, transparent, seq: which }) => {
  if (coming?.seq !== which) return;
  const { picture, again } = coming;
  const first = !facts.open;
  arrived();
  Object.assign(facts, { open: true, file: name, width, height, transparent, colors: 0, picture });
  document.body.dataset.open = 'yes';
  find('#empty').hidden = true;
  find('#share').disabled = false;
  find('#file-name').textContent = name;
  find('#file-size').textContent = `${width} × ${height}${frames > 1 ? `, first of ${frames} frames` : ''}`;
  say(`${name}, ${width} by ${height} pixels`);
  status.clear();
  if (again) update();
  else store.opened(picture, { keep: first });
});
engine.on('colors', ({ colors }) => {
  facts.colors = colors.length;
  panel.write();
});
engine.on('shown', (news) => {
  document.body.dataset.shown = news.seq;
  if (news.recipe) panel.recipe(news.recipe);
  if (performance.getEntriesByName('open').length === 0) return;
  performance.measure('first mask', 'open');
  performance.clearMarks('open');
});
engine.on('failed', ({ task, message, code, name, seq: which }) => {
  if (task === 'load') {
    if (coming?.seq !== which) return;
    arrived();
    facts.picture = store.state.picture;
    if (!facts.open) find('#empty').hidden = false;
    return complain(whyNot(name, code), message);
  }
  if (task === 'start') return complain('The library did not start in this browser.', message);
  status.clear();
  complain('This mask could not be made; step back, or change a setting.', message);
  busy('rest');
});

const canvases = ['picture', 'mask', 'outline'].map((id) => find(`#${id}`).transferControlToOffscreen());
const [picture, mask, outline] = canvases;
engine.send('start', { picture, mask, outline }, canvases);
createLink(store);
createAbout();
update();
await openSample();
if (!coming && !facts.open) find('#empty').hidden = false;
