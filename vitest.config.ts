import { defineConfig } from 'vitest/config';
import { planting } from './test/harness/plugin.ts';

export default defineConfig({
  plugins: [...planting(process.env.TOUCHSTONE_MISTAKE, import.meta.dirname)],
  test: {
    include: ['test/**/*.test.ts', 'golden/**/*.test.ts'],
    testTimeout: 600_000,
    maxWorkers: 2,
  },
});
