// A store for tests: a folder that fails once for `moody.png`, and kills its process for `killer.png`.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export default function moody({ root }) {
  const marks = join(root, 'marks');
  mkdirSync(marks, { recursive: true });
  return {
    async read(name) {
      if (name === 'killer.png') process.kill(process.pid, 'SIGKILL');
      const once = join(root, 'failed-once');
      if (name === 'moody.png' && !existsSync(once)) {
        writeFileSync(once, '');
        throw Object.assign(new Error('the disk is tired'), { code: 'EIO' });
      }
      return readFileSync(join(root, name));
    },
    async write(name, bytes, mark) {
      writeFileSync(join(root, `${name}.part`), bytes);
      renameSync(join(root, `${name}.part`), join(root, name));
      writeFileSync(join(marks, name), mark);
    },
    async mark(name) {
      return existsSync(join(marks, name)) ? readFileSync(join(marks, name), 'utf8') : undefined;
    },
  };
}
