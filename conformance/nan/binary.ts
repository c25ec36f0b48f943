/** # Textbooks of yes and no: sigmoids, and what is made of them */
import { number } from '../../spec/param.ts';
import * as k from './kernels.ts';
import type { Asked } from './layout.ts';
import { mean, ONE, ofPair, PAIR, pair, times } from './pair.ts';
import { constant, each, type Step } from './stages.ts';
import type { Settings, Textbook } from './textbook.ts';

/** 1 / (1 + e^−z) */
function sigmoid(z: Step): Step {
  const e = each('e', 'exp(−z)', k.exp, each('−z', '−z', k.negate, z));
  return each('p', '1 / d', k.divide, ONE, each('d', '1 + e', k.add, ONE, e));
}
/** −(y log p + (1 − y) log(1 − p)); `tamed` is what is done to each logarithm. */
function binary(p: Step, y: Step, tamed = (l: Step): Step => l): Step {
  const q = each('1 − p', '1 − p', k.subtract, ONE, p);
  const rest = each('1 − y', '1 − y', k.subtract, ONE, y);
  const [a, b] = [p, q].map((x) => tamed(each(`log(${x.name})`, `log(${x.name})`, k.log, x)));
  const yes = times(`y · ${a!.name}`, y, a!);
  const no = times(`(1 − y) · ${b!.name}`, rest, b!);
  const both = each('yes + no', `${yes.name} + ${no.name}`, k.add, yes, no);
  return each('t', '−(yes + no)', k.negate, both);
}

const atLeast100 = (l: Step): Step =>
  each(`max(${l.name}, −100)`, `max(${l.name}, −100)`, k.larger, l, constant(-100));

/** p moved into [ε, 1 − ε], the ends as the machine has them. */
function clipped(p: Step, eps: number, m = constant(eps)): Step {
  const top = each('1 − ε', `1 − ${eps}`, k.subtract, ONE, m);
  const low = each('max(p, ε)', `max(p, ${eps})`, k.larger, p, m);
  return each('c', 'min(max(p, ε), 1 − ε)', k.smaller, low, top);
}

/** log(1 + e^z) − y z */
function naiveSoftplus(z: Step, y: Step): Step {
  const s = each('s', '1 + e', k.add, ONE, each('e', 'exp(z)', k.exp, z));
  return each(
    't',
    'log(s) − y · z',
    k.subtract,
    each('log(s)', 'log(s)', k.log, s),
    times('y · z', y, z),
  );
}

/** max(z, 0) − y z + log(1 + e^−|z|) */
function stable(z: Step, y: Step): Step {
  const size = each('−|z|', '−|z|', k.negate, each('|z|', '|z|', k.abs, z));
  const s = each('s', '1 + e', k.add, ONE, each('e', 'exp(−|z|)', k.exp, size));
  const up = each('max(z, 0)', 'max(z, 0)', k.larger, z, constant(0));
  const linear = each('u', 'max(z, 0) − y · z', k.subtract, up, times('y · z', y, z));
  return each('t', 'u + log(s)', k.add, linear, each('log(s)', 'log(s)', k.log, s));
}

/** −(1 − p_t)^γ log(p_t), for labels of 0 and 1, and α as it comes. */
function focal(asked: Asked, settings: Settings): Step {
  const [z, y] = pair(asked);
  const [alpha, gamma] = [Number(settings.alpha), Number(settings.gamma)];
  const p = sigmoid(z);
  const rest = each('1 − y', '1 − y', k.subtract, ONE, y);
  const yes = times('y · p', y, p);
  const no = times('(1 − y) · (1 − p)', rest, each('1 − p', '1 − p', k.subtract, ONE, p));
  const pt = each('pt', `${yes.name} + ${no.name}`, k.add, yes, no);
  const wrong = each('1 − pt', '1 − pt', k.subtract, ONE, pt);
  const focus = each('f', `(1 − pt)^${gamma}`, k.raise(gamma), wrong);
  const l = each(
    't',
    '−f · log(pt)',
    k.negate,
    times('f · log(pt)', focus, each('log(pt)', 'log(pt)', k.log, pt)),
  );
  if (alpha < 0) return mean(l, settings);
  const share = each(
    'a',
    'α y + (1 − α)(1 − y)',
    k.add,
    times('α · y', constant(alpha), y),
    times('(1 − α) · (1 − y)', constant(1 - alpha), rest),
  );
  return mean(times('a · t', share, l), settings);
}

const WITH_LOGITS = {
  ...PAIR,
  instead: 'binary-cross-entropy-with-logits',
  from: 'logits',
  fix: 'binary-cross-entropy-with-logits of the logits (BCEWithLogitsLoss in place of Sigmoid and BCELoss)',
  clauses: { main: 'BCEL-6', overflow: 'BCEL-6' },
} as const;

export const binaryTextbooks: readonly Textbook[] = [
  {
    ...WITH_LOGITS,
    id: 'sigmoid-bce',
    op: 'binary-cross-entropy',
    title: 'sigmoid, then BCE',
    build: ofPair((z, y) => binary(sigmoid(z), y)),
  },
  {
    ...WITH_LOGITS,
    id: 'sigmoid-clip-bce',
    op: 'binary-cross-entropy',
    title: 'sigmoid, moved into [ε, 1 − ε], then BCE',
    own: { eps: number({ default: 1e-7, min: 0, max: 0.5 }) },
    build: ofPair((z, y, { eps }) => binary(clipped(sigmoid(z), Number(eps)), y)),
  },
  {
    ...WITH_LOGITS,
    id: 'sigmoid-bce-100',
    op: 'binary-cross-entropy',
    title: 'sigmoid, then BCE with each logarithm clamped at −100 by hand',
    build: ofPair((z, y) => binary(sigmoid(z), y, atLeast100)),
  },
  {
    ...PAIR,
    id: 'bce',
    op: 'binary-cross-entropy',
    from: 'probabilities',
    instead: 'binary-cross-entropy',
    title: 'BCE of probabilities, without a clamp',
    fix: 'binary-cross-entropy-with-logits of the logits; of probabilities each logarithm is clamped at −100',
    clauses: { main: 'BCE-1', range: 'BCE-5' },
    build: ofPair((p, y) => binary(p, y)),
  },
  {
    ...WITH_LOGITS,
    id: 'softplus-bce',
    op: 'binary-cross-entropy-with-logits',
    title: 'log(1 + e^z) − y z',
    build: ofPair(naiveSoftplus),
  },
  {
    ...WITH_LOGITS,
    id: 'stable-bce',
    op: 'binary-cross-entropy-with-logits',
    title: 'max(z, 0) − y z + log(1 + e^−|z|)',
    fix: 'binary-cross-entropy-with-logits, which is this',
    build: ofPair(stable),
  },
  {
    ...PAIR,
    params: ['reduction', 'alpha', 'gamma'],
    id: 'focal',
    op: 'sigmoid-focal-loss',
    instead: 'sigmoid-focal-loss',
    from: 'logits',
    title: 'sigmoid, then −(1 − pt)^γ log(pt)',
    fix: 'sigmoid-focal-loss of the logits: neither p nor 1 − p is formed',
    clauses: { main: 'SFL-4', root: 'SFL-6', branch: 'SFL-6', overflow: 'SFL-4' },
    build: focal,
  },
];
