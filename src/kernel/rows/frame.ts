/**
 * # What the WebAssembly of a row kernel has at hand
 *
 * Parameters: how many rows there are, the bytes of a row of float32, and where the arrays are.
 * Addresses of arrays with something `per` element or row go forward with the rows; `offset` is
 * where a loop over a row is, in bytes of float32.
 */
import { type Code, f32x4, get, I32, i32, i32x, set, v128 } from '../assembler.ts';
import type { Constants, Loads } from '../constants.ts';
import type { Expression } from '../expression.ts';
import { Emitter, type Memory } from '../simd.ts';
import { type Argument, argumentsOf, keptName, keptOf, type RowKernel } from './language.ts';

export const ROWS = 0;
export const WIDTH = 1;
const ARRAYS = 2;

export interface Frame {
  readonly emitter: Emitter;
  /** Code that has to come first. */
  readonly prologue: () => Code;
  readonly constants: Loads;
  readonly given: readonly Argument[];
  readonly address: (name: string) => number;
  readonly offset: number;
  readonly end: number;
  /** The bytes of the row after the last whole vector. */
  readonly tail: number;
  /** The locals of values of the row. */
  readonly values: Map<Expression, number>;
  readonly kept: readonly Expression[];
  readonly elements: ReadonlySet<Expression>;
}

export function frameOf(kernel: RowKernel, constants: Constants): Frame {
  const given = argumentsOf(kernel);
  const { emitter, prologue } = Emitter.holding(constants, ARRAYS + given.length, false);
  return {
    emitter,
    prologue,
    constants: emitter.constants,
    given,
    address: (name) => ARRAYS + given.findIndex((argument) => argument.name === name),
    offset: emitter.local(I32),
    end: emitter.local(I32),
    tail: emitter.local(I32),
    values: new Map(),
    kept: keptOf(kernel),
    elements: new Set([...kernel.inputs, ...(kernel.columns ?? [])]),
  };
}

/** Where the four elements at `offset` are. */
export const pointer = (frame: Frame, name: string): Code => [
  ...[...get(frame.address(name)), ...get(frame.offset), ...i32x.add],
];

/** The same among what is kept, which are float64. */
const keptPointer = (frame: Frame, e: Expression): Code => [
  ...get(frame.address(keptName(frame.kept.indexOf(e)))),
  ...[...get(frame.offset), ...i32(1), ...i32x.shl, ...i32x.add],
];

/** Where the element at the row's index is. */
export const elementPointer = (frame: Frame, array: string, index: string): Code => [
  ...[...get(frame.address(array)), ...get(frame.address(index)), ...i32x.load],
  ...[...i32(2), ...i32x.shl, ...i32x.add],
];

/** Reads what values of the row are made of. */
export const rowMemory = (frame: Frame): Memory => ({
  read(e) {
    if (e.kind === 'at') {
      const [x, index] = e.of as [Expression, Expression];
      const element = elementPointer(frame, x.name, index.name);
      return [...element, ...v128.loadFloat(), ...f32x4.promote];
    }
    if (e.kind !== 'input') return undefined;
    return [...get(frame.address(e.name)), ...v128.loadDouble()];
  },
  keep() {
    throw new TypeError('a value of the row needs not be kept');
  },
});

export type Half = 0 | 1;

/**
 * Code for the values of bodies at a half of the four elements at `offset` + `shift`; `known` are
 * locals that have parts of them. Halves are loaded by themselves: cutting a vector in two takes a
 * port that arithmetic needs.
 */
export const halfOf = (
  frame: Frame,
  bodies: readonly Expression[],
  stored: ReadonlySet<Expression>,
  shift: number,
  half: Half,
  known: readonly (readonly [Expression, number])[],
): readonly Code[] =>
  frame.emitter.emitEach(
    bodies,
    new Map([...frame.values, ...known]),
    halfMemory(frame, stored, shift + HALF * half),
  );

/** Bytes of two float32. */
export const HALF = 8;

/** Two elements as float64, `place` bytes of float32 after `offset`. */
function halfMemory(frame: Frame, stored: ReadonlySet<Expression>, place: number): Memory {
  return {
    read(e) {
      if (frame.elements.has(e)) {
        return [...pointer(frame, e.name), ...v128.loadZero(place), ...f32x4.promote];
      }
      return stored.has(e) ? [...keptPointer(frame, e), ...v128.load(2 * place)] : undefined;
    },
    keep(e) {
      const value = frame.emitter.local();
      return [
        ...[...set(value), ...keptPointer(frame, e)],
        ...[...get(value), ...v128.store(2 * place), ...get(value)],
      ];
    },
  };
}
