/**
 * # What only says where questions are drawn
 *
 * A plug-in for Stryker: there nothing is mutated, as no answer depends on it.
 */

/** Of inputs, parameters and operators. */
const DRAWN = ['draw', 'exact', 'labels', 'points'];

/** A place in a file, as Babel has it. */
interface Place {
  readonly node: { readonly type: string; readonly key?: { readonly name?: string } };
}

export const strykerPlugins = [
  {
    ...{ kind: 'Ignore', name: 'questions' },
    value: {
      shouldIgnore({ node: { type, key } }: Place): string | undefined {
        const isDrawn = type === 'ObjectProperty' && DRAWN.includes(key?.name ?? '');
        return isDrawn ? 'it says where questions are drawn' : undefined;
      },
    },
  },
];
