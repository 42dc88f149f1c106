// A GPU that fails at one kind of call gives a typed error or the right bytes, and the device works again afterwards.
import { random } from './tools.js';
import { open } from './whole.js';

type Call = (this: WebGL2RenderingContext, ...given: unknown[]) => unknown;
type Fault = (original: Call) => Call;

/** Each fault by its name: the method it is in, what it does, and the codes an error may have. */
const faults: Record<string, [method: string, fault: Fault, codes: string[]]> = {
  'a shader does not compile': [
    'shaderSource',
    (original) =>
      function (shader, text) {
        return original.call(this, shader, `${text} !`);
      },
    ['shader'],
  ],
  'a program does not link': [
    'getProgramParameter',
    (original) =>
      function (program, name) {
        return name === this.LINK_STATUS ? false : original.call(this, program, name);
      },
    ['shader'],
  ],
  'no program is given': ['createProgram', () => () => null, ['shader', 'out-of-memory']],
  'no shader is given': ['createShader', () => () => null, ['shader', 'out-of-memory']],
  'no texture is given': ['createTexture', () => () => null, ['out-of-memory']],
  'a texture finds no memory': ['getError', (original) => failing(original), ['out-of-memory']],
  'no buffer is given to read into': ['createBuffer', () => () => null, ['out-of-memory']],
  'a buffer to read into finds no memory': [
    'bufferData',
    (original) =>
      function (target, size, usage) {
        return usage === this.STREAM_READ ? undefined : original.call(this, target, size, usage);
      },
    ['out-of-memory'],
  ],
  'no fence is given': ['fenceSync', () => () => null, ['out-of-memory']],
  'waiting for a fence fails': [
    'clientWaitSync',
    () =>
      function () {
        return this.WAIT_FAILED;
      },
    ['context-lost'],
  ],
};

/** Every second question for an error finds that memory ran out: the first clears what was there before. */
function failing(original: Call): Call {
  let asked = 0;
  return function () {
    return asked++ % 2 ? this.OUT_OF_MEMORY : original.call(this);
  };
}

/** How a chain ended under each fault, and whether the same device gives the right bytes afterwards. */
export async function gpuFaults(): Promise<Record<string, { end: string; afterwards: string; allowed: boolean }>> {
  const found: Record<string, { end: string; afterwards: string; allowed: boolean }> = {};
  const methods = WebGL2RenderingContext.prototype as unknown as Record<string, Call>;
  const next = random(3);
  const bytes = Uint8Array.from({ length: 30 * 20 * 4 }, () => next() * 256);
  for (const [name, [method, fault, codes]] of Object.entries(faults)) {
    const device = await open('webgl2');
    // of another size every time, so that no texture waits to be used again
    const make = (width: number): Promise<Uint8Array> => {
      const image = device.image(bytes.subarray(0, width * 20 * 4), [1, 20, width, 4]);
      return image.channel('L(LAB)').normalize().levels({ gray: 1.3 }).grow({ expand: 2 }).bytes();
    };
    const plain = await open('wasm');
    const expected = (width: number): Promise<Uint8Array> => {
      const image = plain.image(bytes.subarray(0, width * 20 * 4), [1, 20, width, 4]);
      return image.channel('L(LAB)').normalize().levels({ gray: 1.3 }).grow({ expand: 2 }).bytes();
    };
    const wanted = String(await expected(29));
    const later = String(await expected(30));
    const end = (got: Uint8Array, right: string): string => (String(got) === right ? 'right' : 'WRONG');
    const error = (thrown: unknown): string => (thrown as { code?: string }).code ?? String((thrown as Error).stack);
    const original = methods[method];
    methods[method] = fault(original);
    const during = await make(29).then((got) => end(got, wanted), error);
    methods[method] = original;
    const afterwards = await make(30).then((got) => end(got, later), error);
    found[name] = { end: during, afterwards, allowed: ['right', ...codes].includes(during) };
    device.close();
    plain.close();
  }
  return found;
}
