import { readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { writeProblem } from '../files/write-problem.ts';
import { writeWhole } from '../files/write-whole.ts';
import { DEFAULT_RESUME_SECONDS } from '../../src-shared/studies/resume-seconds.ts';
import { type Settings, settingsSchema } from '../../src-shared/contract/api/settings.ts';

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  jobs: null,
  resumeSeconds: DEFAULT_RESUME_SECONDS,
  executor: null,
  executorSettings: {},
};

/** The settings of a home; `damage` says what of the file could not be read, and is null where all is well. */
export interface StoredSettings {
  readonly settings: Settings;
  readonly damage: string | null;
}

export function settingsFile(home: string): string {
  return path.join(home, 'settings.json');
}

/**
 * Reads the settings. What is missing or damaged has its default, field by field: a few preferences are not worth
 * a program that does not start.
 */
export function readSettings(home: string): StoredSettings {
  const file = settingsFile(home);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { settings: DEFAULT_SETTINGS, damage: null };
    return { settings: DEFAULT_SETTINGS, damage: `${file} cannot be read: ${(error as Error).message}` };
  }
  const { value, reason } = parsed(text);
  if (value === null) return { settings: DEFAULT_SETTINGS, damage: `${file} is damaged: ${reason}` };
  const wrong: string[] = [];
  const read = <Name extends keyof Settings>(
    name: Name,
    schema: z.ZodType<Settings[Name]>,
  ): Settings[Name] => {
    const usual = DEFAULT_SETTINGS[name];
    const found = schema.safeParse(value[name] ?? usual);
    if (!found.success) wrong.push(name);
    return found.success ? found.data : usual;
  };
  const { theme, jobs, resumeSeconds, executor, executorSettings } = settingsSchema.shape;
  const settings = {
    theme: read('theme', theme),
    jobs: read('jobs', jobs),
    resumeSeconds: read('resumeSeconds', resumeSeconds),
    executor: read('executor', executor),
    executorSettings: read('executorSettings', executorSettings),
  };
  return {
    settings,
    damage: wrong.length === 0 ? null : `${file}: ${wrong.join(' and ')} not understood; using the default`,
  };
}

/**
 * Writes the settings as a whole; a damaged file is kept beside, as `settings.json.damaged`.
 * @throws Problem `disk-full`, or `usage` where the home cannot be written
 */
export function writeSettings(home: string, settings: Settings): void {
  const file = settingsFile(home);
  try {
    if (readSettings(home).damage !== null) renameSync(file, `${file}.damaged`);
    writeWhole(file, `${JSON.stringify(settings, null, 2)}\n`, { flushed: true });
  } catch (error) {
    throw writeProblem(
      error,
      file,
      'Check its permissions, or set KINDLING_HOME to a folder that you can write to.',
    );
  }
}

function parsed(text: string): { readonly value: Record<string, unknown> | null; readonly reason: string } {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? { value, reason: '' } : { value: null, reason: 'it does not contain an object' };
  } catch (error) {
    return { value: null, reason: (error as Error).message };
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
