// The recipe as a file: what the library's saveDocument gives, with the settings of this page beside it. A document of another
// program opens too, as one selection whose parts cannot be changed.
import { complain, say } from './say.js';
import { soundWork } from './sound.js';

/** A document has at most 100,000 runs; no file that is one is larger than this, in bytes. */
const MOST = 2 ** 25;

export function createRecipe(store, engine) {
  return {
    async text() {
      const { work, view } = store.state;
      const { document } = await engine.ask('document', { work, view });
      // settings are no use without what a file brought, which only the document has
      const own = work.masks.some(({ marks }) => marks.some(({ tool }) => tool === 'file')) ? {} : { playground: work };
      return JSON.stringify({ ...document, ...own }, undefined, 1);
    },
    async open(file) {
      try {
        if (file.size > MOST) throw new Error(`${file.size} bytes`);
        const { playground, ...document } = JSON.parse(await file.text());
        if (document.document === undefined || !document.recipe?.inputs) throw new Error('no document of chromask');
        const { work, view } = store.state;
        const next = playground ? soundWork(playground) : marked(work, view, document);
        await engine.ask('write', { kind: 'gray', work: next, view });
        store.work(next);
        say(`Opened ${file.name}`, { seen: true });
      } catch ({ message }) {
        complain(`“${file.name}” cannot be opened: it is not a recipe that fits this picture.`, message);
      }
    },
  };
}

function marked(work, { editing }, document) {
  const mark = { tool: 'file', how: 'new', document };
  return { ...work, masks: work.masks.map((one, i) => (i === editing ? { ...one, colors: [], marks: [mark] } : one)) };
}
