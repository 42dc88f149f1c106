// OpenCV.js: matrices resident, shown by `imshow`.
import { levels, luma, OPACITY, TINT, toned } from '../jobs.js';

await new Promise((resolve, reject) => {
  const src = '/bench/show/node_modules/@techstark/opencv-js/dist/opencv.js';
  const script = Object.assign(document.createElement('script'), { src });
  script.onload = () => resolve();
  script.onerror = () => reject(new Error('OpenCV.js is not installed'));
  document.head.append(script);
});
// some releases give a promise, others a module whose own `then` never ends: that must be awaited nowhere
const cv = window.cv instanceof Promise ? await window.cv : window.cv;
if (!cv.Mat) {
  await new Promise((ready) => {
    cv.onRuntimeInitialized = ready;
  });
}

const matOf = (width, height, type, bytes) => {
  const one = new cv.Mat(height, width, type);
  one.data.set(bytes);
  return one;
};

export const makers = {
  async V1({ mask, width, height, canvas }) {
    const target = canvas();
    const own = matOf(width, height, cv.CV_8UC1, mask);
    return { run: () => cv.imshow(target, own), end: () => own.delete() };
  },
  async V3({ mask, width, height, canvas }) {
    const target = canvas();
    const own = matOf(width, height, cv.CV_8UC1, mask);
    const small = new cv.Mat();
    const size = new cv.Size(target.width, target.height);
    return {
      run() {
        cv.resize(own, small, size, 0, 0, cv.INTER_AREA);
        cv.imshow(target, small);
      },
      end: () => [own, small].forEach((one) => one.delete()),
    };
  },
  async V2({ photo, width, height, canvas }) {
    const target = canvas();
    const gray = matOf(width, height, cv.CV_8UC1, luma(photo));
    const under = matOf(width, height, cv.CV_8UC4, photo);
    const tint = new cv.Mat(height, width, cv.CV_8UC4, [...TINT, 255]);
    const [table, one, cover, rest, a, b, out] = Array.from({ length: 7 }, () => new cv.Mat());
    const held = [gray, under, tint, table, one, cover, rest, a, b, out];
    const tones = new cv.Mat(1, 256, cv.CV_8UC1);
    const full = new cv.Mat(height, width, cv.CV_8UC4, [255, 255, 255, 255]);
    return {
      run(i) {
        const tone = levels(i);
        for (let v = 0; v < 256; v++) tones.data[v] = Math.round(toned(v, tone) * OPACITY);
        cv.LUT(gray, tones, one);
        cv.cvtColor(one, cover, cv.COLOR_GRAY2RGBA);
        cv.subtract(full, cover, rest);
        cv.multiply(tint, cover, a, 1 / 255);
        cv.multiply(under, rest, b, 1 / 255);
        cv.add(a, b, out);
        cv.imshow(target, out);
      },
      end: () => [...held, tones, full].forEach((one) => one.delete()),
    };
  },
};
