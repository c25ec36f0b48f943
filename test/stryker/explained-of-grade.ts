/** # Survivors in the grade */
import { inFile } from './in-file.ts';

const DECIMALS =
  'it leaves to decimals what float64 could have decided, which is slower and says the same';
const ONE_KIND =
  'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told';

export const grade = inFile('spec/grade.ts', {
  'GRADES.indexOf(a) > GRADES.indexOf(b) → GRADES.indexOf(a) >= GRADES.indexOf(b)':
    'where both grades are the same it does not matter which is returned',
  'got === 0 → true': DECIMALS,
  'near !== undefined && near < 0.999 → false': DECIMALS,
  'near !== undefined → near === undefined': DECIMALS,
  'near !== undefined → true': 'undefined is below no number',
  'near < 0.999 → near <= 0.999':
    'the bound is there to be well below 1; where it lies does not matter',
  "signedZero === 'strict' → true":
    'a zero whose sign is ignored is right before that, in isSameZero',
  '2 * Math.sign(got) → 2 / Math.sign(got)': 'a sign is 1 or -1',
  "{ if (typeof lo !== 'number' || typeof hi !== 'number' || !Number.isFinite(lo)) return undefined; const gap = gapAt(lo, format); if (gapAt(hi, format) !== gap) return undefined; return Math.max(Math.abs(got - lo), Math.abs(got - hi)) / gap; } → {}":
    DECIMALS,
  "typeof lo !== 'number' || typeof hi !== 'number' || !Number.isFinite(lo) → true": DECIMALS,
  "typeof lo !== 'number' || typeof hi !== 'number'": ONE_KIND,
  "typeof lo !== 'number'": ONE_KIND,
  "typeof hi !== 'number'": ONE_KIND,
  'gapAt(hi, format) !== gap → true': DECIMALS,
  'true → false': 'nothing changes the defaults of decimal.js',
});
