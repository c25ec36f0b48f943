/**
 * # Builds the site: run it from the project's folder
 *
 * Writes the generated pages and what is computed in the guides, installs what the site is built with
 * where it is not there, and builds.
 * With `--pages` the pages alone.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inMemory } from './examples.ts';
import { facts } from './facts.ts';
import { guides } from './guides.ts';
import { pages } from './pages.ts';

const read = (path: string): string => readFileSync(join('docs', path), 'utf8');
for (const [path, text] of [...pages(facts('.')), ...(await guides('docs', read, inMemory))]) {
  const file = join('docs', path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`wrote ${file}`);
}
if (!process.argv.includes('--pages')) {
  if (!existsSync('docs/node_modules/vitepress')) run('npm', 'ci');
  run(process.execPath, 'node_modules/vitepress/bin/vitepress.js', 'build', '.');
}

function run(command: string, ...args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: 'docs', stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
