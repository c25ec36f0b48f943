/** # Where the project lies: the first folder above this file, as source or as built, with a package.json */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const above = (folder: string): string =>
  existsSync(join(folder, 'package.json')) ? folder : above(dirname(folder));

export const root = above(dirname(fileURLToPath(import.meta.url)));
