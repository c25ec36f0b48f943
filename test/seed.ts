/** The seed of everything that is drawn in these tests: `TOUCHSTONE_SEED`, or always the same. */
export const seed = seedFrom(process.env.TOUCHSTONE_SEED);

function seedFrom(text = '1'): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number === (number | 0)) return number;
  throw new RangeError(`TOUCHSTONE_SEED is ${text} but should be an integer of 32 bits`);
}
