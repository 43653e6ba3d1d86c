import { listPackage } from '@electron/asar';
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { compileNative } from '../../../scripts/compile-native.ts';
import { writeThirdPartyLicences } from '../../../scripts/third-party-licences.ts';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import type { Check } from '../../../src-shared/contract/api/settings.ts';
import { QUICK, useCompiler } from '../engine/tensorflow/compiler.ts';

const CHECKOUT = join(import.meta.dirname, '../../..');
const skip = process.platform !== 'linux' && 'the stub is that of Linux';
const run = promisify(execFile);

/** The real path, as macOS and some machines link /tmp. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kindling-package-')));
after(() => rmSync(folder, { recursive: true }));
const resources = join(folder, 'packages', 'linux-unpacked', 'resources');
const program = join(resources, 'app.asar.unpacked');
const home = join(folder, 'home');

/** Compilers of which none works: a package needs none. */
const compilers = join(folder, 'no-compilers');
mkdirSync(compilers);
for (const name of ['c++', 'g++', 'clang++'])
  writeFileSync(join(compilers, name), '#!/bin/sh\nexit 1\n', { mode: 0o755 });

/** One small run, of which the analysis and the figures are. */
const STUDY = `study: packaged
dataset: shapes
network: { family: squeezenet, version: 1.1, stem: small, stemFilters: 8, baseE: 8, incrE: 8 }
seeds: 1
data: { trainingLimit: 128 }
training: { epochs: 1, batch: 64 }
`;

