/** # Textbooks of single numbers: sigmoids, divergences, errors */
import { number } from '../../spec/param.ts';
import * as k from './kernels.ts';
import { type Asked, alike, byElements } from './layout.ts';
import { reduced } from './reduced.ts';
import { constant, each, type Step } from './stages.ts';
import type { Settings, Textbook } from './textbook.ts';

const times = (name: string, a: Step, b: Step): Step => each(name, name, k.multiply, a, b);
const ONE = constant(1);

/** Both tensors, of one shape; the input learns. */
function pair(asked: Asked): readonly [input: Step, target: Step] {
  const x = byElements(asked, 'input', true);
  return [x, alike(asked.op, x, byElements(asked, 'target'), 'input')];
}
const mean = (terms: Step, settings: Settings): Step => reduced(terms, terms.size, settings);

// Binary cross-entropy ---------------------------------------------------------------------------

/** 1 / (1 + e^−z) */
function sigmoid(z: Step): Step {
  const e = each('e', 'exp(−z)', k.exp, each('−z', '−z', k.negate, z));
  return each('p', '1 / d', k.divide, ONE, each('d', '1 + e', k.add, ONE, e));
}
/** −(y log p + (1 − y) log(1 − p)) */
function binary(p: Step, y: Step): Step {
  const yes = times('y · log(p)', y, each('log(p)', 'log(p)', k.log, p));
  const q = each('1 − p', '1 − p', k.subtract, ONE, p);
  const rest = each('1 − y', '1 − y', k.subtract, ONE, y);
  const no = times('(1 − y) · log(1 − p)', rest, each('log(1 − p)', 'log(1 − p)', k.log, q));
  return each(
    't',
    '−(yes + no)',
    k.negate,
    each('yes + no', `${yes.name} + ${no.name}`, k.add, yes, no),
  );
}

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

// Divergence and errors --------------------------------------------------------------------------

/** y (log y − l) */
function divergence(asked: Asked, l: Step, y: Step, settings: Settings): Step {
  const d = each('d', 'log(y) − l', k.subtract, each('log(y)', 'log(y)', k.log, y), l);
  const terms = times('y · d', y, d);
  const n = asked.batch.input?.shape[0] ?? 1;
  return reduced(terms, settings.reduction === 'batchmean' ? n : terms.size, settings);
}

const errorOf = (x: Step, y: Step): Step => each('d', 'x − y', k.subtract, x, y);

/** log((e^d + e^−d) / 2) */
function logCosh(x: Step, y: Step): Step {
  const d = errorOf(x, y);
  const up = each('exp(d)', 'exp(d)', k.exp, d);
  const down = each('exp(−d)', 'exp(−d)', k.exp, each('−d', '−d', k.negate, d));
  const cosh = each(
    'c',
    '(exp(d) + exp(−d)) / 2',
    k.over(2),
    each('exp(d) + exp(−d)', 'exp(d) + exp(−d)', k.add, up, down),
  );
  return each('t', 'log(c)', k.log, cosh);
}

/** where(β > |d|, d² / 2β, |d| − β / 2) */
function smoothL1(x: Step, y: Step, beta: number): Step {
  const d = errorOf(x, y);
  const size = each('|d|', '|d|', k.abs, d);
  const b = constant(beta);
  const bowl = each(
    'd² / 2β',
    'd² / 2β',
    k.divide,
    each('d²', 'd²', k.square, d),
    constant(2 * beta),
  );
  const line = each('|d| − β / 2', '|d| − β / 2', k.subtract, size, constant(beta / 2));
  const room = each('β − |d|', `${beta} − |d|`, k.subtract, b, size);
  return each('t', 'where(|d| < β, d² / 2β, |d| − β / 2)', k.whereAbove, room, bowl, line);
}

/** (log v + d² / v) / 2 */
function gaussian(asked: Asked, settings: Settings): Step {
  const [x, y] = pair(asked);
  const v = alike(asked.op, x, byElements(asked, 'var', true), 'input');
  const ratio = each('r', 'd² / v', k.divide, each('d²', 'd²', k.square, errorOf(x, y)), v);
  const both = each('log(v) + r', 'log(v) + r', k.add, each('log(v)', 'log(v)', k.log, v), ratio);
  return mean(each('t', '(log(v) + r) / 2', k.over(2), both), settings);
}

