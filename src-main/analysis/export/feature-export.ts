import { z } from 'zod';
import { analysisEnvironment } from '../analysis-environment.ts';
import { withUsersUmask } from '../../files/umask.ts';
import { doElsewhere } from '../../work/do-elsewhere.ts';
import type { JobControl } from '../../work/do-job.ts';
import { TIMEOUTS, type WorkKind } from '../../work/work-kind.ts';
import { FEATURE_KINDS } from '../feature-kinds.ts';
import { windowSetting } from '../windows/window-setting.ts';
import { seenSpecificationSchema } from '../subject-specification.ts';

const taskSchema = z.object({
  subject: seenSpecificationSchema,
  /** Names of layers, separated by blanks; all if empty. */
  layers: z.string(),
  images: z.int(),
  features: z.enum(FEATURE_KINDS),
  window: windowSetting,
  weights: z.enum(['trained', 'untrained']),
  /** Where the folder is to be; nothing is there. */
  folder: z.string(),
});
export type FeatureExportTask = z.output<typeof taskSchema>;

const exportedSchema = z.object({ layers: z.int(), images: z.int(), bytes: z.number() });
export type ExportedFeatures = z.output<typeof exportedSchema>;

/** Writes features of a run or network to a folder; its progress is the share of them that is written. */
export const FEATURE_EXPORT: WorkKind<FeatureExportTask, ExportedFeatures, number> = {
  who: 'The export of the features',
  program: new URL('./main.ts', import.meta.url),
  carrier: 'process',
  task: taskSchema,
  result: exportedSchema,
  progress: z.number(),
  about: z.null(),
  lessMemory: 'fewer images',
  timeouts: TIMEOUTS,
};

/**
 * Writes features in a process of its own, with the permissions that the user's programs give.
 * @param home folder of the engines
 * @throws Problem `engine-missing` or `engine-invalid`, those of `writeFeatures`; the signal's reason
 */
export function exportFeatures(
  home: string,
  task: FeatureExportTask,
  control: JobControl<number> = {},
): Promise<ExportedFeatures> {
  const environment = analysisEnvironment(home);
  return withUsersUmask(() => doElsewhere(FEATURE_EXPORT, task, { ...control, environment }));
}
