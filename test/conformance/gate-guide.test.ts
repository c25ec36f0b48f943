/** # The guide to the gate: what it shows is there */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readBaseline } from '../../conformance/baseline.ts';
import { EXIT } from '../../conformance/failure.ts';
import { KINDS } from '../../conformance/report/kinds.ts';
import { folderFor } from './gate.ts';
import { touchstone } from './terminal.ts';

const root = new URL('../../', import.meta.url);
const guide = readFileSync(new URL('docs/gate.md', root), 'utf8');
const action = readFileSync(new URL('action.yml', root), 'utf8');
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const blocks = (language: string): readonly string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text]) => text!,
  );
const file = folderFor();

test('every flag of every command is in the help', async () => {
  const commands = [...guide.matchAll(/npx touchstone(?:@(\S+))? (\w+) (.*)$/gm)];
  expect(commands.length).toBeGreaterThan(12);
  for (const [, pinned, command, rest] of commands) {
    expect(pinned ?? version).toBe(version);
    const { code, out } = await touchstone([command!, '--help']);
    expect(code).toBe(0);
    for (const [flag] of rest!.matchAll(/--[a-z-]+/g))
      expect(out).toMatch(new RegExp(`^  ${flag}\\b`, 'm'));
    for (const [, kind] of rest!.matchAll(/--report (\w+)=/g)) expect(KINDS).toHaveProperty(kind!);
  }
});
test('every input and output of the action is one', () => {
  const names = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([, name]) => name!);
  const steps = blocks('yaml').flatMap((text) => text.split(/^ *- /m));
  const mine = steps.filter((step) => step.startsWith('uses: OWNER/touchstone@'));
  const ours = [
    ...mine.flatMap((step) => names(step.split(' with:')[1]!, /^ +([\w-]+):/gm)),
    ...names(guide, /touchstone\.outputs\.([\w-]+)/g),
  ];
  expect(ours.length).toBeGreaterThan(6);
  for (const name of ours) expect(action).toMatch(new RegExp(`^  ${name}:$`, 'm'));
});
test('its baseline is one', async () => {
  const [json] = blocks('json');
  await writeFile(file('baseline.json'), json!);
  const { entries } = await readBaseline(file('baseline.json'));
  const [entry] = entries;
  for (const name of Object.keys(entry!)) expect(guide).toContain(`\`${name}\``);
});
test('all exit codes, and all kinds of reports', () => {
  for (const code of Object.values(EXIT)) expect(guide).toContain(`\n| ${code} | `);
  for (const kind of Object.keys(KINDS)) expect(guide).toContain(`\n| \`${kind}\` | `);
});
