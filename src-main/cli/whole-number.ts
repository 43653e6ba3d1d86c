import type { TrainersAtOnce } from '../../src-shared/studies/trainers-at-once.ts';
import { InvalidArgumentError } from 'commander';

/** Reads an option's value. @throws InvalidArgumentError, which commander puts into its own message */
export function wholeNumber(text: string): number {
  return read(text, 'a whole number of at least 1');
}

/** @throws InvalidArgumentError */
export function wholeNumberOrAuto(text: string): TrainersAtOnce {
  return text === 'auto' ? text : read(text, 'a whole number of at least 1, or auto');
}

/** Off is 1. @throws InvalidArgumentError */
export function wholeNumberAutoOrOff(text: string): number | 'auto' {
  if (text === 'auto') return text;
  return text === 'off' ? 1 : read(text, 'a whole number of at least 1, auto or off');
}

function read(text: string, wanted: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`Give ${wanted}.`);
}
