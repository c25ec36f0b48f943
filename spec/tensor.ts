/** # Tensors: a shape, a kind of number, and elements in row-major order */

export type Dtype = 'f16' | 'bf16' | 'f32' | 'f64' | 'i32' | 'i64' | 'u8';

export interface Tensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Exact values; whole numbers where `dtype` is an integer. */
  readonly data: ArrayLike<number>;
}
export type Tensors = { readonly [name: string]: Tensor | undefined };

/** A tensor of float32 unless said otherwise; the data must already be values of the dtype. */
export const tensor = (
  shape: readonly number[],
  data: ArrayLike<number>,
  dtype: Dtype = 'f32',
): Tensor => ({ dtype, shape, data });

export const isInteger = (dtype: Dtype): boolean =>
  dtype === 'i32' || dtype === 'i64' || dtype === 'u8';

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
