import { extent } from 'd3-array';
import { chartWord } from '../../../src-shared/charts/kinds/registry.ts';
import { counted } from '../../../src-shared/counted.ts';
import { andList } from '../../../src-shared/lists.ts';
import { duration } from '../../../src-shared/numbers.ts';
import type { ReportChoice } from '../../../src-shared/figures/report-choice.ts';
import { deviceText } from '../../../src-shared/runs/device-text.ts';
import { runsInStep, trainerSeconds } from '../../../src-shared/runs/own-seconds.ts';
import { runsAt } from '../../../src-shared/runs/replicates.ts';
import { openedText } from '../../../src-shared/studies/opened-from.ts';
import type { Provenance } from '../../../src-shared/studies/run-record.ts';
import { kindlingVersion } from '../../kindling-version.ts';
import { shellWord, typedCommand } from '../../typed-command.ts';
import type { ReportSubject } from '../report-subject.ts';
import { facts, paragraphs, type Section } from '../report.ts';

/** By what the runs were computed, when and where. */
export function provenanceSection({ store, study, chosen }: ReportSubject, choice: ReportChoice): Section {
  const runs = runsAt(chosen.index, chosen.rows);
  const known = runs.flatMap(({ id }) => store.provenance(id) ?? []);
  const seconds = runs.reduce((sum, run) => sum + (trainerSeconds(run) ?? 0), 0);
  const [from, to] = extent(
    runs.flatMap(({ startedAt, endedAt }) => [startedAt, endedAt]).filter((time) => time !== null),
  );
  const imported = runs.filter(({ importedFrom }) => importedFrom !== null).length;
  return {
    title: 'Provenance',
    blocks: [
      ...facts([
        ['Report', `Kindling ${kindlingVersion()}`],
        [
          'Command of the report',
          typedCommand(
            `study report ${shellWord(study.name)} --output FILE${choiceWords(choice)}`,
            store.file,
          ),
        ],
        ['Opened from', study.openedFrom && openedText(study.openedFrom)],
        ['Study created', study.createdAt],
        ['Study last saved', study.updatedAt],
        ['Runs', `${runs.length}${imported === 0 ? '' : `, of which ${imported} were imported`}`],
        ['First start and last end', from === undefined || to === undefined ? null : `${from} to ${to}`],
        ['Training time of all runs together', seconds === 0 ? null : duration(seconds)],
        ['Kindling that trained', distinct(known, ({ kindlingVersion: version }) => version)],
        ['Engine', distinct(known, ({ engine }) => `${engine.name} ${engine.version}`)],
        ['Device', distinct(known, ({ engine }) => deviceText(engine))],
        ['Threads of a trainer', distinct(known, ({ engine }) => String(engine.threads))],
        ['Runs in one step', distinct(known, (each) => String(runsInStep(each)))],
        [
          'Mode',
          modes(
            runs.flatMap(({ mode, modeReason }) =>
              mode === null ? [] : [modeReason === null ? mode : `${mode} (${modeReason})`],
            ),
          ),
        ],
        ['Images', modes(runs.flatMap(({ images }) => images ?? []))],
        ['Node', distinct(known, ({ nodeVersion }) => nodeVersion)],
        ['TensorFlow.js', distinct(known, ({ tfjsVersion }) => tfjsVersion)],
        ['Machine', distinct(known, ({ host, platform }) => `${host} (${platform})`)],
        ['Source revision', distinct(known, revision)],
        ['Hash of the data', distinct(known, ({ dataHash }) => dataHash)],
      ]),
      ...paragraphs([withoutText(runs.length - known.length, runs.length)]),
    ],
  };
}

function choiceWords({ figures, margin }: ReportChoice): string {
  const named = figures === null ? '' : ` --figure ${figures.map((name) => chartWord({ name })).join(' ')}`;
  return `${named}${margin === null ? '' : ` --margin ${margin}`}`;
}

/** Every value that there is, with the number of runs where there are several; null without any. */
function distinct(
  all: readonly Provenance[],
  valueOf: (provenance: Provenance) => string | null,
): string | null {
  return modes(all.flatMap((each) => valueOf(each) ?? []));
}

function modes(values: readonly string[]): string | null {
  const groups = [...Map.groupBy(values, (value) => value)];
  if (groups.length === 0) return null;
  const [[only] = ['']] = groups;
  if (groups.length === 1) return only;
  return andList(groups.map(([value, same]) => `${value} (${counted(same.length, 'run')})`));
}

function revision({ gitRevision, gitDirty }: Provenance): string | null {
  if (gitRevision === null) return null;
  return gitDirty === true ? `${gitRevision} with uncommitted changes` : gitRevision;
}

function withoutText(without: number, all: number): string {
  if (without === 0) return '';
  return `Of ${without} of the ${counted(all, 'run')} no more is known: they have not begun, or another program trained them.`;
}
