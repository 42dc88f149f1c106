// Fabric: pictures are objects, and a filter of its own makes an object's pixels anew by `applyFilters`.
import { Canvas2dFilterBackend, FabricImage, filters, StaticCanvas, setFilterBackend } from 'fabric';
import { levels, luma, OPACITY, TINT, toned } from '../jobs.js';

setFilterBackend(new Canvas2dFilterBackend());

class Levels extends filters.BaseFilter {
  static type = 'Levels';
  applyTo2d({ imageData: { data } }) {
    const { gray, covers } = this.own;
    for (let i = 0; i < gray.length; i++) data[i * 4 + 3] = covers[gray[i]];
  }
  isNeutralState() {
    return false;
  }
}

export const makers = {
  async V2({ photo, width, height, canvas }) {
    const target = canvas();
    const scene = new StaticCanvas(target, { width, height, enableRetinaScaling: false, renderOnAddRemove: false });
    const canvasOf = (data) => {
      const one = Object.assign(document.createElement('canvas'), { width, height });
      one.getContext('2d').putImageData(new ImageData(data, width, height), 0, 0);
      return one;
    };
    const place = { left: 0, top: 0, originX: 'left', originY: 'top', objectCaching: false };
    const gray = luma(photo);
    const tinted = new Uint8ClampedArray(photo.length);
    for (let i = 0; i < gray.length; i++) tinted.set([...TINT, 255], i * 4);
    const covers = new Uint8Array(256);
    const overlay = new FabricImage(canvasOf(tinted), place);
    const filter = new Levels();
    filter.own = { gray, covers };
    overlay.filters = [filter];
    scene.add(new FabricImage(canvasOf(photo), place), overlay);
    return {
      canvas: target,
      run(i) {
        const tone = levels(i);
        for (let v = 0; v < 256; v++) covers[v] = Math.round(toned(v, tone) * OPACITY);
        overlay.applyFilters();
        scene.renderAll();
      },
      end: () => scene.dispose(),
    };
  },
};
