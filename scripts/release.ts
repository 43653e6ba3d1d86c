import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const UNRELEASED = '## Unreleased';

export interface ReleaseSteps {
  /** Types, lint, format, rooms and tests. @returns true when all pass */
  readonly check: () => Promise<boolean>;
  /** Builds the packages of this machine's platform. @returns false where that failed, which has been said */
  readonly buildPackages: () => Promise<boolean>;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/**
 * Makes a release of what is committed: the version in package.json and its lockfile, a section in the changelog, one
 * commit and a tag, then the packages. Nothing is pushed. Whatever fails before the commit leaves the checkout as it was.
 * @param version e.g. `0.2.0`
 * @throws Error that says what is in the way
 */
export async function release(root: string, version: string, steps: ReleaseSteps): Promise<void> {
  const git = (...parameters: string[]): string =>
    execFileSync('git', parameters, { cwd: root, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain');
  if (changed !== '') throw new Error(`Commit or remove first:\n${changed}`);
  if (git('tag', '--list', `v${version}`) !== '') throw new Error(`There is a tag v${version} already.`);

  const files = releasedFiles(root, version, steps.date);
  for (const [file, text] of files) writeFileSync(path.join(root, file), text);
  const restore = (): string => git('checkout', '--', ...files.keys());
  const passed = await steps.check().catch((error: unknown) => {
    restore();
    throw error;
  });
  if (!passed) {
    restore();
    throw new Error('The checks do not pass (see above): no release.');
  }
  git('commit', '--quiet', '--message', `chore: release ${version}`, '--', ...files.keys());
  git('tag', '--annotate', `v${version}`, '--message', `Kindling ${version}`);
  if (!(await steps.buildPackages()))
    throw new Error(
      `${version} is committed and tagged, but has no packages (see above): mend the cause, then \`npm run package\`.`,
    );
}

/** The files that a release changes, by their path from the root. @throws Error */
function releasedFiles(root: string, version: string, date: string): ReadonlyMap<string, string> {
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  const before = (JSON.parse(read('package.json')) as { version: string }).version;
  if (!isNewer(version, before))
    throw new Error(`${version} is no version after ${before}: give three numbers, e.g. 0.2.0.`);
  const versioned = (text: string): string =>
    text.replace(`"version": "${before}"`, `"version": "${version}"`);
  // the lockfile names the version twice: its own, and that of the package in the root
  return new Map([
    ['package.json', versioned(read('package.json'))],
    ['package-lock.json', versioned(versioned(read('package-lock.json')))],
    ['CHANGELOG.md', releasedChangelog(read('CHANGELOG.md'), version, date)],
  ]);
}

/**
 * The changelog with what is unreleased under the version.
 * @throws Error when nothing is unreleased
 */
export function releasedChangelog(changelog: string, version: string, date: string): string {
  const [head, rest] = changelog.split(`${UNRELEASED}\n`);
  const entries = rest?.split(/^## /m)[0]?.trim() ?? '';
  if (head === undefined || rest === undefined || entries === '')
    throw new Error(`CHANGELOG.md has nothing under \`${UNRELEASED}\`: say what changed.`);
  return `${head}${UNRELEASED}\n\n## ${version} (${date})\n${rest}`;
}

/** @returns false for what is no version of three numbers, too */
function isNewer(version: string, before: string): boolean {
  const numbers = (text: string): readonly number[] =>
    /^\d+\.\d+\.\d+$/.test(text) ? text.split('.').map(Number) : [];
  const old = numbers(before);
  const difference = numbers(version)
    .map((number, place) => number - (old[place] ?? 0))
    .find((each) => each !== 0);
  return difference !== undefined && difference > 0;
}
