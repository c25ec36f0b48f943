/**
 * # Mutants that survive, and why
 *
 * Keyed by how a report names them: file, what was there, what took its place. One that is killed, or
 * that is not met, is a stale line and an error.
 */
import { arithmetic } from './explained-of-arithmetic.ts';
import { definitions } from './explained-of-definitions.ts';
import { kernels } from './explained-of-kernels.ts';
import { math } from './explained-of-math.ts';
import { operators } from './explained-of-operators.ts';
import { parts } from './explained-of-parts.ts';
import { implementation } from './explained-of-src.ts';

export const explained: { readonly [mutant: string]: string } = {
  ...arithmetic,
  ...kernels,
  ...parts,
  ...implementation,
  ...math,
  ...operators,
  ...definitions,
  'spec/grade.ts: GRADES.indexOf(a) > GRADES.indexOf(b) → GRADES.indexOf(a) >= GRADES.indexOf(b)':
    'where both grades are the same it does not matter which is returned',
  'spec/grade.ts: near !== undefined → false':
    'it leaves to decimals what float64 could have decided, which is slower and says the same',
  "spec/grade.ts: signedZero === 'strict' → true":
    'a zero whose sign is ignored is right before that, in isSameZero',
  'spec/grade.ts: 2 * Math.sign(got) → 2 / Math.sign(got)': 'a sign is 1 or -1',
  "spec/grade.ts: typeof lo === 'number' && typeof hi === 'number' → true":
    'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told',
  "spec/grade.ts: typeof lo === 'number' && typeof hi === 'number' → false":
    'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told',
  "spec/grade.ts: typeof lo === 'number' && typeof hi === 'number' → typeof lo === 'number' || typeof hi === 'number'":
    'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told',
  "spec/grade.ts: typeof lo === 'number' → true":
    'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told',
  "spec/grade.ts: typeof lo === 'number' → typeof lo !== 'number'":
    'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told',
  "spec/grade.ts: typeof hi === 'number' → true":
    'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told',
  "spec/grade.ts: typeof hi === 'number' → typeof hi !== 'number'":
    'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told',
  "spec/grade.ts: { if (typeof lo !== 'number' || typeof hi !== 'number') return undefined; // A 0 may be one that was flushed. if (got === 0 || !Number.isFinite(lo)) return undefined; const gap = gapAt(lo, format); const ulps = Math.max(Math.abs(got - lo), Math.abs(got - hi)) / gap; return gapAt(hi, format) === gap && ulps < 0.999 ? ulps : undefined; } → {}":
    'it leaves to decimals what float64 could have decided, which is slower and says the same',
  "spec/grade.ts: typeof lo !== 'number' || typeof hi !== 'number' → true":
    'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told',
  "spec/grade.ts: typeof lo !== 'number' || typeof hi !== 'number' → false":
    'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told',
  "spec/grade.ts: typeof lo !== 'number' || typeof hi !== 'number' → typeof lo !== 'number' && typeof hi !== 'number'":
    'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told',
  "spec/grade.ts: typeof lo !== 'number' → false":
    'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told',
  "spec/grade.ts: typeof lo !== 'number' → typeof lo === 'number'":
    'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told',
  "spec/grade.ts: typeof hi !== 'number' → false":
    'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told',
  "spec/grade.ts: typeof hi !== 'number' → typeof hi === 'number'":
    'both ends are of one kind, and decimals say the same of float64 ends, to the last digit that is told',
  'spec/grade.ts: got === 0 || !Number.isFinite(lo) → true':
    'it leaves to decimals what float64 could have decided, which is slower and says the same',
  'spec/grade.ts: got - hi → got + hi':
    'it leaves to decimals what float64 could have decided, which is slower and says the same',
  'spec/grade.ts: gapAt(hi, format) === gap && ulps < 0.999 → false':
    'it leaves to decimals what float64 could have decided, which is slower and says the same',
  'spec/grade.ts: ulps < 0.999 → ulps <= 0.999':
    'the bound is there to be well below 1; where it lies does not matter',
  'spec/grade.ts: true → false': 'nothing changes the defaults of decimal.js',
};
