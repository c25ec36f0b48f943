/** The seed of everything that is drawn in these tests: `TOUCHSTONE_SEED`, or always the same. */
export const seed = Number(process.env.TOUCHSTONE_SEED ?? 1);
