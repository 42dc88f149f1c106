import { defineConfig } from 'vitest/config';
import { virtual } from './scripts/virtual.mjs';

export default defineConfig({
  plugins: [virtual()],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/temporary.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
