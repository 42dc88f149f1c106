// Workflows in the EXIF of WebP and JPEG files. sharp writes the files; the text is where saving nodes put it, and
// where ComfyUI's front end finds it.
import { workflowOf } from 'chromask/comfy';
import sharp from 'sharp';
import { expect, test } from 'vitest';

const workflow = { nodes: [], links: [] };
const prompt = { 1: { class_type: 'LoadImage', inputs: { image: 'a.png' } } };
const made = { Make: `workflow:${JSON.stringify(workflow)}`, Model: `prompt:${JSON.stringify(prompt)}` };

const picture = () => sharp({ create: { width: 4, height: 4, channels: 3, background: '#123456' } });
const saved = async (format: 'webp' | 'jpeg', strings: Record<string, string>): Promise<Uint8Array> =>
  new Uint8Array(await picture().withExif({ IFD0: strings })[format]().toBuffer());

/** A block of EXIF with strings as tags 271 and up. */
function block(strings: string[], little: boolean): Buffer {
  const texts = strings.map((text) => Buffer.from(`${text}\0`));
  const head = Buffer.alloc(10 + strings.length * 12 + 4);
  const [put2, put4] = little
    ? [head.writeUInt16LE.bind(head), head.writeUInt32LE.bind(head)]
    : [head.writeUInt16BE.bind(head), head.writeUInt32BE.bind(head)];
  head.write(little ? 'II' : 'MM');
  put2(42, 2);
  put4(8, 4);
  put2(strings.length, 8);
  let at = head.length;
  texts.forEach((text, i) => {
    put2(271 + i, 10 + i * 12);
    put2(2, 12 + i * 12);
    put4(text.length, 14 + i * 12);
    put4(at, 18 + i * 12);
    at += text.length;
  });
  return Buffer.concat([head, ...texts]);
}

function webp(exif: Buffer): Uint8Array {
  const chunk = (name: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(data.length);
    return Buffer.concat([Buffer.from(name), length, data, Buffer.alloc(data.length & 1)]);
  };
  return new Uint8Array(
    chunk('RIFF', Buffer.concat([Buffer.from('WEBP'), chunk('odd ', Buffer.alloc(3)), chunk('EXIF', exif)])),
  );
}

test('a WebP and a JPEG give both', async () => {
  for (const format of ['webp', 'jpeg'] as const)
    expect(await workflowOf(await saved(format, made)), format).toEqual({ prompt, workflow });
});

test('either byte order, the letters of JPEG in front or not, strings under any tag', async () => {
  for (const little of [true, false])
    for (const front of ['', 'Exif\0\0']) {
      const noted = { ...prompt, note: 'ü 👋' }; // sharp writes no such letters
      const exif = block(['a camera', `prompt:${JSON.stringify(noted)}`], little);
      expect(await workflowOf(webp(Buffer.concat([Buffer.from(front), exif])))).toEqual({ prompt: noted });
    }
});

test('Workflow and Prompt are taken where the small ones are not there', async () => {
  const other = JSON.stringify({ nodes: [1] });
  expect(await workflowOf(webp(block([`Workflow:${other}`, `Prompt:${other}`], true)))).toEqual({
    workflow: { nodes: [1] },
    prompt: { nodes: [1] },
  });
  const both = [`workflow:${JSON.stringify(workflow)}`, `Workflow:${other}`];
  expect(await workflowOf(webp(block(both, true)))).toEqual({ workflow });
});

test('a picture without one is refused, cut anywhere it is refused or read', async () => {
  const missing = { code: 'missing', message: 'workflowOf: this picture has no prompt and no workflow in its text' };
  await expect(workflowOf(new Uint8Array(await picture().webp().toBuffer()))).rejects.toMatchObject(missing);
  await expect(workflowOf(await saved('jpeg', { Make: 'Canon' }))).rejects.toMatchObject(missing);
  await expect(workflowOf(await saved('jpeg', { Make: 'workflow:{' }))).rejects.toMatchObject({ code: 'workflow' });
  for (const whole of [webp(block([made.Make], false)), await saved('jpeg', made)])
    for (let n = 12; n < whole.length; n += 7)
      await workflowOf(whole.subarray(0, n)).catch(({ code }) => expect(['missing', 'workflow']).toContain(code));
});
