/** # Adaptive log-softmax: p(y) = p(y | cluster) p(cluster), and backpropagation through its layers */
import { type Float, read } from '../../mpfr.ts';
import { all, type Row, type Table } from '../book.ts';
import { softmax, sum } from '../formulas.ts';

const of = (n: number, f: (i: number) => Float): Row => Array.from({ length: n }, (_, i) => f(i));

/** ln Σ e^(xᵢ − x_c) */
const surprise = (x: Row, c: number): Float => {
  const top = x.reduce((a, b) => (b.minus(a).sign() > 0 ? b : a));
  const others = x.toSpliced(x.indexOf(top), 1).map((xi) => xi.minus(top).exp());
  return top.minus(x[c]!).plus(sum(others).log1p());
};
const slopes = (x: Row, c: number): Row =>
  softmax(x).map((p, j) => (j === c ? sum(softmax(x).filter((_, i) => i !== c)).neg() : p));

export const table: Table = {
  'adaptive-log-softmax-with-loss': (t, given, u) => {
    const [K, P, F] = t.tailProject!.shape as [number, number, number];
    const [H, Z] = [t.headWeight!.shape[0]!, t.tailWeight!.shape[0]!];
    const heads = [...all(t.headWeight), ...all(t.clusterWeight)];
    const biases = [
      ...(t.headBias ? all(t.headBias) : of(H, () => read(0))),
      ...(t.clusterBias ? all(t.clusterBias) : of(K, () => read(0))),
    ];
    const [x, V, U] = [all(t.input), all(t.tailProject), all(t.tailWeight)];
    const zeros = (n: number): Float[] => [...of(n, () => read(0))];
    const grad = {
      ...{ input: zeros(x.length), head: zeros((H + K) * F), bias: zeros(H + K) },
      ...{ tailProject: zeros(K * P * F), tailWeight: zeros(Z * P) },
    };
    const add = (to: Float[], i: number, value: Float): void => {
      to[i] = to[i]!.plus(value);
    };
    const N = t.target!.data.length;
    const isNone = given.reduction === 'none';
    const values = Array.from({ length: N }, (_, n) => {
      const share = u(isNone ? n : 0).div(given.reduction === 'mean' ? N : 1);
      const y = t.target!.data[n]!;
      const k = y < H ? -1 : t.cluster!.data[y - H]!;
      const logits = of(H + K, (c) =>
        sum(of(F, (d) => heads[c * F + d]!.times(x[n * F + d]!))).plus(biases[c]!),
      );
      const own = k < 0 ? y : H + k;
      for (const [c, g] of slopes(logits, own).entries()) {
        add(grad.bias, c, g.times(share));
        for (let d = 0; d < F; d++) {
          add(grad.head, c * F + d, g.times(share).times(x[n * F + d]!));
          add(grad.input, n * F + d, g.times(share).times(heads[c * F + d]!));
        }
      }
      if (k < 0) return surprise(logits, own);
      const members = [...Array.from(t.cluster!.data).keys()].filter(
        (z) => t.cluster!.data[z] === k,
      );
      const h = of(P, (p) => sum(of(F, (d) => V[(k * P + p) * F + d]!.times(x[n * F + d]!))));
      const inner = members.map((z) => sum(of(P, (p) => U[z * P + p]!.times(h[p]!))));
      const at = members.indexOf(y - H);
      for (const [i, g] of slopes(inner, at).entries())
        for (let p = 0; p < P; p++) {
          const z = members[i]!;
          add(grad.tailWeight, z * P + p, g.times(share).times(h[p]!));
          const back = g.times(share).times(U[z * P + p]!);
          for (let d = 0; d < F; d++) {
            add(grad.tailProject, (k * P + p) * F + d, back.times(x[n * F + d]!));
            add(grad.input, n * F + d, back.times(V[(k * P + p) * F + d]!));
          }
        }
      return surprise(logits, own).plus(surprise(inner, at));
    });
    return {
      out: isNone ? values : [sum(values).div(given.reduction === 'mean' ? N : 1)],
      grad: {
        ...{ input: grad.input, tailProject: grad.tailProject, tailWeight: grad.tailWeight },
        ...{ headWeight: grad.head.slice(0, H * F), clusterWeight: grad.head.slice(H * F) },
        ...{ headBias: grad.bias.slice(0, H), clusterBias: grad.bias.slice(H) },
      },
    };
  },
};
