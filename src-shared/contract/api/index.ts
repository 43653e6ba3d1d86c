import type { z } from 'zod';
import { analysisRequests } from './analysis.ts';
import { applicationRequests } from './application.ts';
import { datasetRequests } from './datasets.ts';
import { draftRequests } from './drafts.ts';
import { figureRequests } from './figures.ts';
import { executorRequests } from './executors.ts';
import { exportRequests } from './files.ts';
import { folderRequests } from './folders.ts';
import { importRequests } from './imports.ts';
import { networkRequests } from './networks.ts';
import { pictureRequests } from './pictures.ts';
import type { Refusal } from './refusal.ts';
import { reportRequests } from './reports.ts';
import type { Request } from './request.ts';
import { runRequests } from './runs.ts';
import { settingsRequests } from './settings.ts';
import { storeFileRequests } from './store-files.ts';
import { studyRequests } from './studies.ts';
import { taskRequests } from './tasks.ts';
import { uploadRequests } from './uploads.ts';

/** Every request of the API by its name. */
export const requests = {
  ...applicationRequests,
  ...studyRequests,
  ...executorRequests,
  ...draftRequests,
  ...runRequests,
  ...importRequests,
  ...networkRequests,
  ...analysisRequests,
  ...pictureRequests,
  ...figureRequests,
  ...exportRequests,
  ...reportRequests,
  ...datasetRequests,
  ...folderRequests,
  ...uploadRequests,
  ...taskRequests,
  ...settingsRequests,
  ...storeFileRequests,
} as const;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
/** What a caller gives; fields with defaults may be left out. */
export type ParametersOf<Name extends RequestName> = z.input<Requests[Name]['parameters']>;
/** What a handler gets. */
export type CheckedParametersOf<Name extends RequestName> = z.output<Requests[Name]['parameters']>;
export type ResultOf<Name extends RequestName> =
  Requests[Name] extends Request<z.ZodType, infer Result> ? Result : never;

export const requestNames = Object.keys(requests) as readonly RequestName[];

export function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requests, name);
}

/** Whether the results of the request of this name, if it is one, hold bytes. */
export function sendsBytes(name: string): boolean {
  return isRequestName(name) && requests[name].sendsBytes;
}

/** An answer as it travels. */
export type Answer<Result> =
  { readonly ok: true; readonly result: Result } | ({ readonly ok: false } & Refusal);
