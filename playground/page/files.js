// Ways in: a dialog, a drop, a paste, the sample. A recipe that was saved comes in the same ways.
import { find, typesIn } from './dom.js';
import { complain, say } from './say.js';

const isRecipe = ({ name, type }) => type === 'application/json' || /\.json$/i.test(name ?? '');

export function createFiles(open, openRecipe) {
  const input = find('#file');
  const veil = find('#drop');
  const take = (file, name = file.name) => (isRecipe(file) ? openRecipe(file) : open(file, name));
  find('#open-file').addEventListener('click', () => input.click());
  find('#empty-open').addEventListener('click', () => input.click());
  find('#open-sample').addEventListener('click', () => openSample());
  input.addEventListener('change', () => {
    if (input.files[0]) take(input.files[0]);
    input.value = '';
  });

  addEventListener('dragover', (event) => {
    if (![...event.dataTransfer.types].includes('Files')) return;
    event.preventDefault();
    veil.hidden = false;
  });
  addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) veil.hidden = true;
  });
  addEventListener('drop', (event) => {
    veil.hidden = true;
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    take(file);
  });
  addEventListener('paste', (event) => {
    const file = [...event.clipboardData.files].find(({ type }) => type.startsWith('image/'));
    if (file) take(file, file.name || 'pasted.png');
    else if (!typesIn(event.target)) say('There is no picture on the clipboard', { seen: true });
  });

  async function openSample() {
    try {
      const answer = await fetch(new URL('../sample.png', import.meta.url));
      if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
      open(await answer.blob(), 'sample.png');
    } catch ({ message }) {
      complain('The sample picture cannot be fetched. Open a picture of your own.', message);
    }
  }
  return { openSample };
}
