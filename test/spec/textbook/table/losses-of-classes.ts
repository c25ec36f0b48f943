/** # Losses of classes */
import { type Float, read } from '../../mpfr.ts';
import { classified, type Given, type Row, type Table } from '../book.ts';
import { atLeast, lse, softmax, sum } from '../formulas.ts';

/** −Σ_k p_k ln(clamp([k = y], eps, 1)), with its slopes. */
function reverse(x: Row, y: number, { eps, probabilityEps }: Given): readonly [Float, Row] {
  const s = softmax(x);
  const least = read(probabilityEps as number);
  const labels = s.map((_, k) => read(k === y ? 1 : (eps as number)).log());
  const value = sum(s.map((sk, k) => atLeast(sk, least).times(labels[k]!))).neg();
  // ∂s_k/∂x_j = s_k ([k = j] − s_j), and nothing where p_k is clamped
  const slopes = s.map((sj, j) =>
    sum(
      s.map((sk, k) =>
        sk.lt(least) ? read(0) : labels[k]!.times(sk).times(read(k === j ? 1 : 0).minus(sj)),
      ),
    ).neg(),
  );
  return [value, slopes];
}

const minus = (x: Row, y: number): Row => x.map((xc, c) => (c === y ? xc.minus(1) : xc));

export const table: Table = {
  'nll-loss': classified((x, y, w) => ({
    value: w[y as number]!.times(x[y as number]!).neg(),
    weight: w[y as number]!,
    slopes: { input: x.map((_, c) => (c === y ? w[c]!.neg() : undefined)) },
  })),
  'cross-entropy': classified((x, y, w, { labelSmoothing }) => {
    const logs = x.map((xc) => xc.minus(lse(x)));
    const epsilon = read(labelSmoothing as number);
    const q = typeof y === 'number' ? x.map((_, c) => read(c === y ? 1 : 0)) : y;
    const hard = sum(q.map((qc, c) => qc.times(w[c]!).times(logs[c]!))).neg();
    const smooth = sum(w.map((wc, c) => wc.times(logs[c]!)))
      .neg()
      .div(x.length);
    const a = q.map((qc, c) =>
      w[c]!.times(qc.minus(qc.times(epsilon)).plus(epsilon.div(x.length))),
    );
    return {
      value: hard.minus(hard.times(epsilon)).plus(smooth.times(epsilon)),
      ...(typeof y === 'number' ? { weight: w[y]! } : {}),
      slopes: {
        input: softmax(x).map((p, j) => p.times(sum(a)).minus(a[j]!)),
        target: logs.map((log, c) => log.times(w[c]!).times(epsilon.minus(1))),
      },
    };
  }),
  'reverse-cross-entropy': classified((x, y, _, p) => {
    const [value, input] = reverse(x, y as number, p);
    return { value, slopes: { input } };
  }),
  'symmetric-cross-entropy': classified((x, y, _, p) => {
    const [value, slopes] = reverse(x, y as number, p);
    const cross = lse(x).minus(x[y as number]!);
    return {
      value: cross.times(p.a as number).plus(value.times(p.b as number)),
      slopes: {
        input: minus(softmax(x), y as number).map((c, j) =>
          c.times(p.a as number).plus(slopes[j]!.times(p.b as number)),
        ),
      },
    };
  }),
};
