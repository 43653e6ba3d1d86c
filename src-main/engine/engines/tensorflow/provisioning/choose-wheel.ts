import type { IndexFile } from './package-index.ts';

/** A package and the versions of it that are wanted, as pip writes them: `tensorflow-cpu>=2.16,<3`. */
export interface Requirement {
  /** Normalized (PEP 503). */
  readonly name: string;
  readonly isWanted: (version: Version) => boolean;
}

/** Numbers of a version that is no preview. */
type Version = readonly number[];

/** @returns null for what only pip reads */
export function parseRequirement(text: string): Requirement | null {
  const [, name, specifiers = ''] = /^([A-Za-z0-9][A-Za-z0-9._-]*?)\s*([<>=!~].*)?$/.exec(text) ?? [];
  if (name === undefined) return null;
  const tests = specifiers.split(',').filter(Boolean).map(parseSpecifier);
  if (tests.includes(null)) return null;
  return {
    name: normalized(name),
    isWanted: (version) => tests.every((test) => test?.(version)),
  };
}

/** PEP 503 */
function normalized(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

function parseSpecifier(text: string): ((version: Version) => boolean) | null {
  const [, operator, given = '', rest = ''] = /^\s*(<=|>=|==|!=|<|>)\s*([\d.]+?)(\.\*)?\s*$/.exec(text) ?? [];
  const bound = parseVersion(given);
  if (operator === undefined || bound === null) return null;
  const compare = (version: Version): number =>
    compareVersions(rest === '' ? version : version.slice(0, bound.length), bound);
  switch (operator) {
    case '<=':
      return (version) => compare(version) <= 0;
    case '>=':
      return (version) => compare(version) >= 0;
    case '<':
      return (version) => compare(version) < 0;
    case '>':
      return (version) => compare(version) > 0;
    case '!=':
      return (version) => compare(version) !== 0;
    default:
      return (version) => compare(version) === 0;
  }
}

/** Null for all but final releases (PEP 440): previews, post-releases, versions of one's own. */
function parseVersion(text: string): Version | null {
  return /^\d+(\.\d+)*$/.test(text) ? text.split('.').map(Number) : null;
}

function compareVersions(one: Version, other: Version): number {
  for (let place = 0; place < Math.max(one.length, other.length); place++) {
    const difference = (one[place] ?? 0) - (other[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The newest wheel of a package for CPython of a version, or for any Python 3, on one of the platforms; of one version that for the
 * first platform.
 * @param python as in the names of wheels: `cp312`
 * @param platforms tags, the best first
 */
export function chooseWheel(
  files: readonly IndexFile[],
  { name, isWanted }: Requirement,
  python: string,
  platforms: readonly string[],
): IndexFile | null {
  const candidates = files.flatMap((file) => {
    const wheel = parseWheelName(file.name);
    if (file.isYanked || wheel === null || wheel.project !== name || !isWanted(wheel.version)) return [];
    const fits =
      (wheel.pythons.includes(python) &&
        wheel.abis.some((abi) => abi === python || abi === 'none' || abi === 'abi3')) ||
      (wheel.pythons.includes('py3') && wheel.abis.includes('none'));
    const places = wheel.platforms.map((tag) => platforms.indexOf(tag)).filter((place) => place >= 0);
    return fits && places.length > 0 ? [{ file, version: wheel.version, place: Math.min(...places) }] : [];
  });
  const [best] = candidates.sort((a, b) => compareVersions(b.version, a.version) || a.place - b.place);
  return best?.file ?? null;
}

/** `tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl`; a build number is passed over. */
function parseWheelName(file: string) {
  const parts = /^([^-]+)-([^-]+)(?:-\d[^-]*)?-([^-]+)-([^-]+)-([^-]+)\.whl$/.exec(file)?.slice(1);
  const [project = '', given = '', pythons = '', abis = '', platforms = ''] = parts ?? [];
  const version = parseVersion(given);
  if (parts === undefined || version === null) return null;
  return {
    ...{ project: normalized(project), version },
    ...{ pythons: pythons.split('.'), abis: abis.split('.'), platforms: platforms.split('.') },
  };
}