// Textbooks --------------------------------------------------------------------------------------

const PAIR = { params: ['reduction'], inputs: ['input', 'target'] } as const;
const WITH_LOGITS = {
  ...PAIR,
  instead: 'binary-cross-entropy-with-logits',
  from: 'logits',
  fix: 'binary-cross-entropy-with-logits of the logits (BCEWithLogitsLoss in place of Sigmoid and BCELoss)',
  clauses: { main: 'BCEL-6', overflow: 'BCEL-6' },
} as const;

const ofPair =
  (terms: (x: Step, y: Step, settings: Settings) => Step): Textbook['build'] =>
  (asked, settings) =>
    mean(terms(...pair(asked), settings), settings);

export const elementTextbooks: readonly Textbook[] = [
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
    ...PAIR,
    id: 'bce',
    op: 'binary-cross-entropy',
    from: 'probabilities',
    instead: 'binary-cross-entropy',
    title: 'BCE of probabilities, without a clamp',
    fix: 'binary-cross-entropy-with-logits of the logits; of probabilities each logarithm is clamped at −100',
    clauses: { main: 'BCE-1', range: 'BCE-5' },
    build: ofPair(binary),
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
  {
    ...PAIR,
    id: 'kl',
    op: 'kl-div',
    instead: 'kl-div',
    from: 'log-probabilities',
    title: 'y (log(y) − l)',
    fix: 'kl-div, in which a target of 0 contributes 0',
    clauses: { main: 'KL-1', silenced: 'KL-1', range: 'KL-3' },
    build: (asked, settings) => divergence(asked, ...pair(asked), settings),
  },
  {
    ...PAIR,
    id: 'log-kl',
    op: 'kl-div',
    from: 'probabilities',
    title: 'y (log(y) − log(p))',
    fix: 'kl-div of log-softmax of the logits, in which a target of 0 contributes 0',
    clauses: { main: 'KL-1', silenced: 'KL-1', range: 'KL-3' },
    build: (asked, settings) => {
      const [p, y] = pair(asked);
      return divergence(asked, each('l', 'log(p)', k.log, p), y, settings);
    },
  },
  {
    ...PAIR,
    id: 'log-cosh',
    op: 'log-cosh-loss',
    instead: 'log-cosh-loss',
    from: 'values',
    title: 'log((e^d + e^−d) / 2)',
    fix: 'log-cosh-loss: |d| + log(1 + e^−2|d|) − log(2) overflows nowhere',
    clauses: { main: 'LCH-2', overflow: 'LCH-2' },
    build: ofPair(logCosh),
  },
  {
    ...PAIR,
    id: 'mse',
    op: 'mse-loss',
    instead: 'mse-loss',
    from: 'values',
    title: 'mean of (x − y)²',
    fix: 'squares and their sum in float32',
    clauses: { main: 'MSE-1' },
    build: ofPair((x, y) => each('d²', 'd²', k.square, errorOf(x, y))),
  },
  {
    ...PAIR,
    params: ['reduction', 'beta'],
    id: 'smooth-l1',
    op: 'smooth-l1-loss',
    instead: 'smooth-l1-loss',
    from: 'values',
    title: 'where(|d| < β, d² / 2β, |d| − β / 2)',
    fix: 'smooth-l1-loss, which with beta = 0 is l1-loss',
    clauses: { main: 'SMOOTH-5', branch: 'SMOOTH-5' },
    build: ofPair((x, y, { beta }) => smoothL1(x, y, Number(beta))),
  },
  {
    params: ['reduction'],
    inputs: ['input', 'target', 'var'],
    id: 'gaussian',
    op: 'gaussian-nll-loss',
    instead: 'gaussian-nll-loss',
    from: 'values',
    title: '(log(v) + d² / v) / 2',
    fix: 'gaussian-nll-loss: a variance below eps counts as eps, and none may be negative',
    clauses: { main: 'GNLL-1', range: 'GNLL-6' },
    build: gaussian,
  },
];
