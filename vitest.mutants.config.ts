import { defineConfig } from 'vitest/config';

/** The tests of one target of `npm run stryker`. */
const include = (process.env.TOUCHSTONE_TESTS ?? '').split(',').filter((file) => file !== '');

export default defineConfig({
  test: {
    include,
    setupFiles: ['test/stryker/unshrunk.ts'],
    testTimeout: 600_000,
    maxWorkers: 1,
  },
});
