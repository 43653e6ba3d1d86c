import type { MainMemory } from '../../machine/main-memory.ts';
import { nothing, request } from './request.ts';

/** Whom the page talks to. */
export interface ApplicationState {
  readonly version: string;
  /** Folder of store, artifacts, engines and data; shown, never sent back. */
  readonly home: string;
  readonly storeFile: string;
  /** The store can only be read: whatever would change it is refused. */
  readonly readOnly: boolean;
  readonly platform: string;
  readonly cores: number;
  /** Of the machine, or what the program may take of it. */
  readonly memory: MainMemory;
  /** Name of the engine that new runs use; null where none is installed. */
  readonly engine: string | null;
  /** Number of the last event sent; whatever the requests answer from now on includes it. */
  readonly sequence: number;
}

export const applicationRequests = {
  'application.state': request<ApplicationState>()(nothing),
} as const;
