// Comfyroll: plain values, arithmetic on them, and switches.
import { refusal } from '../../../base/errors.js';
import { boolean, combo, float, image, int, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { roundTo, written } from '../lib/values.js';

const module = 'custom_nodes.ComfyUI_Comfyroll_CustomNodes';
const other = { module, category: '🧩 Comfyroll Studio/🛠️ Utils/⚙️ Other' } as const;
const logic = { module, category: '🧩 Comfyroll Studio/🛠️ Utils/🔀 Logic' } as const;
const conditional = { module, category: '🧩 Comfyroll Studio/🛠️ Utils/🔀 Conditional' } as const;
const conversion = { module, category: '🧩 Comfyroll Studio/🛠️ Utils/🔧 Conversion' } as const;
const WIDE = 2 ** 64;
const wide = (fallback: number) => float({ default: fallback, min: -WIDE, max: WIDE });
const text = optional({ ...string(), forceInput: true } as const);
const way = (most: number) => int({ default: 1, min: 1, max: most });
const chosen = 'What came on the input of this number; nothing where that is not linked.';

/** The last output of every node is a link to its page. */
const help = ['STRING', 'show_help'] as const;
const wiki = 'https://github.com/Suzie1/ComfyUI_Comfyroll_CustomNodes/wiki';

export const nodes = {
  'CR Value': node({
    ...other,
    title: '⚙️ CR Value',
    about: 'A number, and without what is behind the point.',
    inputs: { value: { ...wide(1), takes: [-Infinity, Infinity] } },
    outputs: [['FLOAT', 'FLOAT'], ['INT', 'INT'], help],
    run: ({ value }) => [value, Math.trunc(value) + 0, `${wiki}/Other-Nodes#cr-value`],
  }),

  'CR Integer Multiple': node({
    ...other,
    title: '⚙️ CR Integer Multiple',
    about: 'The number times multiple.',
    inputs: {
      integer: int({ default: 1, min: -WIDE, max: WIDE }),
      multiple: { ...float({ default: 8, min: 1, max: WIDE }), takes: [-WIDE, WIDE] },
    },
    outputs: [['INT', 'INT'], help],
    run: ({ integer, multiple }) => [
      Math.trunc(multiple === 0 ? integer : integer * multiple) + 0,
      `${wiki}/Other-Nodes#cr-integer-multiple`,
    ],
  }),

  'CR Clamp Value': node({
    ...other,
    title: '⚙️ CR Clamp Value',
    about: 'The number, at most range_max and at least range_min.',
    inputs: { a: wide(1), range_min: wide(1), range_max: wide(1) },
    outputs: [['FLOAT', 'a'], help],
    run: ({ a, range_min, range_max }) => [
      Math.max(range_min, Math.min(a, range_max)),
      `${wiki}/Other-Nodes#cr-clamp-value`,
    ],
  }),

  'CR Math Operation': node({
    ...other,
    title: '⚙️ CR Math Operation',
    about: 'Applies the operation to the number and rounds to a number of digits.',
    quirk: 'tan is cos, as in the original.',
    inputs: {
      a: { ...wide(1), takes: [-Infinity, Infinity] },
      operation: combo(['sin', 'cos', 'tan', 'sqrt', 'exp', 'log', 'neg', 'abs']),
      decimal_places: int({ default: 2, min: 0, max: 10 }),
    },
    outputs: [['FLOAT', 'a'], help],
    run({ a, operation, decimal_places }, { node }) {
      const { sin, cos, sqrt, exp, log, abs } = Math;
      const own = { sin, cos, tan: cos, sqrt, exp, log, neg: (x: number) => -x, abs }[operation](a);
      if (!Number.isFinite(own)) throw refusal(node, 'a', `a number that ${operation} is defined for`, a);
      return [roundTo(own, decimal_places), `${wiki}/Other-Nodes#cr-math-operation`];
    },
  }),

  'CR Set Value On Boolean': node({
    ...conditional,
    title: '⚙️ CR Set Value On Boolean',
    about: 'One number or the other.',
    inputs: {
      boolean: { ...boolean(true), forceInput: true },
      value_if_true: wide(1),
      value_if_false: wide(0),
    },
    outputs: [['INT', 'INT'], ['FLOAT', 'FLOAT'], help],
    run({ boolean, value_if_true, value_if_false }) {
      const value = boolean ? value_if_true : value_if_false;
      return [Math.trunc(value) + 0, value, `${wiki}/Other-Nodes#cr-set-value-on-boolean`];
    },
  }),

  'CR Image Input Switch': node({
    ...logic,
    title: '🔀 CR Image Input Switch',
    about: chosen,
    inputs: { Input: way(2), image1: optional(image), image2: optional(image) },
    outputs: [['IMAGE', 'IMAGE'], help],
    run: ({ Input, image1, image2 }) => pick(Input, [image1, image2], 'cr-image-input-switch'),
  }),

  'CR Image Input Switch (4 way)': node({
    ...logic,
    title: '🔀 CR Image Input Switch (4 way)',
    about: chosen,
    inputs: {
      Input: way(4),
      ...{ image1: optional(image), image2: optional(image), image3: optional(image), image4: optional(image) },
    },
    outputs: [['IMAGE', 'IMAGE'], help],
    run: ({ Input, image1, image2, image3, image4 }) =>
      pick(Input, [image1, image2, image3, image4], 'cr-text-input-switch-4-way'),
  }),

  'CR Text Input Switch': node({
    ...logic,
    title: '🔀 CR Text Input Switch',
    about: chosen,
    inputs: { Input: way(2), text1: text, text2: text },
    outputs: [['STRING', 'STRING'], help],
    run: ({ Input, text1, text2 }) => pick(Input, [text1, text2], 'cr-text-input-switch'),
  }),

  'CR Text Input Switch (4 way)': node({
    ...logic,
    title: '🔀 CR Text Input Switch (4 way)',
    about: chosen,
    inputs: { Input: way(4), text1: text, text2: text, text3: text, text4: text },
    outputs: [['STRING', 'STRING'], help],
    run: ({ Input, text1, text2, text3, text4 }) =>
      pick(Input, [text1, text2, text3, text4], 'cr-text-input-switch-4-way'),
  }),

  'CR Integer To String': node({
    ...conversion,
    title: '🔧 CR Integer To String',
    about: 'The number as a text.',
    inputs: { int_: { ...int({ default: 0, min: 0, max: WIDE }), takes: [-WIDE, WIDE], forceInput: true } },
    outputs: [['STRING', 'STRING'], help],
    run: ({ int_ }) => [written(int_), `${wiki}/Conversion-Nodes#cr-integer-to-string`],
  }),

  'CR Float To Integer': node({
    ...conversion,
    title: '🔧 CR Float To Integer',
    about: 'The number truncated to an integer.',
    inputs: { _float: { ...wide(0), forceInput: true } },
    outputs: [['INT', 'INT'], help],
    run: ({ _float }) => [Math.trunc(_float) + 0, `${wiki}/Conversion-Nodes#cr-float-to-integer`],
  }),
};

function pick<T>(number: number, all: readonly (T | undefined)[], page: string) {
  return [all[number - 1] as T, `${wiki}/Logic-Nodes#${page}`] as const;
}
