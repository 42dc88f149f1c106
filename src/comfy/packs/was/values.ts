// WAS: numbers, booleans and texts, and pictures and texts selected by them.
import { refusal } from '../../../base/errors.js';
import { boolean, combo, float, image, mask, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { halfEven } from '../lib/numbers.js';
import { divisor, floorDivided, modulo, numeric, written } from '../lib/values.js';

const module = 'custom_nodes.was-node-suite-comfyui';
const number = { module, category: 'WAS Suite/Number' } as const;
const operations = { module, category: 'WAS Suite/Number/Operations' } as const;
const logic = { module, category: 'WAS Suite/Logic' } as const;
const text = { module, category: 'WAS Suite/Text' } as const;
/** 18446744073709551615 as the nearest double. */
const WIDE = 2 ** 64;
const numeral = { type: 'NUMBER' } as const;
const linkedText = { ...string(), forceInput: true } as const;
const linked = { ...boolean(true), forceInput: true } as const;
const three = [
  ['NUMBER', 'NUMBER'],
  ['FLOAT', 'FLOAT'],
  ['INT', 'INT'],
] as const;
const whole = (x: number): number => Math.trunc(x) + 0;
const triple = (x: number) => [x, x, whole(x)] as const;
const pointless = 'A whole number that came as a float is written without a point.';
const tokens = 'Tokens such as [time] stay as they are; the original replaces those that it knows.';

type Two = (a: number, b: number, node: string) => number;
const computed = {
  addition: (a, b) => a + b,
  subtraction: (a, b) => a - b,
  division: (a, b, node) => a / divisor(node, 'number_b', b),
  'floor division': (a, b, node) => floorDivided(a, divisor(node, 'number_b', b)),
  multiplication: (a, b) => a * b,
  exponentiation: (a, b) => a ** b,
  modulus: (a, b, node) => modulo(a, divisor(node, 'number_b', b)),
  'greater-than': (a, b) => Number(a > b),
  'greater-than or equals': (a, b) => Number(a >= b),
  'less-than': (a, b) => Number(a < b),
  'less-than or equals': (a, b) => Number(a <= b),
  equals: (a, b) => Number(a === b),
  'does not equal': (a, b) => Number(a !== b),
} as const satisfies Record<string, Two>;
const OPERATIONS = [
  ...(['addition', 'subtraction', 'division', 'floor division', 'multiplication', 'exponentiation'] as const),
  ...(['modulus', 'greater-than', 'greater-than or equals', 'less-than', 'less-than or equals', 'equals'] as const),
  'does not equal',
] as const;

export const nodes = {
  'Constant Number': node({
    ...number,
    title: 'Constant Number',
    about: 'A number as an integer, unchanged, or as 1 above 0.5 and 0 otherwise.',
    inputs: {
      number_type: combo(['integer', 'float', 'bool']),
      number: float({ default: 0, min: -WIDE, max: WIDE, step: 0.01 }),
      number_as_text: optional(linkedText),
    },
    outputs: three,
    run({ number_type, number, number_as_text }, { node }) {
      const given = number_as_text
        ? number_type === 'bool'
          ? 1
          : numeric(node, 'number_as_text', number_as_text)
        : number;
      if (number_type === 'bool') return triple(Number(given > 0.5));
      return [number_type === 'integer' ? whole(given) : given, given, whole(given)];
    },
  }),

  'Number to Int': node({
    ...operations,
    title: 'Number to Int',
    about: 'The number truncated to an integer.',
    inputs: { number: numeral },
    outputs: [['INT', 'INT']],
    run: ({ number }) => [whole(number)],
  }),

  'Number to Float': node({
    ...operations,
    title: 'Number to Float',
    about: 'The same number.',
    inputs: { number: numeral },
    outputs: [['FLOAT', 'FLOAT']],
    run: ({ number }) => [number],
  }),

  'Number to String': node({
    ...operations,
    title: 'Number to String',
    about: 'The number as a text.',
    quirk: pointless,
    inputs: { number: numeral },
    outputs: [['STRING', 'STRING']],
    run: ({ number }) => [written(number)],
  }),

  'Number to Text': node({
    ...operations,
    title: 'Number to Text',
    about: 'The number as a text.',
    quirk: pointless,
    inputs: { number: numeral },
    outputs: [['STRING', 'STRING']],
    run: ({ number }) => [written(number)],
  }),

  'Number Operation': node({
    ...operations,
    title: 'Number Operation',
    about: 'The operation on both numbers; 1 for a comparison that holds, else 0.',
    inputs: { number_a: numeral, number_b: numeral, operation: combo(OPERATIONS) },
    outputs: three,
    run({ number_a, number_b, operation }, { node }) {
      const result = computed[operation](number_a, number_b, node);
      if (!Number.isFinite(result))
        throw refusal(node, 'number_a', `numbers that ${operation} is defined for`, number_a);
      return triple(result);
    },
  }),

  'Number Input Switch': node({
    ...logic,
    title: 'Number Input Switch',
    about: 'One number or the other.',
    inputs: { number_a: numeral, number_b: numeral, boolean: linked },
    outputs: three,
    run: ({ number_a, number_b, boolean }) => triple(boolean ? number_a : number_b),
  }),

  'Image Input Switch': node({
    ...logic,
    title: 'Image Input Switch',
    about: 'One picture or the other.',
    inputs: { image_a: image, image_b: image, boolean: linked },
    outputs: [['IMAGE', 'IMAGE']],
    run: ({ image_a, image_b, boolean }) => [boolean ? image_a : image_b],
  }),

  'Text Input Switch': node({
    ...logic,
    title: 'Text Input Switch',
    about: 'One text or the other.',
    inputs: { text_a: linkedText, text_b: linkedText, boolean: linked },
    outputs: [['STRING', 'STRING']],
    run: ({ text_a, text_b, boolean }) => [boolean ? text_a : text_b],
  }),

  'Logic Boolean Primitive': node({
    ...logic,
    title: 'Logic Boolean Primitive',
    about: 'True or false.',
    inputs: { boolean: boolean(false) },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ boolean }) => [boolean],
  }),

  'Logic Boolean': node({
    ...logic,
    title: 'Logic Boolean',
    about: 'Whether the number, rounded, is 1; that as numbers; and the number.',
    inputs: { boolean: float({ default: 1, min: 0, max: 1, step: 0.01 }) },
    outputs: [
      ['BOOLEAN', 'BOOLEAN'],
      ['NUMBER', 'NUMBER'],
      ['INT', 'INT'],
      ['FLOAT', 'FLOAT'],
    ],
    run({ boolean }) {
      const rounded = halfEven(boolean);
      return [rounded !== 0, rounded, rounded, boolean];
    },
  }),

  'Boolean To Text': node({
    ...logic,
    title: 'Boolean To Text',
    about: 'True or False, as a text.',
    inputs: { boolean: boolean(false) },
    outputs: [['STRING', 'STRING']],
    run: ({ boolean }) => [written(boolean)],
  }),

  'Logic NOT': node({
    ...logic,
    title: 'Logic NOT',
    about: 'Negates a boolean.',
    inputs: { boolean: boolean(false) },
    outputs: [['BOOLEAN', 'BOOLEAN']],
    run: ({ boolean }) => [!boolean],
  }),

  'Image Size to Number': node({
    ...operations,
    title: 'Image Size to Number',
    about: 'Width and height of the picture.',
    inputs: { image },
    outputs: [
      ['NUMBER', 'width_num'],
      ['NUMBER', 'height_num'],
      ['FLOAT', 'width_float'],
      ['FLOAT', 'height_float'],
      ['INT', 'width_int'],
      ['INT', 'height_int'],
    ],
    run({ image: { shape } }) {
      const [, height, width] = shape;
      return [width, height, width, height, width, height];
    },
  }),

  'Text String': node({
    ...text,
    title: 'Text String',
    about: 'Four texts.',
    quirk: tokens,
    inputs: {
      text: string(),
      ...{ text_b: optional(string()), text_c: optional(string()), text_d: optional(string()) },
    },
    outputs: [
      ['STRING', 'TEXT'],
      ['STRING', 'TEXT_B'],
      ['STRING', 'TEXT_C'],
      ['STRING', 'TEXT_D'],
    ],
    run: ({ text, text_b, text_c, text_d }) => [text, text_b, text_c, text_d],
  }),

  'Text Multiline': node({
    ...text,
    title: 'Text Multiline',
    about: 'A text of several lines, without those that begin with #.',
    quirk: tokens,
    inputs: { text: { ...string(), multiline: true } },
    outputs: [['STRING', 'STRING']],
    run: ({ text }) => [
      text
        .replace(/\n$/, '')
        .split('\n')
        .filter((line) => !line.trim().startsWith('#'))
        .join('\n'),
    ],
  }),

  'Text Concatenate': node({
    ...text,
    title: 'Text Concatenate',
    about: 'The texts that are not empty, with the delimiter between them; \\n is a new line.',
    inputs: {
      delimiter: string(', '),
      clean_whitespace: combo(['true', 'false']),
      ...{ text_a: optional(linkedText), text_b: optional(linkedText) },
      ...{ text_c: optional(linkedText), text_d: optional(linkedText) },
    },
    outputs: [['STRING', 'STRING']],
    run({ delimiter, clean_whitespace, ...texts }) {
      const all = [texts.text_a, texts.text_b, texts.text_c, texts.text_d].map((one) =>
        clean_whitespace === 'true' ? one.trim() : one,
      );
      return [all.filter(Boolean).join(delimiter === '\\n' ? '\n' : delimiter)];
    },
  }),

  'Convert Masks to Images': node({
    module,
    category: 'WAS Suite/Image/Masking',
    title: 'Convert Masks to Images',
    about: 'Each mask as a gray picture of three channels.',
    inputs: { masks: mask },
    outputs: [['IMAGE', 'IMAGES']],
    run: ({ masks }) => [masks.toGray()],
  }),
};
