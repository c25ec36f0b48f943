/** # Survivors in the kernels and what makes them */
import { inFile } from './in-file.ts';

const SPARE = 'a sign is written with a character: of seven bits to spare one is lost';
const BEYOND = 'what lies beyond a part is not taken';
const TIME = 'the other way says the same, and takes longer';

export const kernels = {
  ...inFile('src/kernel/beside-zero.ts', {
    'Math.abs(low) <= Math.abs(high) * EQUAL → Math.abs(low) < Math.abs(high) * EQUAL':
      'at the very border both ways hold',
  }),
  ...inFile('src/kernel/blocks.ts', { 'i < n → i <= n': BEYOND }),
  ...inFile('src/kernel/double.ts', {
    'product === 0 → false': 'what multiplies to 0 has no error that float64 holds',
  }),
  ...inFile('src/kernel/error.ts', {
    'Math.abs(fixed.approximately(s)) + 2 ** -500 → Math.abs(fixed.approximately(s)) - 2 ** -500':
      'that much is nothing beside what is rounded up',
  }),
  ...inFile('src/kernel/instances.ts', { 'prepared.size === 0 → false': TIME }),
  ...inFile('src/kernel/module.ts', {
    'size === undefined': 'what value and scale both read is kept, and no scale reads x anew',
  }),
  ...inFile('src/kernel/rows/run-elements.ts', { 'i < length → i <= length': BEYOND }),
  ...inFile('src/kernel/series.ts', { 'x < 0n': SPARE }),
  ...inFile('src/kernel/rows/pass.ts', {
    "e.kind === 'largest' && code(e.of[0]!).kind === 'input' → false": TIME,
    "(e: Expression) => e.kind === 'largest' && code(e.of[0]!).kind === 'input' → () => undefined":
      TIME,
  }),
};
