import type { Application } from '../api/application.ts';

/** What a transport needs of the application. */
export type ServedApplication = Pick<Application, 'answer' | 'hello' | 'subscribe'>;
