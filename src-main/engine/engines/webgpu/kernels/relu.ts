/** In WGSL the ReLU of a value that has a name. What is no number stays so, as with TensorFlow: `max` would make it 0, and hide that a run diverged. */
export function positivePart(value: string): string {
  return `select(${value}, 0.0, ${value} <= 0.0)`;
}

/** What passes of the gradient `dy[i]`, by the output `y[i]`. */
export const RELU_GRADIENT = 'select(0.0, dy[i], y[i] > 0.0)';
