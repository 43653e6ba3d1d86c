/** A file that is ready to be written, or sent to a browser. */
export interface ExportedFile {
  /** Relative, with `/` between folders, e.g. `squeeze-ratio/k3f9a2qz/events.out.tfevents.1763884800.kindling`. */
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A text as a file in UTF-8. */
export function textFile(fileName: string, mediaType: string, text: string): ExportedFile {
  return { fileName, mediaType, bytes: Buffer.from(text) };
}
