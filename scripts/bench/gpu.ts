/**
 * `npm run bench -- gpu [--engine gpu|webgpu|cpu|NAME …] [--data NAME] [--quick] [--no-sweep] [--step NAME …] [--folder FOLDER] [--keep-page]`
 *
 * All that takes a GPU, on the machine where it is called: installs each engine that computes on one, tries and measures it beside
 * PyTorch on the same device, trains and analyses studies; then writes docs/gpu.md. What fails stands in the table with its reason,
 * and the rest goes on. `--step` takes those that it names alone, where there is no time for all. Without a GPU `--engine cpu --quick --keep-page` shows that the command itself works.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { computingEnvironment } from '../../src-main/engine/open-engine.ts';
import { type EngineInstallation, listEngines } from '../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../src-main/home.ts';
import { findCards } from '../../src-main/machine/find-cards.ts';
import { formatted, writeMarkedPart } from '../marked-part.ts';
import { type DeviceReport, markdown } from './gpu/report.ts';
import { runStep, type Step, type StepOutcome } from './gpu/step.ts';
import { stepsWith, studyFiles } from './gpu/steps.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const PAGE = path.join(ROOT, 'docs', 'gpu.md');
/** The name of what a source of `engine install` installs. */
const INSTALLED: Readonly<Record<string, string>> = {
  gpu: 'tensorflow-gpu',
  webgpu: 'webgpu',
  cpu: 'tensorflow-cpu',
};

const { values } = parseArgs({
  options: {
    engine: { type: 'string', multiple: true },
    data: { type: 'string', default: 'shapes' },
    quick: { type: 'boolean', default: false },
    sweep: { type: 'boolean', default: true },
    step: { type: 'string', multiple: true },
    folder: { type: 'string' },
    'keep-page': { type: 'boolean', default: false },
  },
  allowNegative: true,
});
const cards = await findCards();
const sources = values.engine ?? [...(cards.length > 0 ? ['gpu'] : []), 'webgpu'];
const unknown = sources.find((source) => INSTALLED[source] === undefined && installed(source) === null);
if (unknown !== undefined)
  throw new Error(
    `--engine ${unknown}: there are ${Object.keys(INSTALLED).join(', ')}, and what is installed (\`kindling engine list\`).`,
  );
const folder = values.folder ?? fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-bench-gpu-'));
fs.mkdirSync(folder, { recursive: true });
console.error(
  `cards: ${cards.map(({ name }) => name).join(', ') || 'none that nvidia-smi sees'}; logs in ${folder}`,
);

const reports: DeviceReport[] = [];
for (const source of sources) reports.push(await reportOn(source));
if (values['keep-page']) console.log(await formatted(markdown(reports), PAGE));
else {
  await writeMarkedPart(PAGE, 'devices', markdown(reports));
  console.log(`The results are in ${PAGE}.`);
}
if (reports.some(({ steps }) => steps.some(({ status }) => status !== 0))) process.exitCode = 1;

async function reportOn(source: string): Promise<DeviceReport> {
  const own = path.join(folder, source);
  fs.mkdirSync(own, { recursive: true });
  const steps: StepOutcome[] = [];
  const take = async (step: Step): Promise<void> => {
    console.error(`${source}: ${step.name}: ${step.about} …`);
    const outcome = await runStep(step, own);
    console.error(`  ${outcome.result} (${outcome.seconds.toFixed(0)} s)`);
    steps.push(outcome);
  };
  const driver = source === 'cpu' ? null : (cards[0]?.driver ?? null);
  if (installed(source) === null) await take(installation(source));
  const engine = installed(source);
  if (engine === null) return { title: `engine install ${source}`, driver, steps };
  const environment = computingEnvironment(engine)(os.availableParallelism());
  const wanted = { engine, environment, data: values.data, folder: own, quick: values.quick };
  for (const { file, text } of studyFiles(wanted)) fs.writeFileSync(file, text);
  for (const step of wantedOf(stepsWith(wanted))) await take(step);
  return {
    title: `${engine.name} ${engine.version} on ${engine.devices.at(-1) ?? 'no device'}`,
    driver,
    steps,
  };
}

/** @throws Error where a step is wanted that there is not */
function wantedOf(steps: readonly Step[]): Step[] {
  const names = steps.map(({ name }) => name);
  const unknownStep = values.step?.find((name) => !names.includes(name));
  if (unknownStep !== undefined) throw new Error(`--step ${unknownStep}: there are ${names.join(', ')}.`);
  return steps.filter(({ name }) => values.step?.includes(name) ?? (values.sweep || name !== 'sweep'));
}

function installed(source: string): EngineInstallation | null {
  const wanted = INSTALLED[source] ?? source;
  return listEngines(kindlingHome()).find(({ name }) => name === wanted) ?? null;
}

function installation(source: string): Step {
  return {
    ...{ name: 'install', about: `engine install ${source}`, environment: {} },
    command: [path.join(ROOT, 'bin', 'kindling.mjs'), 'engine', 'install', source],
  };
}
