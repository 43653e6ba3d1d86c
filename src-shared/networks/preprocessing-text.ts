import { roundedTo } from '../numbers.ts';
import { Problem } from '../mistakes/problem.ts';
import type { NetworkRecord } from './network-record.ts';

/** What becomes of a picture, in words. */
export function preprocessingText({
  preprocessing,
  input,
}: Pick<NetworkRecord, 'preprocessing' | 'input'>): string {
  const { shortSide, mean, std, scale, channels } = preprocessing;
  const [height, width] = input;
  const inverse = 1 / scale;
  const scaled = scale === 1 ? 'bytes' : `bytes / ${roundedTo(inverse, 6)}`;
  const list = (values: readonly number[]): string => values.map((value) => roundedTo(value, 6)).join(', ');
  return `short side ${shortSide}, centre ${height}x${width}, ${scaled}, mean ${list(mean)}, deviation ${list(std)}${channels === 'bgr' ? ', blue first' : ''}`;
}

/** `0.485,0.456,0.406`. @param field for messages @throws Problem `usage` */
export function numbersOf(field: string, text: string): number[] {
  return text.split(',').map((each) => numberOf(field, each.trim()));
}

/** A number, or a fraction as it is usually written: `1/255`. @throws Problem `usage` */
export function scaleOf(field: string, text: string): number {
  const [one = '', other = '1'] = text.split('/');
  return numberOf(field, one.trim()) / numberOf(field, other.trim());
}

function numberOf(field: string, text: string): number {
  const value = Number(text);
  if (text !== '' && Number.isFinite(value)) return value;
  throw new Problem('usage', `${field}: ${JSON.stringify(text)} is no number.`);
}
