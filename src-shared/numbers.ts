/** How numbers are written for people, everywhere: on pages, in figures and in the terminal. */

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

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
export function whole(value: number | null): string {
  return value === null ? '–' : WHOLE.format(value);
}

/** A count in three significant digits, e.g. `735 k`, `1.25 M`, `860 M`, `640`; a dash for nothing. */
export function shortCount(value: number | null): string {
  if (value === null) return '–';
  const { unit, size } = scale(value, COUNTS);
  return `${Number((value / size).toPrecision(3))}${unit}`;
}

/** A share of one in percent, e.g. `81.2 %`; a dash for nothing. */
export function percent(share: number | null, digits = 1): string {
  return share === null ? '–' : `${(100 * share).toFixed(digits)} %`;
}

/** Bytes in decimal units, e.g. `4.8 MB`. */
export function decimalSize(bytes: number): string {
  const { unit, size } = scale(bytes, BYTES);
  const scaled = bytes / size;
  return `${scaled.toFixed(size === 1 || scaled >= 100 ? 0 : 1)} ${unit}`;
}

/** Decimal megabytes, 10^6 bytes, e.g. `4.99 MB`. The literature mixes both units, so both are shown. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

/** Binary mebibytes, 2^20 bytes, e.g. `4.76 MiB`. */
export function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(2)} MiB`;
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
