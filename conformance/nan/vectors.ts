/** # Textbooks of vectors and sets: lengths, angles, overlaps */
import { number } from '../../spec/param.ts';
import * as k from './kernels.ts';
import { alike, bySets, byVectors } from './layout.ts';
import { times } from './pair.ts';
import { reduced } from './reduced.ts';
import { along, constant, each, type Step } from './stages.ts';
import type { Textbook } from './textbook.ts';

/** √Σ x² */
function length(name: string, x: Step): Step {
  const squares = each(`${x.name}²`, `${x.name}²`, k.square, x);
  const sum = along(`Σ ${x.name}²`, `Σ ${x.name}²`, k.sum, squares);
  return each(name, `√(Σ ${x.name}²)`, k.sqrt, sum);
}

/** max(0, |a − p| − |a − n| + margin) */
const triplet: Textbook['build'] = (asked, settings) => {
  const { op } = asked;
  const a = byVectors(asked, 'anchor', true);
  const p = alike(op, a, byVectors(asked, 'positive', true), 'anchor');
  const n = alike(op, a, byVectors(asked, 'negative', true), 'anchor');
  const near = length('d(a, p)', each('u', 'a − p', k.subtract, a, p));
  const far = length('d(a, n)', each('v', 'a − n', k.subtract, a, n));
  const gap = each('g', 'd(a, p) − d(a, n)', k.subtract, near, far);
  const open = each('g + margin', 'g + margin', k.add, gap, constant(Number(settings.margin)));
  const terms = each('t', 'max(g + margin, 0)', k.larger, open, constant(0));
  return reduced(terms, terms.size, settings);
};

/** −Σ x y / (|x| |y|) */
const cosine: Textbook['build'] = (asked, settings) => {
  const x = byVectors(asked, 'input', true);
  const y = alike(asked.op, x, byVectors(asked, 'target'), 'input');
  const dot = along('x · y', 'Σ xᵢ yᵢ', k.sum, times('xᵢ yᵢ', x, y));
  const lengths = times('|x| |y|', length('|x|', x), length('|y|', y));
  const terms = each('t', '−c', k.negate, each('c', 'x · y / (|x| |y|)', k.divide, dot, lengths));
  return reduced(terms, terms.size, settings);
};

/** 1 − (2 Σ p y + s) / (Σ p + Σ y + s) */
const dice: Textbook['build'] = (asked, settings) => {
  const p = bySets(asked, 'input', true);
  const y = alike(asked.op, p, bySets(asked, 'target'), 'input');
  const s = constant(Number(settings.smooth));
  const both = along('Σ p y', 'Σ p y', k.sum, times('p y', p, y));
  const top = each('2 Σ p y + s', '2 Σ p y + s', k.add, times('2 Σ p y', both, constant(2)), s);
  const sizes = each(
    'Σ p + Σ y',
    'Σ p + Σ y',
    k.add,
    along('Σ p', 'Σ p', k.sum, p),
    along('Σ y', 'Σ y', k.sum, y),
  );
  const whole = each('Σ p + Σ y + s', 'Σ p + Σ y + s', k.add, sizes, s);
  const ratio = each('r', `(${top.name}) / (${whole.name})`, k.divide, top, whole);
  const terms = each('t', '1 − r', k.subtract, constant(1), ratio);
  return reduced(terms, terms.size, settings);
};

export const vectorTextbooks: readonly Textbook[] = [
  {
    id: 'triplet',
    op: 'triplet-margin-loss',
    instead: 'triplet-margin-loss',
    from: 'values',
    title: 'max(0, ‖a − p‖ − ‖a − n‖ + margin), without eps',
    params: ['reduction', 'margin'],
    inputs: ['anchor', 'positive', 'negative'],
    fix: 'triplet-margin-loss, which adds eps to every component and has the slope 0 at a distance of 0',
    clauses: { main: 'TRIP-1', root: 'TRIP-5' },
    build: triplet,
  },
  {
    id: 'cosine',
    op: 'cosine-similarity-loss',
    instead: 'cosine-similarity-loss',
    from: 'values',
    title: '−x · y / (‖x‖ ‖y‖), without eps',
    params: ['reduction'],
    inputs: ['input', 'target'],
    fix: 'cosine-similarity-loss, in which a length below eps counts as eps',
    clauses: { main: 'COSL-3', root: 'COSL-4' },
    build: cosine,
  },
  {
    id: 'dice',
    op: 'dice-loss',
    instead: 'dice-loss',
    from: 'probabilities',
    title: '1 − (2 Σ p y + s) / (Σ p + Σ y + s)',
    params: ['reduction'],
    // As most code has it.
    own: { smooth: number({ default: 0, min: 0 }) },
    inputs: ['input', 'target'],
    fix: 'dice-loss with its smooth of 1, for which two empty sets cost 0',
    clauses: { main: 'DICE-4' },
    build: dice,
  },
];
