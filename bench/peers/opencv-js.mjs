// OpenCV compiled to WASM: matrices resident and reused, the result copied out of its memory.
import loaded from '@techstark/opencv-js';

// some releases export a promise, others a module whose own `then` never settles and must not be awaited
const cv = loaded instanceof Promise ? await loaded : loaded;
if (!cv.Mat) {
  await new Promise((ready) => {
    cv.onRuntimeInitialized = ready;
  });
}

const mat = (width, height, type, bytes) => {
  const one = new cv.Mat(height, width, type);
  if (bytes) one.data.set(bytes);
  return one;
};

let held = [];
const job = (type, make) => (input) => {
  for (const one of held) one.delete();
  held = [];
  const { width, height } = input;
  const of = (kind, bytes) => {
    const one = mat(width, height, kind, bytes);
    held.push(one);
    return one;
  };
  const once = make(of, input);
  const out = new type(width * height);
  const run = () => out.set(once()[type === Uint8Array ? 'data' : 'data32F']);
  return { run, answer: () => out };
};

const picked =
  (code, channel) =>
  (of, { photo }) => {
    const [image, many, one] = [of(cv.CV_8UC4, photo), of(cv.CV_8UC3), of(cv.CV_8UC1)];
    const planes = new cv.MatVector();
    return () => {
      if (!code) return pick(image, planes, channel);
      cv.cvtColor(image, many, code);
      return pick(many, planes, channel);
    };
    // opencv-js has no extractChannel
    function pick(from, into, which) {
      cv.split(from, into);
      into.get(which).copyTo(one);
      return one;
    }
  };

const joined =
  (combine) =>
  (of, { a, b }) => {
    const [first, second, out] = [of(cv.CV_8UC1, a), of(cv.CV_8UC1, b), of(cv.CV_8UC1)];
    return () => {
      combine(first, second, out);
      return out;
    };
  };

export const makers = {
  J1: job(Uint8Array, picked(0, 0)),
  J1f: job(Float32Array, (of, input) => {
    const pick = picked(0, 3)(of, input);
    const floats = of(cv.CV_32FC1);
    return () => {
      pick().convertTo(floats, cv.CV_32F, 1 / 255);
      return floats;
    };
  }),
  J2: job(Uint8Array, picked(cv.COLOR_RGB2Lab, 0)),
  J3: job(Uint8Array, picked(cv.COLOR_RGB2HSV_FULL, 0)),
  J4: job(Uint8Array, (of, { photo }) => {
    const [image, one] = [of(cv.CV_8UC4, photo), of(cv.CV_8UC1)];
    return () => {
      cv.cvtColor(image, one, cv.COLOR_RGBA2GRAY);
      return one;
    };
  }),
  J4u: job(Uint8Array, picked(cv.COLOR_RGB2YCrCb, 2)),
  J7: job(
    Uint8Array,
    joined((a, b, out) => cv.multiply(a, b, out, 1 / 255)),
  ),
  J7a: job(
    Uint8Array,
    joined((a, b, out) => cv.add(a, b, out)),
  ),
  J7m: job(
    Uint8Array,
    joined((a, b, out) => cv.max(a, b, out)),
  ),
  J7g: job(Uint8Array, (of, { a }) => {
    const [mask, out] = [of(cv.CV_8UC1, a), of(cv.CV_8UC1)];
    const square = cv.Mat.ones(17, 17, cv.CV_8UC1);
    return () => {
      cv.dilate(mask, out, square);
      return out;
    };
  }),
};
