/** # Loops over a row, in fours and what is left */
import { allOnes, type Code, get, i32, i32x, i64x2, repeat, set, tee, when } from '../assembler.ts';
import { type Frame, type Half, WIDTH } from './frame.ts';

/** Bytes of four float32. */
export const FOUR = 16;

/**
 * A loop that does `four` for each vector of the row, `times` vectors a round, and `rest` once if
 * one to three elements are left: `tail` is then 4, 8 or 12.
 */
export function overRow(
  { offset, end, tail }: Frame,
  four: (shift: number) => Code,
  rest: Code,
  times: number,
): Code {
  const more = [...get(offset), ...get(end), ...i32x.lessU];
  const wholeRounds = (n: number): Code => {
    const round = Array.from({ length: n }, (_, i) => four(FOUR * i)).flat();
    const step = [...get(offset), ...i32(FOUR * n), ...i32x.add, ...set(offset)];
    return [
      ...[...get(WIDTH), ...i32(-FOUR * n), ...i32x.and, ...set(end)],
      ...when(more, repeat([...round, ...step], more)),
    ];
  };
  return [
    ...[...i32(0), ...set(offset)],
    ...(times > 1 ? wholeRounds(times) : []),
    ...wholeRounds(1),
    ...when([...get(WIDTH), ...i32(FOUR - 1), ...i32x.and, ...tee(tail)], rest),
  ];
}

/** All ones where the elements of a half of the last vector are inside the row. */
export const insideRow = ({ tail }: Frame, half: Half): Code => {
  const element = (i: number) =>
    allOnes([...get(tail), ...i32(4 * (2 * half + i)), ...i32x.greaterU]);
  return [...element(0), ...i64x2.splat, ...element(1), ...i64x2.replaceUpper];
};
