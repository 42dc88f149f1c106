// `npm run test:consumers`: every bundler and runtime of test/consumers, installed from its lock, with the packed tarball.
import { build, install, run } from './setup.mjs';

install();
build();
run('npx', ['vitest', 'run', 'test/consumers.test.ts', '--testTimeout=600000', ...process.argv.slice(2)], {
  env: { ...process.env, CONSUMERS: 'all' },
});
