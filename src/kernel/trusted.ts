/**
 * # What is trusted rather than proven
 *
 * error.ts proves how far code is from the formula that it reads, as real arithmetic with true
 * series has it. That the formula is the function, and what else the proofs take for granted, is
 * here; test/src/trusted.test.ts holds each item against MPFR.
 */
export interface Trusted {
  readonly statement: string;
  /** The files that rely on it. */
  readonly where: readonly string[];
}

/** Formulas that are equal to what they stand for, whichever integers k were chosen. */
const identities = {
  'eˣ by steps': {
    statement: 'eˣ = 2^(k/256)·eʳ where x = k ln 2/256 + r, and eʳ = 1 + r·g(r)',
    where: ['math/exp.ts'],
  },
  'eˣ by steps, for rows': {
    statement: 'eˣ = 2^(k/256)·2^(f/256) where 256 x log₂ e = k + f',
    where: ['math/exp-row.ts'],
  },
  'eˣ − 1': {
    statement: 'eˣ − 1 = T·r·g(r) + (T − 1) where eˣ = T·eʳ and T is 2^(k/256) or 2ᵏ',
    where: ['math/expm1.ts'],
  },
  'ln x': {
    statement: 'ln x = k ln 2 + 2 artanh((m − 1)/(m + 1)) where x = 2ᵏ·m',
    where: ['math/log.ts'],
  },
  'ln(1 − x)': {
    statement: 'ln(1 − x) = 2 artanh(−x/(2 − x)), and k ln 2 + 2 artanh((m − 1)/(m + 1)) from ½ on',
    where: ['math/log.ts'],
  },
  'ln(1 + x)': {
    statement: 'ln(1 + x) = k ln 2 + 2 artanh(u/(2 + u)) where 1 + x = 2ᵏ·(1 + u)',
    where: ['math/log1p.ts'],
  },
  'ln(1 − x) − ln x': {
    statement: 'ln(1 − x) − ln x = 2 artanh(1 − 2x)',
    where: ['losses/binary-cross-entropy.ts'],
  },
  'tails of a logit': {
    statement:
      'with r = 1/((1 + z)(2 + z)): 1/(1 + z) = (2 + z) r, ln(1 + z) = 2 artanh(z (1 + z) r)',
    where: ['losses/binary-cross-entropy-with-logits.ts'],
  },
  activations: {
    statement:
      'σ = 1/(1 + e⁻ˣ), σ′ = z/(1 + z)², tanh = e/(e + 2), tanh′ = 4z/(1 + z)², ' +
      'softplus = max(x, 0) + ln(1 + e^−|x|), ln σ(x) = −softplus(−x), silu = x σ(x), ' +
      'gelu = x Φ(x) or x σ(w), ' +
      'and their slopes; what is without functions is what its opening comment says',
    where: [
      ...['activations/sigmoid.ts', 'activations/tanh.ts', 'activations/softplus.ts'],
      ...['activations/logsigmoid.ts', 'activations/silu.ts', 'activations/relu.ts'],
      ...['activations/leaky-relu.ts', 'activations/hardswish.ts', 'activations/gelu.ts'],
    ],
  },
  'ln Σ eˣ': {
    statement: 'ln Σ eˣ = m + ln(1 + rest), rest = Σ e^(x − m) without one maximum',
    where: ['math/log-sum-exp.ts', 'math/softmax.ts'],
  },
  'slopes of cross-entropy': {
    statement: 'pᵢ Σ a_c − aᵢ = (eᵢ Σ a_c over c ≠ i − aᵢ Σ e_c over c ≠ i)/total',
    where: ['math/cross-entropy.ts', 'math/softmax.ts'],
  },
  'a probability below a number': {
    statement: 'pᵢ < p ⟺ eᵢ (1 − p) < p Σ e_c over c ≠ i',
    where: ['math/below.ts'],
  },
};

const facts = {
  'declared ranges': {
    statement: 'what is within(lo, hi) is there in exact arithmetic, for k as it is computed',
    where: ['math/exp.ts', 'math/expm1.ts', 'math/exp-row.ts'],
  },
  series: {
    statement: 'coefficients are those of the function that the name says, and do not increase',
    where: ['kernel/series.ts', 'math/exp.ts', 'math/exp-row.ts', 'math/log1p.ts'],
  },
  'local series': {
    statement:
      'at half a step from a centre, 32 terms are the function that the name says, but for 2⁻¹⁴⁰ ' +
      'of the largest of the first four coefficients',
    where: ['kernel/local.ts', 'math/gate.ts', 'math/gelu-tanh.ts', 'math/normal.ts'],
  },
  'nearest centres': {
    statement: '|x − k/steps| ≤ ½/steps for float32 x and k as it is computed',
    where: ['kernel/expression.ts'],
  },
  'table of 2^(j/256)': {
    statement:
      'entries err by at most 2⁻⁵³ of themselves, and in units of 2⁻²⁰⁰ by less than 2⁻¹⁸⁵',
    where: ['kernel/table.ts', 'kernel/error.ts', 'kernel/double.ts'],
  },
  'pairs of doubles': {
    statement:
      'a kernel read as double-double errs by less than 2⁻⁹⁵ of its result, or of its scale',
    where: ['kernel/one.ts'],
  },
  'beyond the clamps': {
    statement: 'results round like their limit, also times any cotangent',
    where: [
      ...['activations/sigmoid.ts', 'activations/tanh.ts', 'activations/softplus.ts'],
      ...['activations/logsigmoid.ts', 'activations/silu.ts', 'math/gate.ts'],
    ],
  },
  'results beside 0': {
    statement:
      'where f(x) = c·xⁿ(1 + d(x)), d has on either side of 0 up to 2⁻²⁰ the sign that it has ' +
      'there, and |d| < 2⁻⁶⁰ up to 2⁻¹⁰⁰',
    where: ['kernel/beside-zero.ts'],
  },
  'sums of rows': {
    statement: 'a sum of n numbers of one sign errs by at most (n/4 + 4)·2⁻⁵³ of itself',
    where: ['kernel/rows/language.ts', 'math/log-sum-exp.ts', 'math/reverse-cross-entropy.ts'],
  },
};

export const trusted = { ...identities, ...facts } as const satisfies Record<string, Trusted>;
export type TrustedName = keyof typeof trusted;
