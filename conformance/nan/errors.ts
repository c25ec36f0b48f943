/** # Textbooks of divergences and errors, number by number */
import * as k from './kernels.ts';
import { type Asked, alike, byElements } from './layout.ts';
import { mean, ofPair, PAIR, pair, times } from './pair.ts';
import { reduced } from './reduced.ts';
import { constant, each, type Step } from './stages.ts';
import type { Settings, Textbook } from './textbook.ts';

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

export const errorTextbooks: readonly Textbook[] = [
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
