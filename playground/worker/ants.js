// Marching ants: the border of the selection in screen pixels, light and dark by turns, moved on a few times a second.

const LENGTH = 4;
const PAUSE = 90;

export function createAnts() {
  let canvas;
  let port;
  let border = new Int32Array(0);
  let phase = 0;
  let timer;

  /** Every screen pixel whose upper or left neighbour lies on the other side; half white and above is inside. */
  function trace(bytes, width, height) {
    const { left, top, scale, across, down } = port;
    const columns = Int32Array.from({ length: across }, (_, x) => Math.floor((x + 0.5 - left) / scale));
    const found = [];
    let above = new Uint8Array(across);
    let row = new Uint8Array(across);
    let last = -1;
    for (let y = 0; y < down; y++) {
      const from = Math.floor((y + 0.5 - top) / scale);
      const outside = from < 0 || from >= height;
      for (let x = 0; x < across; x++) {
        const column = columns[x];
        row[x] = outside || column < 0 || column >= width ? 0 : bytes[from * width + column] >> 7;
      }
      if (from === last) for (let x = 1; x < across; x++) row[x] !== row[x - 1] && found.push(y * across + x);
      else
        for (let x = 0; x < across; x++) {
          if (row[x] !== above[x] || (x > 0 && row[x] !== row[x - 1])) found.push(y * across + x);
        }
      last = from;
      [above, row] = [row, above];
    }
    border = Int32Array.from(found);
  }

  function step() {
    const { across, down, still } = port;
    const pixels = new ImageData(across, down);
    const words = new Uint32Array(pixels.data.buffer);
    for (const at of border) {
      const x = at % across;
      const y = (at - x) / across;
      words[at] = (x + y + phase) % (2 * LENGTH) < LENGTH ? 0xff101010 : 0xffffffff;
    }
    canvas.getContext('2d').putImageData(pixels, 0, 0);
    phase = (phase + 2 * LENGTH - 1) % (2 * LENGTH);
    timer = still || !border.length ? undefined : setTimeout(step, PAUSE);
  }

  function hide() {
    clearTimeout(timer);
    timer = undefined;
    if (border.length) canvas?.getContext('2d').clearRect(0, 0, canvas.width, canvas.height);
    border = new Int32Array(0);
  }

  return {
    open(on) {
      canvas = on;
    },
    /** Where the picture lies on the screen, in its pixels. */
    look(next) {
      port = next;
      if (canvas.width !== next.across) canvas.width = next.across;
      if (canvas.height !== next.down) canvas.height = next.down;
    },
    show(bytes, width, height) {
      if (!port) return;
      clearTimeout(timer);
      trace(bytes, width, height);
      step();
    },
    hide,
  };
}
