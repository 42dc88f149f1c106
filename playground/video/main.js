// The page of a video: a camera or a file, the mask over it, and how many frames a second are shown.
import { layerChannels, open } from '../lib.js';
import { find, make } from '../page/dom.js';
import { follow } from './frames.js';

const [camera, file, stop, shown, video, channel, black, white, state, counts] = [
  'camera',
  'file',
  'stop',
  'shown',
  'video',
  'channel',
  'black',
  'white',
  'state',
  'counts',
].map((id) => find(`#${id}`));

channel.append(...Object.keys(layerChannels).map((name) => make('option', { textContent: name })));
for (const slider of [black, white]) {
  const fill = () => slider.style.setProperty('--to', `${(slider.valueAsNumber / Number(slider.max)) * 100}%`);
  slider.addEventListener('input', fill);
  fill();
}
let running;
let opened;

camera.addEventListener('click', () =>
  begin(async () => {
    const { mediaDevices } = navigator;
    if (!mediaDevices) throw new Error('cameras need a secure page: https, or localhost');
    video.srcObject = await mediaDevices.getUserMedia({ video: { width: 640, height: 480, frameRate: 30 } });
  }),
);
file.addEventListener('change', () => {
  const [one] = file.files;
  if (one) begin(() => Object.assign(video, { src: URL.createObjectURL(one) }));
});
stop.addEventListener('click', end);

async function begin(source) {
  end();
  try {
    await source();
    await video.play();
    opened ??= open();
    const device = await opened;
    running = follow(device, video, shown, () => ({
      channel: channel.value,
      black: black.valueAsNumber,
      white: white.valueAsNumber,
    }));
    stop.disabled = false;
    watch(device, running);
  } catch (error) {
    end();
    state.textContent = String(error?.message ?? error);
  }
}

function end() {
  running?.stop();
  running = undefined;
  stop.disabled = true;
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  if (video.src) URL.revokeObjectURL(video.src);
  video.srcObject = null;
  video.removeAttribute('src');
}

/** Says once a second how it goes; `dataset` is for programs. */
async function watch(device, mine) {
  for (let last = { ...mine.counts }; running === mine; last = { ...mine.counts }) {
    await new Promise((next) => setTimeout(next, 1000));
    const { frames, shown, dropped, open, failed } = mine.counts;
    const { heldBytes, slots } = device.stats();
    counts.textContent = `${shown - last.shown} of ${frames - last.frames} frames in this second; ${shown} shown, ${dropped} overtaken`;
    Object.assign(document.body.dataset, { frames, shown, dropped, open, held: heldBytes, slots });
    state.textContent = failed || `${device.name}, ${video.videoWidth} × ${video.videoHeight}`;
  }
}
