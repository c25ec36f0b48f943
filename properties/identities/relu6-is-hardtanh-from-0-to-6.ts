/**
 *     relu6(x) = hardtanh(x; 0, 6)
 */
import { hardtanh, relu6 } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'relu6-is-hardtanh-from-0-to-6',
  says: 'relu6(x) is hardtanh(x) from 0 to 6',
  op: relu6,
  as: hardtanh,
  with: () => ({ minVal: 0, maxVal: 6 }),
});
