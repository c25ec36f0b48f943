/** # The version of this package */
import { createRequire } from 'node:module';

export const version: string = createRequire(import.meta.url)('touchstone/package.json').version;
