/** # Survivors in formats, enclosures and functions */
import { inFile } from './in-file.ts';

const NEVER_0 = 'a sign or a side is 1 or −1 there, never 0';
const SIGN = 'of a number that is 1 or −1 products and quotients are the same';
const LONG_WAY = 'the long way says the same, and costs time';
const TIME = 'it decides what is kept to be used again, and costs time';
const BORDER = 'at the very border both ways hold';
const AT_0 = 'of 0 both ways say the same';

const format = inFile('spec/format.ts', {
  '0 * (side || x.s) → 0 / (side || x.s)': SIGN,
  'side * x.s → side / x.s': SIGN,
  'side * Math.sign(x) → side / Math.sign(x)': SIGN,
  'x.e > 400': LONG_WAY,
  'x.e < -400': LONG_WAY,
  'k < 0 → k <= 0': '1e0 is 1',
});

const exact = inFile('spec/exact.ts', {
  'Math.abs(x) < 1e15 → Math.abs(x) <= 1e15': '10^15 is written the same in both ways',
  'x < 0 → x <= 0': '0 has been written before that',
});

const interval = inFile('spec/arithmetic/interval.ts', {
  'sign(this.lo) >= 0 → sign(this.lo) > 0':
    '0 times either end is 0, and so is 0 divided by it; where that end is 0, too, the other has no bound',
  'sign(this.hi) >= 0 → sign(this.hi) > 0':
    '0 times either end is 0, and so is 0 divided by it; where that end is 0, too, the other has no bound',
  'this.sign() < 0 → this.sign() <= 0':
    'the root of 0 is 0 by the IEEE rules, too; log has met 0 before',
  '!this.isFinite() → false': 'log says the same of ±∞ and NaN',
  'a < 0 → a <= 0': 'only ±∞ and NaN come there',
  "typeof x === 'number' && (!Number.isInteger(x) || Math.abs(x) > 100 || x === 0)": TIME,
  "typeof x === 'number'": TIME,
  '!Number.isInteger(x) || Math.abs(x) > 100 || x === 0 → true': TIME,
  '!Number.isInteger(x) || Math.abs(x) > 100': TIME,
  '!Number.isInteger(x)': TIME,
  'Math.abs(x) > 100': TIME,
  '!interval → true': TIME,
});

const floatEnds = inFile('spec/arithmetic/float-ends.ts', {
  'Math.abs(y) * 1.0001 * elementary.ERROR + 2 ** -1070 → Math.abs(y) * 1.0001 * elementary.ERROR - 2 ** -1070':
    'no function there has a value so small that it counts',
  'Math.abs(y) * 1.0001 → Math.abs(y) / 1.0001':
    'the claimed error is four times the one that is met: this is for the rounding of the claim',
  'side < 0 → side <= 0': NEVER_0,
  'Math.sign(a) * Math.sign(b) → Math.sign(a) / Math.sign(b)': SIGN,
  'Math.abs(a) < NORMAL → Math.abs(a) <= NORMAL': BORDER,
  'a < -FAR → a <= -FAR': BORDER,
});

const DEFAULTS = 'nothing changes the defaults of decimal.js';
const WRITTEN = 'a decimal that is written is read as it is in both ways';
const decimals = {
  ...inFile('spec/arithmetic/decimal-ends.ts', {
    '!arithmetic → true': TIME,
    'known?.[0] !== a → true': TIME,
    "typeof x === 'number' → true": WRITTEN,
    'true → false': DEFAULTS,
    'side < 0 → side <= 0': NEVER_0,
    '2 * side → 2 / side': SIGN,
    'a.isZero() → false': AT_0,
  }),
  ...inFile('spec/arithmetic/decimal.ts', {
    "typeof x === 'number' → true": WRITTEN,
    'true → false': DEFAULTS,
  }),
  ...inFile('spec/arithmetic/elementary.ts', {
    'm > Math.SQRT2 → m >= Math.SQRT2': BORDER,
    't > -0.29 → t >= -0.29': BORDER,
    't < 0.41 → t <= 0.41': BORDER,
  }),
};

const MORE_STEPS = 'it takes more steps than are worth while, and costs time';
const WIDER = 'the enclosure is wider, and of two open denominators nothing exact comes anyway';
const DYADIC =
  'a sum that is a float or a tie has a power of two below its line, and then the other way is exact too';
const ONE_IS_0 = 'where only one denominator is 0 both ways say the same infinity';
const dual = inFile('spec/arithmetic/dual.ts', {
  '[] → ["Stryker was here"]': 'what is no dual number is passed over',
  'd === e → false': 'it is the same fraction in larger numbers',
  'd.sign() !== 0 → true': ONE_IS_0,
  'e.sign() !== 0 → true': ONE_IS_0,
  'isExact(d) || isExact(e) → true': WIDER,
  '!isExact(d) → true': DYADIC,
  'leads.has(parent) → true': TIME,
  'child.parts.some(([parent]) => leads.has(parent)) → true': TIME,
});
const functions = {
  ...inFile('spec/functions.ts', {
    'x.sign() > 0 → x.sign() >= 0': AT_0,
    'x.sign() < 0 → x.sign() <= 0': AT_0,
  }),
  ...inFile('spec/erfc.ts', {
    'x.sign() < 0 → x.sign() <= 0': AT_0,
    'n / 2 + 1 → n / 2 - 1': MORE_STEPS,
    'n / 2 → n * 2':
      'as x² < p/24, terms fall by half long before they are small enough for the series to end',
    '(arithmetic().digits * Math.LN10) ** 2 / 8 → (arithmetic().digits * Math.LN10) ** 2 * 8':
      MORE_STEPS,
    'square.gt(2 * floor) && most / floor > 8 → false': MORE_STEPS,
    'most / floor > 8 → most / floor <= 8': MORE_STEPS,
    'most / floor > 8 → most / floor >= 8': BORDER,
  }),
};

export const arithmetic = {
  ...{ ...format, ...exact, ...interval, ...floatEnds },
  ...{ ...decimals, ...dual, ...functions },
};
