// Adds the range and default of each option to its comment in the declarations of dist/, for editors to show.
import ts from 'typescript';

/** A rollup plugin for declarations. */
export const ranges = () => ({ name: 'ranges', renderChunk: (code) => ({ code: withRanges(code), map: null }) });

export function withRanges(code) {
  const file = ts.createSourceFile('x.d.ts', code, ts.ScriptTarget.Latest, true);
  const edits = [];
  const visit = (node) => {
    const said = ts.isPropertySignature(node) && node.type && ts.isTypeLiteralNode(node.type) && sentence(node.type);
    if (said) {
      const [comment] = node.jsDoc ?? [];
      if (comment) edits.push([comment.end - 2, comment.end, ` ${said} */`, comment.end - 2]);
      else edits.push([node.getStart(file), node.getStart(file), `/** ${said} */\n`]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  let text = code;
  for (const [from, to, put] of edits.sort((a, b) => b[0] - a[0])) {
    text = text.slice(0, from).replace(/[ ]+$/, (blanks) => (put.startsWith(' ') ? '' : blanks)) + put + text.slice(to);
  }
  return text;
}

/** `From 0 to 1000; 2 if left out.`, from a parameter's type; undefined if the type has no range. */
function sentence(type) {
  const has = Object.fromEntries(
    type.members.flatMap((one) =>
      ts.isPropertySignature(one) && one.type ? [[one.name.getText(), one.type.getText()]] : [],
    ),
  );
  if (!/^"(integer|number|boolean|choice)"$/.test(has.type ?? '')) return undefined;
  const [least, most] = [has.min, has.max].map((text) => (isLiteral(text) ? Number(text) : undefined));
  const range =
    least === undefined ? [] : most === undefined || most >= 2 ** 30 ? [`${least} or more`] : [`${least} to ${most}`];
  const kind = has.type === '"integer"' ? 'whole, ' : '';
  const left = isLiteral(has.default) ? [`${has.default.replaceAll('"', "'")} if left out`] : [];
  const parts = [...range.map((one) => kind + one), ...left];
  if (!parts.length) return undefined;
  const text = parts.join('; ');
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

const isLiteral = (text) => text !== undefined && /^(-?[\d.e+]+|true|false|"[^"]*")$/.test(text);
