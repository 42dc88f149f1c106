// What the library is and where to get it: `npm run play` writes about.json from package.json.
import { find, make } from './dom.js';
import { complain, say } from './say.js';

export async function createAbout() {
  const command = find('#install');
  command.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText('npm i chromask');
      say('Copied npm i chromask', { seen: true });
    } catch ({ message }) {
      complain('The clipboard is closed to this page.', message);
    }
  });
  const answer = await fetch(new URL('../about.json', import.meta.url)).catch(() => undefined);
  if (!answer?.ok) return;
  const { version, links } = await answer.json();
  find('#version').textContent = version;
  find('#links').prepend(...links.map(({ title, href }) => make('a', { textContent: title, href })));
}
