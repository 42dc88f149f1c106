// The thirteen channels as thumbnails to choose from.
import { find, make } from './dom.js';
import { hints, names } from './names.js';
import { edited, usesChannel } from './store.js';

export function createFilm(store, engine) {
  const film = find('#film');
  const frames = new Map();
  for (const [channel, name] of Object.entries(names)) {
    const input = make('input', { type: 'radio', name: 'channel', value: channel });
    const canvas = make('canvas', { width: 96, height: 64 });
    canvas.setAttribute('aria-hidden', 'true');
    const label = make(
      'label',
      { title: hints[channel] ? `${channel}: ${hints[channel]}` : channel },
      input,
      canvas,
      make('span', {}, name),
    );
    frames.set(channel, { input, canvas });
    film.append(label);
    const choose = () => {
      // what was added to a channel stays added to another
      const { marks } = edited(store.state);
      store.mask({ channel, colors: [], marks: marks[0]?.how === 'new' ? [] : marks });
    };
    input.addEventListener('change', choose);
    // a click on the channel that is set already leaves the colours, or the selection, for it
    input.addEventListener('click', () => usesChannel(edited(store.state)) || choose());
  }

  engine.on('thumbnail', ({ channel, data }) => {
    const { canvas } = frames.get(channel);
    Object.assign(canvas, { width: data.width, height: data.height });
    canvas.getContext('2d').putImageData(data, 0, 0);
  });

  return (state) => {
    const mask = edited(state);
    for (const [name, { input }] of frames) {
      const checked = name === mask.channel && usesChannel(mask);
      if (checked && !input.checked) input.parentElement.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      input.checked = checked;
    }
  };
}
