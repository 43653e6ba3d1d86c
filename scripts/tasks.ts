/** What `npm run start | demo | test | check | bench | torture | docs | build | package | release` do, once the packages and Node 24 are there. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { compiledCode } from '../src-main/compiled-code.ts';
import { kindlingHome } from '../src-main/home.ts';
import { ensurePage } from './build-page.ts';
import { ensureBrowser } from './ensure-browser.ts';
import { ensureEngine, ensurePreparedEngine } from './ensure-engine.ts';

enableCompileCache();

const root = path.join(import.meta.dirname, '..');
const [task = '', ...parameters] = process.argv.slice(2);

switch (task) {
  case 'start': {
    const { start } = await import('./start.ts');
    await start(root, parameters, runCommandLine);
    break;
  }
  case 'demo':
    await ensureEngine(kindlingHome());
    await runCommandLine([
      'study',
      'run',
      path.join(root, 'resources', 'studies', 'demo.yaml'),
      ...parameters,
    ]);
    break;
  case 'test':
    if (!(await test(parameters))) process.exitCode = 1;
    break;
  case 'check':
    if (!(await check(parameters))) process.exitCode = 1;
    break;
  case 'bench':
    await bench(parameters);
    break;
  case 'torture':
    await tortureApplication(parameters);
    break;
  case 'docs': {
    const { writeDocs } = await import('./docs.ts');
    console.log((await writeDocs(root)).join('\n') || 'The docs say what the program does.');
    break;
  }
  case 'build':
    console.log(await ensurePage(root, { force: true }));
    break;
  case 'package':
    if (!(await packageApplication(parameters))) process.exitCode = 1;
    break;
  case 'release':
    await makeRelease(parameters);
    break;
  default:
    console.error(
      `kindling: unknown task \`${task}\`: start, demo, test, check, bench, torture, docs, build, package or release`,
    );
    process.exitCode = 1;
}

/** @returns true when all pass */
async function test(filters: readonly string[]): Promise<boolean> {
  // results and times of the tests are those of any machine, and none waits for measurements
  process.env['KINDLING_TUNING'] = 'off';
  // each file is a process, and what it starts are more: half of their start is reading the same modules
  process.env['NODE_COMPILE_CACHE'] ??= compiledCode();
  await ensurePreparedEngine(kindlingHome());
  ensureBrowser();
  await ensurePage(root);
  const { runTests } = await import('./test.ts');
  return runTests(root, filters);
}

/**
 * Types, lint, format and rooms; then the tests, unless `--without-tests`. All are run, so that one start shows everything.
 * @returns true when all pass
 */
async function check(options: readonly string[] = []): Promise<boolean> {
  const { runChecks } = await import('./checks.ts');
  const clean = await runChecks(root);
  return (options.includes('--without-tests') || (await test([]))) && clean;
}

/** `bench NAME …` runs scripts/bench/NAME.ts with the rest of the parameters. */
async function bench(all: readonly string[]): Promise<void> {
  const [name, ...rest] = all;
  const folder = path.join(import.meta.dirname, 'bench');
  const file = path.join(folder, `${name ?? ''}.ts`);
  if (name === undefined || path.dirname(file) !== folder || !existsSync(file)) {
    const names = globSync('*.ts', { cwd: folder }).map((each) => path.basename(each, '.ts'));
    console.error(`kindling: \`npm run bench -- NAME\`; there are: ${names.sort().join(', ') || 'none yet'}`);
    process.exitCode = 1;
    return;
  }
  await ensurePreparedEngine(kindlingHome());
  process.argv = [process.execPath, file, ...rest];
  await import(pathToFileURL(file).href);
}

/** `torture …` kills a real application at random; see scripts/torture.ts. */
async function tortureApplication(parameters: readonly string[]): Promise<void> {
  await ensurePreparedEngine(kindlingHome());
  await ensurePage(root);
  const file = path.join(import.meta.dirname, 'torture.ts');
  process.argv = [process.execPath, file, ...parameters];
  await import(pathToFileURL(file).href);
}

/**
 * `package …` runs electron-builder with the rest of the parameters, by default for this machine's platform.
 * @returns true when there are packages
 */
async function packageApplication(all: readonly string[]): Promise<boolean> {
  await ensurePage(root, { force: true });
  const { writeThirdPartyLicences } = await import('./third-party-licences.ts');
  writeThirdPartyLicences(root);
  await ensureEngine(kindlingHome());
  const { compileNative } = await import('./compile-native.ts');
  await compileNative(root);
  const builder = path.join(root, 'node_modules', 'electron-builder', 'cli.js');
  const { status } = spawnSync(process.execPath, [builder, ...all], { cwd: root, stdio: 'inherit' });
  return status === 0;
}

/** `release VERSION`. Pushing commit and tag is left to the person. */
async function makeRelease([version = '']: readonly string[]): Promise<void> {
  const { release } = await import('./release.ts');
  try {
    await release(root, version, {
      check,
      buildPackages: () => packageApplication([]),
      date: new Date().toISOString().slice(0, 10),
    });
    console.log(`Kindling ${version} is made. To publish it: git push && git push origin v${version}`);
  } catch (error) {
    console.error(`kindling: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

async function runCommandLine(commands: readonly string[]): Promise<void> {
  const main = path.join(root, 'src-main', 'cli', 'main.ts');
  process.argv = [process.execPath, main, ...commands];
  await import(pathToFileURL(main).href);
}
