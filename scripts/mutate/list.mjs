// Lists every change of one operator or number in a file, each with a key that stays valid while its line is
// unchanged.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const next = (digits) => {
  const more = String(Number(digits) + 1);
  return /[.]/.test(digits) && !/[.]/.test(more) ? `${more}.0` : more;
};
const swaps = [
  [/(?<=\s)\+(?=\s)/g, '-'],
  [/(?<=\s)-(?=\s)/g, '+'],
  [/(?<=\s)\*(?=\s)/g, '+'],
  [/(?<=\s)\/(?=\s)/g, '*'],
  [/(?<=\s)%(?=\s)/g, '*'],
  [/(?<=\s)<(?=\s)/g, '<='],
  [/(?<=\s)>(?=\s)/g, '>='],
  [/(?<=\s)<=(?=\s)/g, '<'],
  [/(?<=\s)>=(?=\s)/g, '>'],
  [/(?<=\s)(===|==)(?=\s)/g, '!='],
  [/(?<=\s)(!==|!=)(?=\s)/g, '=='],
  [/(?<=\s)<<(?=\s)/g, '>>'],
  [/(?<=\s)>>(?=\s)/g, '<<'],
  [/(?<=\s)&(?=\s)/g, '|'],
  [/(?<=\s)\|(?=\s)/g, '&'],
  [/(?<=\s)\^(?=\s)/g, '&'],
  [/(?<=\s)&&(?=\s)/g, '||'],
  [/(?<=\s)\|\|(?=\s)/g, '&&'],
  [/(?<=\s)\+=(?=\s)/g, '-='],
  [/(?<=\s)-=(?=\s)/g, '+='],
  [/\bmin(?=[(<])/g, 'max'],
  [/\bmax(?=[(<])/g, 'min'],
  [/(?<![\w.])\d+(\.\d+)?(?![\w.])/g, next],
  [/(?<![\w.])\d+(?=u\b)/g, next],
  [/\b0x[0-9a-f]+(?=u?\b)/gi, (digits) => `0x${(BigInt(digits) + 1n).toString(16)}`],
];

export const areas = { assembly: ['assembly'], glsl: ['glsl'], tables: ['src/ops/tables.ts'] };

const files = (place) =>
  /\.\w+$/.test(place)
    ? [place]
    : readdirSync(place, { recursive: true })
        .map((file) => join(place, file).replaceAll('\\', '/'))
        .filter((file) => /\.(ts|glsl)$/.test(file) && !file.endsWith('.d.ts'))
        .sort();

/** The files of an area. */
export const listed = (area) => areas[area].flatMap(files);

/** Comments, imports and the rest of a line after `//` are not code. */
const code = (line) => (/^\s*(\/\/|\*|\/\*|import|export \{)/.test(line) ? '' : line.replace(/\/\/.*/, ''));

export function mutants(area) {
  const all = [];
  for (const file of listed(area)) {
    const lines = readFileSync(file, 'utf8').split('\n');
    const seen = new Map();
    for (const [number, line] of lines.entries()) {
      const trimmed = line.trim();
      const times = (seen.get(trimmed) ?? 0) + 1;
      seen.set(trimmed, times);
      for (const [pattern, to] of swaps) {
        for (const { 0: from, index } of code(line).matchAll(pattern)) {
          const put = typeof to === 'string' ? to : to(from);
          const changed = line.slice(0, index) + put + line.slice(index + from.length);
          all.push({
            area,
            file,
            number: number + 1,
            key: `${file}${times > 1 ? ` (${times})` : ''}: ${trimmed} => ${changed.trim()}`,
            text: lines.with(number, changed).join('\n'),
          });
        }
      }
    }
  }
  return all;
}

/** In an order chosen by a seed. Changes keep their order when other lines of the sources change. */
export function shuffled(list, seed) {
  const place = new Map(list.map((one) => [one, createHash('sha256').update(`${seed} ${one.key}`).digest('hex')]));
  return [...list].sort((a, b) => (place.get(a) < place.get(b) ? -1 : 1));
}

/** The files of an area that use a file directly or indirectly, and the file itself. */
function users(area, file) {
  const texts = new Map(listed(area).map((one) => [one, readFileSync(one, 'utf8')]));
  const uses = area === 'glsl' ? calls : imports;
  const found = new Set([file]);
  for (const one of found)
    for (const [other, text] of texts) if (uses(other, text, one, texts.get(one))) found.add(other);
  return [...found];
}

const imports = (file, text, used) =>
  [...text.matchAll(/from "(\.[^"]+)"/g)].some(([, path]) => `${join(file, '..', path)}.ts` === used);

/** Shaders are linked by the names of functions. */
const calls = (_, text, __, used) =>
  [...used.matchAll(/^(?:\w+[234]?) (\w+)\(/gm)].some(([, name]) => new RegExp(`\\b${name}\\(`).test(text));

/**
 * The rows whose evidence runs first: those with the names of files that use this one, then those of the same
 * folder.
 */
export function rowsOf(area, file) {
  const folder = `assembly${dirname(file).slice(area.length)}`.replace(/\/lib$/, '');
  const beside = folder === 'assembly' ? [] : listed('assembly').filter((one) => dirname(one) === folder);
  return [...users(area, file), ...beside].map((one) => basename(one).replace(/(Unit)?\.\w+$/, ''));
}
