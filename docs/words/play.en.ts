/** # What the playground says, in English */

export const playEn = {
  loading: 'Loading the definitions …',
  operator: 'Loss or activation',
  kinds: {
    elementwise: 'Activations of single elements',
    rowwise: 'Activations of rows',
    loss: 'Losses',
  },
  format: 'Format',
  formats: { f32: 'float32', f16: 'float16', bf16: 'bfloat16' },
  optional: 'optional',
  parameters: 'Parameters',
  examples: 'Examples',
  copy: 'Copy a link to this',
  copied: 'The link is copied.',
  page: 'What it is: the page of {0}',
  typing:
    'A number, a row of numbers, rows on lines of their own, or nested brackets; inf and nan are numbers, too.',
  // The answer
  answer: 'Answer',
  refused: 'Turned down',
  exactly: 'Exactly {0}.',
  exactlyMany: '{0} results.',
  oursIs: 'Our kernel: {0}.',
  firstBorn: '{0} ways leave the finite numbers; the first at {1}.',
  oneBorn: 'One way leaves the finite numbers, at {1}.',
  noneBorn: 'Nothing that is not finite is born.',
  result: 'Result',
  gradient: 'Gradient in {0}',
  ones: 'Of the sum of all results.',
  way: 'way',
  definition: 'The definition, certified',
  nearest: 'nearest {0}',
  ours: 'Our kernel, float32',
  more: '… and {0} more',
  exact: 'exact',
  // Births
  births: 'Where the first NaN or ∞ is born',
  birthsNote:
    'Every operation is correctly rounded in {0}: what is lost is lost by the formula. The path leads from the input to the element.',
  step: 'step',
  formula: 'formula',
  inFormat: 'in {0}',
  forward: '{0} is born at {1} = {2}',
  backward: 'The loss is finite; {0} is born in the gradient, in the slope of {1}',
  through: 'It passes back through {0}: {1}, with g = {2}, gives {3}; exact {4}.',
  batch: '{0} came in with the batch: {1}',
  instead: 'Do:',
};

type Spoken<T> = { readonly [K in keyof T]: T[K] extends string ? string : Spoken<T[K]> };
/** The same keys in every language. */
export type PlayWords = Spoken<typeof playEn>;
