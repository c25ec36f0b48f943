/** # What is worth trying, by its address */

export interface Example {
  readonly title: string;
  readonly hash: string;
}
const at = (title: string, said: { readonly [name: string]: string }): Example => ({
  title,
  hash: `#${new URLSearchParams(said)}`,
});

const [CE, BCE, LOGITS] = [
  'cross-entropy',
  'binary-cross-entropy',
  'binary-cross-entropy-with-logits',
];
export const examples: readonly Example[] = [
  at('log(softmax): e¹²⁰', { op: CE!, input: '120, 3, -5', target: '1' }),
  at('σ(17) = 1', { op: LOGITS!, input: '17', target: '0' }),
  at('0 · ∞', { op: LOGITS!, input: '-200', target: '0' }),
  at('float16', { op: CE!, format: 'f16', input: '12, 3, -5', target: '0' }),
  at('0/0', { op: CE!, input: '[[1, 2, 3]]', target: '[-100]' }),
  at('p = ½', { op: BCE!, input: '0.5', target: '1' }),
  at('z = 0', { op: LOGITS!, input: '0', target: '1' }),
  at('z = (0, 0)', { op: CE!, input: '0, 0', target: '0' }),
  at('softplus(100)', { op: 'softplus', input: '-100, 1, 89, 100' }),
];
