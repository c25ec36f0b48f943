/** # Survivors in the grade */
import { inFile } from './in-file.ts';

export const grade = inFile('spec/grade.ts', {
  'GRADES.indexOf(a) > GRADES.indexOf(b) → GRADES.indexOf(a) >= GRADES.indexOf(b)':
    'where both grades are the same it does not matter which is returned',
  'near !== undefined → true': 'undefined is below no number',
  'near < 0.999 → near <= 0.999':
    'the bound is there to be well below 1; where it lies does not matter',
  "signedZero === 'strict' → true":
    'a zero whose sign is ignored is right before that, in isSameZero',
  'value === 0 → true': 'what is 0 rounds to 0',
  '2 * Math.sign(got) → 2 / Math.sign(got)': 'a sign is 1 or -1',
  "typeof lo !== 'number' → false": 'a decimal is not what Number.isFinite calls finite',
  'true → false': 'nothing changes the defaults of decimal.js',
});
