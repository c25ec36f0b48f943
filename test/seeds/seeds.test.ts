/** What only some seeds find is told with these seeds; and what was run is not run again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failing, seedsOf } from './runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'touchstone-seeds-'));
const module = join(folder, 'seldom-wrong.mjs');
const check = ['check', module, '--profile', 'smoke', '--op', 'relu'];

/** relu, wrong where the last bits of its result are those of 5. */
const seldomWrong = `import { fast } from '${new URL('../../dist/conformance/adapters/fast.js', import.meta.url)}';
const { hello, run } = fast('seldom wrong');
const mistaken = (y) => {
  const bits = new Uint32Array(y.buffer, y.byteOffset, y.length);
  return new Float32Array(bits.map((n) => ((n & 0x7ff) === 5 ? n + 100 : n)).buffer);
};
export default {
  hello,
  run: async (request) => {
    const reply = await run(request);
    return reply.out ? { ...reply, out: { ...reply.out, data: mistaken(reply.out.data) } } : reply;
  },
};
`;

test('of a bug that some seeds find, these are told', { timeout: 120_000 }, async () => {
  writeFileSync(module, seldomWrong);
  const [seeds, said] = [seedsOf(6), [] as string[]];
  const failed = await failing(seeds, check, folder, (line) => void said.push(line));
  expect(failed.length).toBeGreaterThan(0);
  expect(failed.length).toBeLessThan(seeds.length);
  expect(said.filter((line) => line.endsWith(': conforms'))).toHaveLength(6 - failed.length);
  expect(said.join('\n')).toContain(`${failed[0]}: exit code 1\n`);
  expect(said.join('\n')).toContain('FAIL relu/');

  rmSync(module);
  expect(await failing(seeds, check, folder, () => {})).toEqual(failed);
  const more = await failing(seedsOf(7), check, folder, () => {});
  expect(more).toEqual([...failed, seedsOf(7)[6]]);
});
