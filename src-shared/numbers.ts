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
const BINARY_BYTES: readonly Unit[] = [
  { unit: 'GiB', size: 2 ** 30 },
  { unit: 'MiB', size: 2 ** 20 },
  { unit: 'KiB', size: 2 ** 10 },
  { unit: 'B', size: 1 },
];

/** The largest unit that is not larger than the value, whatever its sign; of values below one, the smallest. */
function scale(value: number, units: readonly Unit[]): Unit {
  return units.find(({ size }) => Math.abs(value) >= size) ?? { unit: units.at(-1)?.unit ?? '', size: 1 };
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

/** `1,429 images/s`; of a slow training `0.38 images/s`. */
export function speedText(imagesPerSecond: number): string {
  return `${imagesPerSecond < 10 ? roundedTo(imagesPerSecond, 2) : whole(imagesPerSecond)} images/s`;
}

/** A count in three significant digits, e.g. `735 k`, `1.25 M`, `860 M`, `640`; a dash for nothing. */
export function shortCount(value: number | null): string {
  return value === null ? '–' : countInDigits(value, 3);
}

/** The same in so many digits, where three do not tell one from the next. */
export function countInDigits(value: number, digits: number): string {
  const { unit, size } = scale(value, COUNTS);
  return `${roundedTo(value / size, digits)}${unit}`;
}

/** How many there are, as notes and brackets say it: `n = 3`, which no line breaks; a text instead of a number stands as it is. */
export function nText(n: number | string): string {
  return `n\u00a0=\u00a0${typeof n === 'number' ? whole(n) : n}`;
}

/** Of two that may differ: `n = 3`, or `n = 3 and 5`. */
export function nOfTwo(one: number, other: number): string {
  return nText(one === other ? one : `${whole(one)} and ${whole(other)}`);
}

/** A share of one in percent, e.g. `81.2 %`; `< 0.1 %` where little would look like nothing; a dash for nothing. */
export function percent(share: number | null, digits = 1): string {
  if (share === null) return '–';
  const text = fixed(100 * share, digits);
  return share > 0 && Number(text) === 0 ? `<\u00a0${fixed(10 ** -digits, digits)}\u00a0%` : `${text}\u00a0%`;
}

/** Bytes in decimal units, e.g. `4.8 MB`. */
export function decimalSize(bytes: number): string {
  const { unit, size } = scale(bytes, BYTES);
  const scaled = bytes / size;
  return `${fixed(scaled, size === 1 || scaled >= 100 ? 0 : 1)} ${unit}`;
}

/** The size of weights in units of powers of 1000, e.g. `4.99 MB`, `3.20 kB`. The literature mixes both kinds of units, so both are shown. */
export function weightSize(bytes: number): string {
  return inHundredths(bytes, BYTES);
}

/** The same in units of powers of 1024, e.g. `4.76 MiB`, `3.13 KiB`. */
export function binaryWeightSize(bytes: number): string {
  return inHundredths(bytes, BINARY_BYTES);
}

function inHundredths(bytes: number, units: readonly Unit[]): string {
  const { unit, size } = scale(bytes, units);
  return `${fixed(bytes / size, size === 1 ? 0 : 2)} ${unit}`;
}

/** Both, which differ by 5 % and are often confused: `4.99 MB (4.76 MiB)`; once what both call `640 B`. */
export function bothSizes(bytes: number): string {
  const [decimal, binary] = [weightSize(bytes), binaryWeightSize(bytes)];
  return decimal === binary ? decimal : `${decimal} (${binary})`;
}

/** A difference with its sign, `+1,024` or `−1,024`; an empty word for none. */
export function signedDifference(difference: number, text: (value: number) => string): string {
  if (difference === 0) return '';
  return `${difference > 0 ? '+' : '−'}${text(Math.abs(difference))}`;
}

/** Seconds for people: `0.4 s`, `42 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h`. */
export function duration(seconds: number): string {
  const isShort = seconds > 0 && seconds < 0.95;
  if (isShort) return seconds < 0.05 ? '< 0.1 s' : `${fixed(seconds, 1)} s`;
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return pair(Math.floor(whole / 60), 'min', whole % 60, 's');
  if (whole < 86_400) return pair(Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'min');
  return pair(Math.floor(whole / 86_400), 'd', Math.floor((whole % 86_400) / 3600), 'h');
}

/** The same of what is only estimated, whose parts of a second nobody knows: `5 s`, `under a second`. */
export function roughDuration(seconds: number): string {
  return seconds < 1 ? 'under a second' : duration(seconds);
}

/** The same in a sentence, with the most where that may be more: `about 5 s`, `about 2 h to 3 h`, `under a second`. */
export function aboutDuration(least: number, most = least): string {
  if (most < 1) return roughDuration(most);
  return `about ${[...new Set([least, most].map(duration))].join(' to ')}`;
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** Words of ours for terminals and files of data, where a space is looked for: those that do not break as plain ones. */
export function withPlainSpaces(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
