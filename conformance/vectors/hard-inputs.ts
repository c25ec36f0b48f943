/**
 * # Hard inputs, written by `npm run sweeps`
 *
 * Of all 2³² inputs of a function those whose exact results come nearest to the middle between two
 * float32, the nearest first, as bits.
 */
export interface HardInputs {
  readonly op: string;
  readonly params: { readonly [name: string]: number | string | boolean };
  readonly of: 'value' | 'derivative';
  readonly inputs: string;
}

export const hardInputs: readonly HardInputs[] = [
  {
    op: 'celu',
    params: { alpha: 1 },
    of: 'value',
    inputs: 'b675cbfc b37fffff b7270b91 bb7b3b6c b6a1979b b3800000 b3b504f4 bf777395',
  },
  {
    op: 'celu',
    params: { alpha: 1 },
    of: 'derivative',
    inputs: 'c2b2e798 bb9cbb8e c16912cd b2fffffe b3c00000 bb9af86a bbf0edf1 c159fa1e',
  },
  {
    op: 'elu',
    params: { alpha: 1 },
    of: 'value',
    inputs: 'b675cbfc b37fffff b7270b91 bb7b3b6c b6a1979b b3800000 b3b504f4 bf777395',
  },
  {
    op: 'elu',
    params: { alpha: 1 },
    of: 'derivative',
    inputs: 'c2b2e798 bb9cbb8e c16912cd b2fffffe b3c00000 bb9af86a bbf0edf1 c159fa1e',
  },
  {
    op: 'exponential',
    params: {},
    of: 'value',
    inputs: 'c2b2e798 bb9cbb8e c16912cd 3b8c972e b2fffffe b3c00000 bb9af86a bbf0edf1',
  },
  {
    op: 'exponential',
    params: {},
    of: 'derivative',
    inputs: 'c2b2e798 bb9cbb8e c16912cd 3b8c972e b2fffffe b3c00000 bb9af86a bbf0edf1',
  },
  {
    op: 'gelu',
    params: { approximate: 'none' },
    of: 'value',
    inputs: '37b0a46f b7b0a46f 37f5c377 b8028e89 c0186373 366c4759 b7f5c377 38ca1be2',
  },
  {
    op: 'gelu',
    params: { approximate: 'none' },
    of: 'derivative',
    inputs: 'b8d0df65 b2a06c99 33206c99 bddcf206 3d95c72e 40411b04 3c0a31fb b9550b38',
  },
  {
    op: 'gelu',
    params: { approximate: 'tanh' },
    of: 'value',
    inputs: '37b0a46f b7b0a46f b6d32ea6 36d32ea6 3b7fa0a9 3efd3a8d b95b5b3e 395b5b3e',
  },
  {
    op: 'gelu',
    params: { approximate: 'tanh' },
    of: 'derivative',
    inputs: 'b2a06c99 33206c99 b2a06c98 b2a06c9a b370a2e5 b370a2e6 b3c887bf b40c5f06',
  },
  {
    op: 'hard-sigmoid-affine',
    params: { alpha: 0.2, beta: 0.5 },
    of: 'value',
    inputs: 'b39fffff b3a00001 341fffff 34200001 341ffffe 34200002 34efffff 34f00001',
  },
  {
    op: 'hardsigmoid',
    params: {},
    of: 'value',
    inputs: 'b3bfffff b3c00001 343fffff 34400001 b3bffffe b3c00002 343ffffe 34400002',
  },
  {
    op: 'hardswish',
    params: {},
    of: 'value',
    inputs: '3746e079 b746e079 37c27be3 b7c27be3 387429f4 b87429f4 362ad550 37758941',
  },
  {
    op: 'hardswish',
    params: {},
    of: 'derivative',
    inputs: 'b33fffff b3400001 33bfffff 33c00001 b33ffffe b3400002 33bffffe 33c00002',
  },
  {
    op: 'logsigmoid',
    params: {},
    of: 'value',
    inputs: '42b2e798 b9ea41d0 bad68ba7 b4441717 ba76656f bdac726f b98b9622 b3882e2f',
  },
  {
    op: 'logsigmoid',
    params: {},
    of: 'derivative',
    inputs: '33800000 b4000000 35d80000 36740000 b7120000 369a0000 36ba0000 37110000',
  },
  {
    op: 'mish',
    params: {},
    of: 'value',
    inputs: '34a3f383 4099733a b3a00000 33a00000 3b64c4d0 356515cc b6438ced b7e2e453',
  },
  {
    op: 'mish',
    params: {},
    of: 'derivative',
    inputs: 'b2200000 33b3ffff 3f3d360f 375a980e 3fd1cb0a b220000a c153db1e c26bb3e3',
  },
  {
    op: 'selu',
    params: {},
    of: 'value',
    inputs: '80395b45 b089b67d beedece2 a5f421f9 b2ef349a bd716934 b1fc09b9 adb32302',
  },
  {
    op: 'selu',
    params: {},
    of: 'derivative',
    inputs: 'bc3f3dd6 b4aaed6b b34a8658 ba7f5dbd bf170390 b4868643 b74eb252 babceb9c',
  },
  {
    op: 'sigmoid',
    params: {},
    of: 'value',
    inputs: 'b3800000 34000000 b5d80000 b6740000 37120000 b69a0000 b6ba0000 b7110000',
  },
  {
    op: 'sigmoid',
    params: {},
    of: 'derivative',
    inputs: '3b78e6e2 3fc6944a bb78e6e2 bfc6944a 42b2e798 c2b2e798 40154f1e c0154f1e',
  },
  {
    op: 'silu',
    params: { alpha: 1 },
    of: 'value',
    inputs: '35400000 b5400000 37300000 b7300000 36600000 b6600000 b3800000 37100000',
  },
  {
    op: 'silu',
    params: { alpha: 1 },
    of: 'derivative',
    inputs: 'b3000000 33800000 b5580000 36d20000 b6d10000 b5f40000 b62e0000 370f0000',
  },
  {
    op: 'soft-cap',
    params: { cap: 30 },
    of: 'value',
    inputs: '406c05df c06c05df 3ed7cda7 bed7cda7 42f9a220 c2f9a220 3ea00942 bea00942',
  },
  {
    op: 'soft-cap',
    params: { cap: 30 },
    of: 'derivative',
    inputs: '3e6852aa be6852aa 3ba9b4a4 bba9b4a4 423ccb07 c23ccb07 3ba9b4a3 bba9b4a3',
  },
  {
    op: 'softplus',
    params: { beta: 1, threshold: Infinity },
    of: 'value',
    inputs: 'c2b2e798 39ea41d0 3ad68ba7 34441717 3a76656f 3dac726f 398b9622 33882e2f',
  },
  {
    op: 'softplus',
    params: { beta: 1, threshold: Infinity },
    of: 'derivative',
    inputs: 'b3800000 34000000 b5d80000 b6740000 37120000 b69a0000 b6ba0000 b7110000',
  },
  {
    op: 'softsign',
    params: {},
    of: 'value',
    inputs: 'bc7c0fc2 3c7c0fc2 bc0b8116 3c0b8116 bbc17b88 3bc17b88 3d953cf1 3dbf0941',
  },
  {
    op: 'softsign',
    params: {},
    of: 'derivative',
    inputs: '65000000 e5000000 5fd222e0 dfd222e0 552aaaa8 d52aaaa8 3b16aee2 bb16aee2',
  },
  {
    op: 'sparse-plus',
    params: {},
    of: 'value',
    inputs: '39800fff 38f0cc76 b97d1bd2 3bac57ba 33000000 ba8175de bacd60b1 3d328351',
  },
  {
    op: 'sparse-plus',
    params: {},
    of: 'derivative',
    inputs: '337fffff b2ffffff 337ffffe 33800001 b2fffffe b3000001 337ffffd b2fffffd',
  },
  {
    op: 'sparse-sigmoid',
    params: {},
    of: 'value',
    inputs: '337fffff b2ffffff 337ffffe 33800001 b2fffffe b3000001 337ffffd b2fffffd',
  },
  {
    op: 'squareplus',
    params: { b: 4 },
    of: 'value',
    inputs: 'c57ffffe 37feff81 cb7c3237 cb7e01ff c0e8723d cb7fffff c2d3e009 baf4fb4e',
  },
  {
    op: 'squareplus',
    params: { b: 4 },
    of: 'derivative',
    inputs: 'e5000000 b3800000 34000000 b5d80000 36e40000 b69a0000 b6740000 35900000',
  },
  {
    op: 'tanh',
    params: {},
    of: 'value',
    inputs: '39b89ba2 b9b89ba2 3ac37de2 bac37de2 39b89ba3 b9b89ba3 3eee0566 beee0566',
  },
  {
    op: 'tanh',
    params: {},
    of: 'derivative',
    inputs: '3af8e6e2 3f46944a baf8e6e2 bf46944a 3f954f1e bf954f1e 41b6e4b4 c1b6e4b4',
  },
  {
    op: 'tanhshrink',
    params: {},
    of: 'value',
    inputs: '27400000 a7400000 28100000 a8100000 a8700000 28700000 28d80000 a8d80000',
  },
  {
    op: 'tanhshrink',
    params: {},
    of: 'derivative',
    inputs: '1a000000 9a000000 1b200000 9b200000 1ac00000 9ac00000 1b600000 9b600000',
  },
];