/** What stands in for the folder of Electron's download (120 MB), which packages are built around. */
function stubElectron(): string {
  const stub = join(folder, 'electron');
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(CHECKOUT, 'node_modules/electron/package.json'), 'utf8')));
  for (const each of ['resources', 'locales']) mkdirSync(join(stub, each), { recursive: true });
  for (const file of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(stub, file), '');
  writeFileSync(join(stub, 'version'), version);
  writeFileSync(join(stub, 'electron'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  return stub;
}

/** The configuration without its fuses, which are set in Electron's executable. */
function configuration(): string {
  const text = readFileSync(join(CHECKOUT, 'electron-builder.yml'), 'utf8');
  const whole = z.record(z.string(), z.unknown()).parse(parse(text));
  const file = join(folder, 'electron-builder.json');
  writeFileSync(file, JSON.stringify({ ...whole, electronFuses: null }));
  return file;
}

before(
  async () => {
    if (skip) return;
    writeThirdPartyLicences(CHECKOUT);
    useCompiler(folder, QUICK);
    await compileNative(CHECKOUT);
    const builder = join(CHECKOUT, 'node_modules/electron-builder/cli.js');
    const options = [
      `-c.electronDist=${stubElectron()}`,
      `-c.directories.output=${join(folder, 'packages')}`,
    ];
    // else a third of its time is garbage, collected again and again while the heap is small
    const heap = '--initial-old-space-size=1000';
    await run(process.execPath, [heap, builder, '--linux', 'dir', '--config', configuration(), ...options], {
      cwd: CHECKOUT,
    });
  },
  { timeout: 200_000 },
);

/** The command line of the package, run by the Node in it, as docs/desktop.md says. */
async function kindling(...parameters: string[]): Promise<string> {
  const main = join(program, 'src-main/cli/main.ts');
  const { stdout } = await run(join(resources, 'node/bin/node'), [main, ...parameters], {
    ...{ cwd: folder, env: packagedEnvironment() },
  });
  return stdout;
}

function packagedEnvironment(): NodeJS.ProcessEnv {
  // code of a folder that is gone afterwards is nothing for the cache of others
  const path = `${compilers}${delimiter}${process.env['PATH'] ?? ''}`;
  const own = {
    KINDLING_HOME: home,
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
    PATH: path,
    CXX: undefined,
  };
  return { ...process.env, ...own };
}

test('every file of the program is in the package, and all of it loads', { skip }, async () => {
  const all = globSync(
    '{src-main,src-shared,src-native,resources/studies,resources/recipes,resources/classes}/**/*.*',
    {
      cwd: CHECKOUT,
    },
  );
  // declarations of types and pages of the docs are nothing to run, and the packager leaves them out
  const files = all.filter((file) => !/[.](d[.]ts|md)$/.test(file));
  assert(files.length > 500);
  const unpacked = new Set(globSync('{src-main,src-shared,src-native,resources}/**/*.*', { cwd: program }));
  const packed = new Set(listPackage(join(resources, 'app.asar'), { isPack: false }));
  const page = globSync('dist/renderer/**/*.*', { cwd: CHECKOUT });
  const lacking = [
    ...files.filter((file) => !file.startsWith(join('src-main', 'desktop')) && !unpacked.has(file)),
    ...[...files, ...page].filter((file) => !packed.has(`/${file.split(sep).join('/')}`)),
    ...page.filter((file) => globSync(join(resources, file.replace(join('dist', sep), ''))).length === 0),
  ];
  assert.deepEqual(lacking, []);

  // those that begin their work as soon as they are loaded are the ends of other processes and threads
  const script = `
    import { globSync } from 'node:fs';
    const begins = /(?:^|[/-])(?:main|thread|worker|engine-check)\\.ts$/;
    for (const file of globSync('{src-main,src-shared}/**/*.ts')) {
      if (!begins.test(file)) await import(process.cwd() + '/' + file);
    }`;
  await run(join(resources, 'node/bin/node'), ['--input-type=module', '--eval', script], {
    ...{ cwd: program, env: packagedEnvironment() },
  });
});

test(
  'the licence of every package that is shipped or built into the page is in the package',
  { skip },
  () => {
    const text = readFileSync(join(resources, 'THIRD-PARTY-LICENCES.md'), 'utf8');
    const listed = new Set([...text.matchAll(/^## (.+)$/gm)].map(([, name]) => name));
    const manifest = z.object({ name: z.string(), version: z.string() });
    // what is `foo/package.json` or `@scope/foo/package.json` in a folder of packages is a package
    const manifests = globSync('**/node_modules/{*,@*/*}/package.json', { cwd: program });
    const shipped = manifests.map((file) => {
      const { name, version } = manifest.parse(JSON.parse(readFileSync(join(program, file), 'utf8')));
      return `${name} ${version}`;
    });
    assert(shipped.length > 100);
    assert.deepEqual(
      shipped.filter((name) => !listed.has(name)),
      [],
    );
    assert(
      ['@vue/runtime-dom', 'echarts', '@fontsource-variable/inter'].every((name) =>
        text.includes(`\n## ${name} `),
      ),
    );
    assert.match(text, /SIL OPEN FONT LICENSE/);
  },
);

test(
  'from the package an engine is installed, a study trained, analysed, drawn and served',
  { skip },
  async (context) => {
    await kindling('engine', 'use', join(selectedEngine(kindlingHome()).folder, 'tensorflow'));
    const checks = JSON.parse(await kindling('doctor', '--json')) as Check[];
    assert.deepEqual(
      checks.filter(({ state }) => state === 'missing'),
      [],
    );

    const study = join(folder, 'packaged.study.yaml');
    writeFileSync(study, STUDY);
    const cells = z
      .array(z.object({ n: z.number() }))
      .parse(JSON.parse(await kindling('study', 'run', study, '--json')));
    assert.deepEqual(cells, [{ n: 1 }]);
    const analysis = ['--methods', 'separation', '--images', '50', '--json'];
    assert.match(await kindling('analyze', '--study', 'packaged', ...analysis), /"fisher ratio"/);
    for (const format of ['pdf', 'png']) {
      await kindling('figure', 'curves', '--study', 'packaged', '--output', join(folder, `curves.${format}`));
    }
    assert.equal(readFileSync(join(folder, 'curves.pdf')).toString('latin1', 0, 5), '%PDF-');

    const main = join(program, 'src-main/cli/main.ts');
    const server = spawn(join(resources, 'node/bin/node'), [main, 'serve', '--json', '--port', '0'], {
      ...{ cwd: folder, env: packagedEnvironment(), stdio: ['ignore', 'pipe', 'ignore'] },
    });
    context.after(() => server.kill('SIGKILL'));
    const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
    const { url, token } = z.object({ url: z.string(), token: z.string() }).parse(JSON.parse(line));
    const ask = (path: string): Promise<Response> =>
      fetch(new URL(path, url), { headers: { Authorization: `Bearer ${token}` } });
    const html = await (await ask('/')).text();
    const [, asset = ''] = /<script type="module"[^>]* src="\.(\/assets\/[^"]+)"/.exec(html) ?? [];
    assert.equal((await ask(asset)).status, 200, basename(asset));
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    assert.deepEqual(await ended, [130, null]);
  },
);
