/** # Survivors in the kernels and what makes them */
import { inFile } from './in-file.ts';

const BEYOND = 'what lies beyond a part is not taken';
const TIME = 'the other way says the same, and takes longer';

export const kernels = {
  ...inFile('src/kernel/blocks.ts', { 'i < n → i <= n': BEYOND }),
  ...inFile('src/kernel/double.ts', {
    'product === 0 → false': 'what multiplies to 0 has no error that float64 holds',
  }),
  ...inFile('src/kernel/instances.ts', { 'prepared.size === 0 → false': TIME }),
  ...inFile('src/kernel/module.ts', {
    'size === undefined': 'what value and scale both read is kept, and no scale reads x anew',
  }),
  ...inFile('src/kernel/rows/run-elements.ts', { 'i < length → i <= length': BEYOND }),
  ...inFile('src/kernel/rows/pass.ts', {
    "e.kind === 'largest' && code(e.of[0]!).kind === 'input' → false": TIME,
    "(e: Expression) => e.kind === 'largest' && code(e.of[0]!).kind === 'input' → () => undefined":
      TIME,
  }),
};
