/**
 * How numbers are written, everywhere: on pages, in figures, in reports and in the terminal. The linter refuses JavaScript's own
 * ways elsewhere. No line ends within a percentage or the size of a sample: the spaces there do not break.
 */

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
/** More digits are the rounding of a computation. */
const TYPED = new Intl.NumberFormat('en', { maximumSignificantDigits: 15 });

interface Unit {
  readonly unit: string;
  readonly size: number;
}

const COUNTS: readonly Unit[] = [
  { unit: ' P', size: 1e15 },
  { unit: ' T', size: 1e12 },
  { unit: ' G', size: 1e9 },
  { unit: ' M', size: 1e6 },
  { unit: ' k', size: 1e3 },
  { unit: '', size: 1 },
];
const BYTES: readonly Unit[] = [
  { unit: 'GB', size: 1e9 },
  { unit: 'MB', size: 1e6 },
  { unit: 'kB', size: 1e3 },
  { unit: 'B', size: 1 },
];

/** The largest unit that is not larger than the value; of values below one, the smallest. */
function scale(value: number, units: readonly Unit[]): Unit {
  return units.find(({ size }) => value >= size) ?? { unit: units.at(-1)?.unit ?? '', size: 1 };
}

/** A whole number with commas, e.g. `1,248,424`; a dash for nothing. */
export function whole(value: number | bigint | null): string {
  return value === null ? '–' : WHOLE.format(value);
}

/** A number as it was given, with commas: `0.0001`, `2,000`. */
export function typed(value: number): string {
  return TYPED.format(value);
}

/** With so many decimals, e.g. `0.50`; what rounds to zero has no sign. */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}

/** In so many significant digits, zeros at the end included, e.g. `0.500`. */
export function significant(value: number, digits: number): string {
  return value.toPrecision(digits);
}

/** Rounded to so many significant digits: without zeros at the end. */
export function roundedTo(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** Rounded to so many decimals: without zeros at the end. */
export function roundedAt(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

/** A power of ten and what it is multiplied by, for what may be of any size: `1.2e-7`. */
export function powerOfTen(value: number, decimals?: number): string {
  return value.toExponential(decimals);
}

/** A number of any size: in so many digits, from a thousand whole and with commas: `0.0512`, `12.00`, `1,248`. */
export function plain(value: number, digits = 4): string {
  if (value === 0) return '0';
  return Math.abs(value) < 1000 ? significant(value, digits) : whole(value);
}

/** A loss, as charts show it: `0.6931`; of one that diverges `4.43e+10`. */
export function lossText(value: number): string {
  return value < 1e6 ? plain(value) : powerOfTen(value, 2);
}

/** `1,429 images/s`. */
export function speedText(imagesPerSecond: number): string {
  return `${whole(imagesPerSecond)} images/s`;
}

/** A count in three significant digits, e.g. `735 k`, `1.25 M`, `860 M`, `640`; a dash for nothing. */
export function shortCount(value: number | null): string {
  if (value === null) return '–';
  const { unit, size } = scale(value, COUNTS);
  return `${roundedTo(value / size, 3)}${unit}`;
}

/** How many there are, as notes and brackets say it: `n = 3`, which no line breaks; a text instead of a number stands as it is. */
export function nText(n: number | string): string {
  return `n\u00a0=\u00a0${typeof n === 'number' ? whole(n) : n}`;
}

/** Of two that may differ: `n = 3`, or `n = 3 and 5`. */
export function nOfTwo(one: number, other: number): string {
  return nText(one === other ? one : `${whole(one)} and ${whole(other)}`);
}

/** A share of one in percent, e.g. `81.2 %`; a dash for nothing. */
export function percent(share: number | null, digits = 1): string {
  return share === null ? '–' : `${fixed(100 * share, digits)}\u00a0%`;
}

/** Bytes in decimal units, e.g. `4.8 MB`. */
export function decimalSize(bytes: number): string {
  const { unit, size } = scale(bytes, BYTES);
  const scaled = bytes / size;
  return `${fixed(scaled, size === 1 || scaled >= 100 ? 0 : 1)} ${unit}`;
}

/** Decimal megabytes, 10^6 bytes, e.g. `4.99 MB`. The literature mixes both units, so both are shown. */
export function megabytes(bytes: number): string {
  return `${fixed(bytes / 1e6, 2)} MB`;
}

/** Binary mebibytes, 2^20 bytes, e.g. `4.76 MiB`. */
export function mebibytes(bytes: number): string {
  return `${fixed(bytes / 2 ** 20, 2)} MiB`;
}

/** Both, which differ by 5 % and are often confused: `4.99 MB (4.76 MiB)`. */
export function bothSizes(bytes: number): string {
  return `${megabytes(bytes)} (${mebibytes(bytes)})`;
}

/** A difference with its sign, `+1,024` or `−1,024`; an empty word for none. */
export function signedDifference(difference: number, text: (value: number) => string): string {
  if (difference === 0) return '';
  return `${difference > 0 ? '+' : '−'}${text(Math.abs(difference))}`;
}

/** Seconds for people: `42 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return pair(Math.floor(whole / 60), 'min', whole % 60, 's');
  if (whole < 86_400) return pair(Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'min');
  return pair(Math.floor(whole / 86_400), 'd', Math.floor((whole % 86_400) / 3600), 'h');
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** For terminals and files of data, where a space is looked for: those that do not break as plain ones. */
export function withPlainSpaces(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
