/** # Mathematics as it is typed, as LaTeX */
import { describe, expect, test } from 'vitest';
import { openingComment } from '../../docs/build/comment.ts';
import { equations } from '../../docs/build/equations.ts';
import { facts } from '../../docs/build/facts.ts';
import { type Names, toLatex } from '../../docs/build/formula.ts';

const names: Names = { known: new Set(['eps', 'margin']), word: (text) => text };
const tight = (tex: string): string => tex.replaceAll(/\\[,;]| /g, '');

describe('a line', () => {
  test.each([
    ['1 / (1 + e^−x)', '\\frac{1}{1+e^{-x}}'],
    ['w d² / 2', '\\frac{wd^{2}}{2}'],
    ['1/C Σ_c x_c', '\\frac{1}{C}\\sum_{c}x_{c}'],
    ['u · v / √(a b)', '\\frac{u\\cdotv}{\\sqrt{ab}}'],
    ['Σ_c ∂f / ∂x_c', '\\sum_{c}\\frac{\\partialf}{\\partialx_{c}}'],
    ['|d| + log(1 + e^−2|d|)', '\\lvertd\\rvert+\\log(1+e^{-2\\lvertd\\rvert})'],
    ['α (e^(x/α) − 1)', '\\alpha(e^{x/\\alpha}-1)'],
    ['softmax(x)ᵢ', '\\operatorname{softmax}(x)_{i}'],
    ['max(eps, 1e−12)', '\\max(\\mathrm{eps},10^{-12})'],
    ['p − q / r + s', 'p-\\frac{q}{r}+s'],
    ['KL(p ‖ m)', '\\operatorname{KL}(p\\parallelm)'],
    ["W' x + b", "W'x+b"],
  ])('%s', (text, due) => expect(tight(toLatex(text, names))).toBe(due));
  test.each(['x ☃ y', '(x', 'x)', 'e^'])('%s cannot be read', (text) => {
    expect(() => toLatex(text, names)).toThrow(SyntaxError);
  });
  test('two braces never stand next to each other', () => {
    expect(toLatex('e^(1 / √(x / 2))', names)).not.toMatch(/\{\{|\}\}/);
  });
});

describe('a block', () => {
  test('of cases, with an equation beside it', () => {
    const tex = equations(
      ['f(x) = x² / 2     where |d| < 1       d = x − y', '       |d| − 1    elsewhere'],
      names,
    )!;
    expect(tight(tex)).toBe(
      tight(`\\begin{aligned}
f (x) &= \\begin{dcases} \\frac{x^{2}}{2} & \\text{ where }\\lvert d\\rvert < 1 \\\\
\\lvert d\\rvert - 1 & \\text{ elsewhere } \\end{dcases} \\\\
d &= x - y
\\end{aligned}`).replaceAll(/(?<=\\\\)\n(?=\\lvert)/g, ''),
    );
  });
  test('that cannot be read is left as it is', () => {
    expect(equations(['x = ☃'], names)).toBeUndefined();
  });
});

test('every definition has a formula that can be read', () => {
  const all = facts('.');
  const without = all.ops.filter((op) => {
    const { parts } = openingComment(all.sourceOf(op));
    const blocks = parts.flatMap((part) => (part.kind === 'formula' ? [part.lines] : []));
    return blocks.length === 0 || blocks.some((lines) => equations(lines, names) === undefined);
  });
  expect(without.map(({ id }) => id)).toEqual([]);
  expect(all.ops.length).toBe(86);
});
