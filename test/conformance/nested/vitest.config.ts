/** The suites of somebody else, as `vitest.test.ts` runs them: this package is one that is installed. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*.fixture.ts'],
    maxWorkers: 1,
    server: { deps: { external: [/\/dist\//] } },
  },
});
