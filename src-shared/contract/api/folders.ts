import { z } from 'zod';
import { request } from './request.ts';

/** Entries of a folder that are sent at once. */
export const MOST_ENTRIES = 500;

export interface FolderEntry {
  readonly name: string;
  /** What it is, or of a link what it leads to; `other` is a device or a pipe, or a link that leads nowhere. */
  readonly kind: 'folder' | 'file' | 'other';
  readonly isLink: boolean;
  /** Of a file. */
  readonly bytes: number | null;
}

/** What a folder of the host holds. */
export interface FolderListing {
  readonly path: string;
  /** The folder that it is in; null for the root. */
  readonly parent: string | null;
  /** Folder of the user who runs Kindling. */
  readonly home: string;
  /** Of the path that was asked for, if that is a file of this folder; else null. */
  readonly file: string | null;
  /** The first of those that match, folders first, in the order of their names. */
  readonly entries: readonly FolderEntry[];
  /** How many match. */
  readonly matching: number;
  /** How many there are besides, whose names begin with a dot. */
  readonly hidden: number;
}

export const folderRequests = {
  /**
   * What is in a folder of the host, or in the folder of a file: names, kinds and sizes, nothing of what they hold.
   * An empty path is the home folder of the user; `containing` is a part of the names.
   */
  'folders.list': request<FolderListing>()(
    z.strictObject({
      path: z.string().max(4096).default(''),
      containing: z.string().max(255).default(''),
      hidden: z.boolean().default(false),
    }),
  ),
} as const;
