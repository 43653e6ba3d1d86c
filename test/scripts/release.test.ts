import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { release, type ReleaseSteps } from '../../scripts/release.ts';

const CHANGELOG =
  '# Changelog\n\n## Unreleased\n\n- A thing that is new.\n\n## 0.1.0 (2026-01-01)\n\n- All.\n';

interface Checkout {
  readonly root: string;
  readonly git: (...parameters: string[]) => string;
  readonly read: (file: string) => string;
}

function checkout(context: TestContext): Checkout {
  const root = mkdtempSync(path.join(tmpdir(), 'kindling-release-'));
  context.after(() => rmSync(root, { recursive: true }));
  const git = (...parameters: string[]): string => {
    const author = ['-c', 'user.name=A Tester', '-c', 'user.email=tester@localhost'];
    return execFileSync('git', [...author, ...parameters], { cwd: root, encoding: 'utf8' }).trim();
  };
  const version = '"name": "kindling",\n  "version": "0.1.0"';
  writeFileSync(path.join(root, 'package.json'), `{\n  ${version}\n}\n`);
  writeFileSync(
    path.join(root, 'package-lock.json'),
    `{\n  ${version},\n  "packages": { "": {\n  ${version}\n  }, "node_modules/a": { "version": "0.1.0" } }\n}\n`,
  );
  writeFileSync(path.join(root, 'CHANGELOG.md'), CHANGELOG);
  git('init', '--quiet');
  git('config', 'user.name', 'A Tester');
  git('config', 'user.email', 'tester@localhost');
  git('add', '.');
  git('commit', '--quiet', '--message', 'feat: all');
  return { root, git, read: (file) => readFileSync(path.join(root, file), 'utf8') };
}

function steps(given: Partial<ReleaseSteps> = {}): ReleaseSteps {
  return {
    check: () => Promise.resolve(true),
    buildPackages: () => Promise.resolve(true),
    date: '2026-02-03',
    ...given,
  };
}

test('a release is one commit with version and changelog, a tag, and packages of that version', async (context) => {
  const { root, git, read } = checkout(context);
  let packaged = '';
  await release(
    root,
    '0.2.0',
    steps({
      buildPackages: () => {
        packaged = git('describe', '--tags');
        return Promise.resolve(true);
      },
    }),
  );
  assert.equal(packaged, 'v0.2.0');
  assert.equal(git('status', '--porcelain'), '');
  assert.equal(git('log', '-1', '--format=%s'), 'chore: release 0.2.0');
  assert.match(read('package.json'), /"version": "0\.2\.0"/);
  assert.equal(read('package-lock.json').match(/"version": "0\.2\.0"/g)?.length, 2);
  assert.match(read('package-lock.json'), /"node_modules\/a": { "version": "0\.1\.0" }/);
  assert.equal(
    read('CHANGELOG.md'),
    CHANGELOG.replace('## Unreleased\n', '## Unreleased\n\n## 0.2.0 (2026-02-03)\n'),
  );
  await assert.rejects(release(root, '0.3.0', steps()), /nothing under `## Unreleased`/);
});

const refusals: readonly (readonly [what: string, version: string, given: Partial<ReleaseSteps>, RegExp])[] =
  [
    ['the version that there is', '0.1.0', {}, /0\.1\.0 is no version after 0\.1\.0/],
    ['an older version', '0.0.9', {}, /no version after/],
    ['no version', 'next', {}, /three numbers/],
    ['checks that do not pass', '0.2.0', { check: () => Promise.resolve(false) }, /checks do not pass/],
    ['a check that throws', '0.2.0', { check: () => Promise.reject(new Error('no disk')) }, /no disk/],
  ];
for (const [what, version, given, message] of refusals) {
  test(`no release of ${what}, and nothing is changed`, async (context) => {
    const { root, git, read } = checkout(context);
    await assert.rejects(release(root, version, steps(given)), message);
    assert.equal(git('status', '--porcelain'), '');
    assert.equal(git('tag'), '');
    assert.equal(read('CHANGELOG.md'), CHANGELOG);
  });
}

test('no release of what is not committed, nor of a tag that there is', async (context) => {
  const { root, git } = checkout(context);
  git('tag', 'v0.2.0');
  await assert.rejects(release(root, '0.2.0', steps()), /tag v0\.2\.0 already/);
  writeFileSync(path.join(root, 'new.txt'), '');
  await assert.rejects(release(root, '0.2.1', steps()), /Commit or remove first:\n\?\? new\.txt/);
});

test('packages that cannot be built are no release that is done, and what is committed is said', async (context) => {
  const { root, git } = checkout(context);
  const buildPackages = (): Promise<boolean> => Promise.resolve(false);
  await assert.rejects(
    release(root, '0.2.0', steps({ buildPackages })),
    /committed and tagged, but has no packages/,
  );
  assert.equal(git('describe', '--tags'), 'v0.2.0');
});
