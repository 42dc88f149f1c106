// The frames of a video as masks on a canvas: of what comes while one is made, only the newest is made next, and every frame is closed.
import { live } from '../lib.js';

/**
 * `settings()` says the channel and levels of now. Gives what has been counted, and what stops it. A frame that was overtaken was never
 * decoded into memory of the library.
 */
export function follow(device, video, canvas, settings) {
  const counts = { frames: 0, shown: 0, dropped: 0, open: 0, failed: '' };
  const show = live((frame) => drawn(device, frame, canvas, settings()));
  let handle = 0;
  let stopped = false;

  const step = () => {
    if (stopped) return;
    handle = next(step);
    if (video.readyState < 2 || !video.videoWidth) return;
    void take(new VideoFrame(video));
  };
  const take = async (frame) => {
    counts.frames++;
    counts.open++;
    try {
      counts[(await show(frame)) ? 'shown' : 'dropped']++;
    } catch (error) {
      counts.failed = String(error?.message ?? error);
      stop();
    } finally {
      frame.close();
      counts.open--;
    }
  };
  // where a browser does not tell of frames, it is asked on every one of the screen's
  const told = 'requestVideoFrameCallback' in video;
  const next = (call) => (told ? video.requestVideoFrameCallback(call) : requestAnimationFrame(call));
  function stop() {
    stopped = true;
    if (told) video.cancelVideoFrameCallback(handle);
    else cancelAnimationFrame(handle);
    show.close();
  }
  handle = next(step);
  return { counts, stop };
}

async function drawn(device, frame, canvas, { channel, black, white }) {
  const { image, rgba } = await device.load(frame);
  const mask = image.channel(channel).levels({ black, white: Math.max(white, black + 1) });
  try {
    const [, height, width] = image.shape;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    await mask.draw(canvas, { tint: '#ff3050', opacity: 0.7, over: image });
  } finally {
    // their memory now, not when garbage is collected: a second has 30 frames
    for (const one of [mask, image, rgba]) one.dispose();
  }
}
