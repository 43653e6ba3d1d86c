/** Who sets it to `off` has nothing measured, and nothing used that was: TensorFlow chooses by itself. */
export const TUNING = 'KINDLING_TUNING';

export function isTuningOff(): boolean {
  return process.env[TUNING] === 'off';
}
