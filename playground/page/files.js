// Ways in: a dialog, a drop, a paste, the sample.
import { find } from './dom.js';
import { say } from './say.js';

export function createFiles(open) {
  const input = find('#file');
  const veil = find('#drop');
  find('#open-file').addEventListener('click', () => input.click());
  find('#open-sample').addEventListener('click', () => openSample());
  input.addEventListener('change', () => {
    if (input.files[0]) open(input.files[0], input.files[0].name);
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
    open(file, file.name);
  });
  addEventListener('paste', (event) => {
    const file = [...event.clipboardData.files].find(({ type }) => type.startsWith('image/'));
    if (file) open(file, file.name || 'pasted.png');
    else if (!/^(INPUT|TEXTAREA)$/.test(event.target.tagName))
      say('There is no picture on the clipboard', { seen: true });
  });

  async function openSample() {
    const answer = await fetch(new URL('../sample.png', import.meta.url));
    if (!answer.ok) return say('The sample picture is not there', { seen: true });
    open(await answer.blob(), 'sample.png');
  }
  return { openSample };
}
