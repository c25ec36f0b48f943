/** # Rows */
import { all, rowwise, type Table } from '../book.ts';
import { lse, softmax, sum } from '../formulas.ts';

export const table: Table = {
  softmax: rowwise(softmax, (x, u) => {
    const p = softmax(x);
    const common = sum(p.map((pk, k) => pk.times(u[k]!)));
    return p.map((pj, j) => pj.times(u[j]!.minus(common)));
  }),
  'log-softmax': rowwise(
    (x) => x.map((xi) => xi.minus(lse(x))),
    (x, u) => softmax(x).map((p, j) => u[j]!.minus(p.times(sum(u)))),
  ),
  'log-sum-exp': rowwise(
    (x) => [lse(x)],
    (x, [u]) => softmax(x).map((p) => p.times(u!)),
  ),
  linear: ({ input, weight, bias }, _, u) => {
    const [x, w, b] = [all(input), all(weight), all(bias)];
    const [C, D] = weight!.shape as [number, number];
    const N = D === 0 ? 0 : x.length / D;
    const range = (n: number) => Array.from({ length: n }, (_, i) => i);
    const cell = (n: number, c: number) =>
      sum(range(D).map((d) => x[n * D + d]!.times(w[c * D + d]!))).plus(b[c] ?? 0);
    return {
      out: range(N).flatMap((n) => range(C).map((c) => cell(n, c))),
      grad: {
        input: range(N * D).map((i) =>
          sum(range(C).map((c) => u(Math.floor(i / D) * C + c).times(w[c * D + (i % D)]!))),
        ),
        weight: range(C * D).map((i) =>
          sum(range(N).map((n) => u(n * C + Math.floor(i / D)).times(x[n * D + (i % D)]!))),
        ),
        bias: range(C).map((c) => sum(range(N).map((n) => u(n * C + c)))),
      },
    };
  },
};
