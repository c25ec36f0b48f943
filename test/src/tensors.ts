/** Tensors as operators take them. */
type Numbers = readonly number[];

/** A vector where no shape is given. */
export const floats = (data: Numbers, shape: Numbers = [data.length]) => ({
  data: Float32Array.from(data),
  shape,
});
export const classes = (data: Numbers, shape: Numbers = [data.length]) => ({
  data: Int32Array.from(data),
  shape,
});
