import { z } from 'zod';
import { givenPreprocessing, networkImportSchema } from '../../networks/import-options.ts';
import type { NetworkRecord } from '../../networks/network-record.ts';
import { nothing, request } from './request.ts';
import type { Task } from './tasks.ts';

/** What came of an import: the network, and from which layer of the file each of its layers is. */
export interface NetworkImported {
  readonly network: NetworkRecord;
  /** What weights alone do not tell, in sentences. */
  readonly notes: readonly string[];
  readonly layers: readonly { readonly layer: string; readonly source: string }[];
}

export interface TrashedNetwork extends Pick<NetworkRecord, 'id' | 'name' | 'bytes'> {
  readonly trashedAt: string;
}

export const networkRequests = {
  /** Networks that were trained elsewhere, in the order of their import. */
  'networks.list': request<readonly NetworkRecord[]>()(nothing),
  /** Reads a file of the host. Without a name the network gets that of the file. */
  'networks.import': request<Task<NetworkImported>>()(
    z.strictObject({
      file: z.string().min(1),
      name: z.string().optional(),
      options: networkImportSchema.prefault({}),
    }),
  ),
  /**
   * Sets its name, and what becomes of its pictures; what is not given stays. What was found before names what was used.
   * `crop` is the side of the square that is cut out, the network's input.
   */
  'networks.set': request<NetworkRecord>()(
    z.strictObject({
      network: z.string(),
      name: z.string().optional(),
      crop: z.int().min(1).optional(),
      preprocessing: givenPreprocessing.default({}),
    }),
  ),
  /** Moves a network to the trash, with what was found about it. Its name may be given to another one then. */
  'networks.trash': request<TrashedNetwork>()(z.strictObject({ network: z.string() })),
  /** By its id, or the last trashed of a name. */
  'networks.restore': request<NetworkRecord>()(z.strictObject({ network: z.string() })),
  'networks.trashed': request<readonly TrashedNetwork[]>()(nothing),
} as const;
