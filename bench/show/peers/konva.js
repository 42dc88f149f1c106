// Konva: pictures are nodes, and a filter of its own makes a node's pixels anew whenever it changes.
import { levels, luma, OPACITY, TINT, toned } from '../jobs.js';

await new Promise((resolve, reject) => {
  const script = Object.assign(document.createElement('script'), {
    src: '/bench/show/node_modules/konva/konva.min.js',
  });
  script.onload = resolve;
  script.onerror = () => reject(new Error('Konva is not installed'));
  document.head.append(script);
});
const { Konva } = window;
Konva.pixelRatio = 1;

export const makers = {
  async V2({ photo, width, height, stage: container }) {
    const stage = new Konva.Stage({ container, width, height });
    const layer = new Konva.Layer({ listening: false });
    stage.add(layer);
    const canvasOf = (data) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      canvas.getContext('2d').putImageData(new ImageData(data, width, height), 0, 0);
      return canvas;
    };
    const gray = luma(photo);
    const tinted = new Uint8ClampedArray(photo.length);
    for (let i = 0; i < gray.length; i++) tinted.set([...TINT, 255], i * 4);
    const overlay = new Konva.Image({ image: canvasOf(tinted) });
    const covers = new Uint8Array(256);
    overlay.cache({ pixelRatio: 1 });
    overlay.filters([
      ({ data }) => {
        for (let i = 0; i < gray.length; i++) data[i * 4 + 3] = covers[gray[i]];
      },
    ]);
    layer.add(new Konva.Image({ image: canvasOf(photo) }), overlay);
    return {
      canvas: layer.getNativeCanvasElement(),
      run(i) {
        const tone = levels(i);
        for (let v = 0; v < 256; v++) covers[v] = Math.round(toned(v, tone) * OPACITY);
        overlay.filters([...overlay.filters()]);
        layer.draw();
      },
      end: () => stage.destroy(),
    };
  },
};
