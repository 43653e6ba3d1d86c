import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';

const root = path.join(import.meta.dirname, '../../..');
const text = readFileSync(path.join(root, 'electron-builder.yml'), 'utf8');

const platformSchema = z.looseObject({
  icon: z.string(),
  target: z.array(z.union([z.string(), z.object({ target: z.string() }).transform(({ target }) => target)])),
  extraResources: z.array(z.strictObject({ from: z.string(), to: z.string(), filter: z.array(z.string()) })),
});
const configuration = z
  .looseObject({
    directories: z.object({ buildResources: z.string() }),
    electronFuses: z.record(z.string(), z.boolean()),
    linux: platformSchema,
    mac: platformSchema,
    win: platformSchema,
  })
  .parse(parse(text));
const { linux, mac, win } = configuration;

const manifest = z
  .looseObject({
    main: z.string(),
    dependencies: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));

test('electron-builder takes the configuration', async () => {
  await validateConfiguration(
    parse(text) as Parameters<typeof validateConfiguration>[0],
    new DebugLogger(false),
  );
  const wrong = { ...(parse(text) as object), electronFuses: { runAsNod: false } };
  await assert.rejects(
    validateConfiguration(wrong as never, new DebugLogger(false)),
    /configuration\.electronFuses/,
  );
});

test('the packages are those promised, with every fuse set to the safe side', () => {
  assert.deepEqual([linux.target, mac.target, win.target], [['AppImage', 'deb'], ['dmg'], ['nsis']]);
  assert.deepEqual(configuration.electronFuses, {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  });
});

test('what the configuration names is there', () => {
  assert.ok(existsSync(path.join(root, manifest.main)));
  for (const { icon } of [linux, mac, win]) {
    assert.ok(existsSync(path.join(root, configuration.directories.buildResources, icon)), icon);
  }
  for (const [{ extraResources }, architecture] of [
    [linux, 'x64'],
    [linux, 'arm64'],
    [mac, 'arm64'],
    [win, 'x64'],
  ] as const) {
    const [node] = extraResources;
    assert.ok(node);
    assert.equal(node.to, 'node', 'src-main/plain-node.ts looks there');
    const name = path.basename(node.from.replace('${arch}', architecture));
    assert.ok(name in manifest.optionalDependencies, `${name} is a package of Node`);
    const folder = path.join(root, 'node_modules', name);
    // Only this machine's is installed.
    if (existsSync(folder)) assert.ok(node.filter.every((file) => existsSync(path.join(folder, file))));
  }
});

test('every package that the program imports is packed: it is in `dependencies`', () => {
  const files = globSync('{src-main,src-shared}/**/*.{ts,cjs}', { cwd: root });
  assert.ok(files.length > 100);
  for (const file of files) {
    const source = readFileSync(path.join(root, file), 'utf8').replace(/^import type .*$/gm, '');
    for (const [, name = ''] of source.matchAll(
      /(?:from|import|require\(|import\() ?'((?:@[\w-]+\/)?[\w-][\w.-]*)['/]/g,
    )) {
      assert.ok(name === 'electron' || name in manifest.dependencies, `${file} imports ${name}`);
    }
  }
});
