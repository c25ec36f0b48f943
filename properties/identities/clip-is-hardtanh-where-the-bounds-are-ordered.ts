/**
 *     clip(x; a, b) = hardtanh(x; a, b)    where a ≤ b, both finite
 */
import { clip, hardtanh } from '../../spec/index.ts';
import { restated } from '../restated.ts';

/** Bounds of hardtanh are finite. */
const finite = (bound: number): number => Math.max(-16, Math.min(16, bound));

export const { certified, law } = restated({
  name: 'clip-is-hardtanh-where-the-bounds-are-ordered',
  says: 'clip(x) is hardtanh(x) with the same bounds',
  op: clip,
  given: ({ min, max }) => ({
    min: finite(Math.min(+min!, +max!)),
    max: finite(Math.max(+min!, +max!)),
  }),
  as: hardtanh,
  with: ({ min, max }) => ({ minVal: min!, maxVal: max! }),
});
