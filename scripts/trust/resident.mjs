// The memory of this process and all its descendants in bytes; of this process alone if there is no /proc.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export function resident() {
  if (!existsSync('/proc/self/stat')) return process.memoryUsage().rss;
  const all = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      // the program's name is in brackets and may contain anything
      const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
      all.set(Number(pid), { parent: Number(parent), bytes: Number(pages) * 4096 });
    } catch {
      // the process has ended since
    }
  }
  const ours = (pid) => pid === process.pid || (all.has(pid) && all.get(pid).parent > 1 && ours(all.get(pid).parent));
  return [...all].filter(([pid]) => ours(pid)).reduce((sum, [, { bytes }]) => sum + bytes, 0);
}
