import type { ExportedFile } from '../../src-shared/contract/api/files.ts';
import { bridge } from './desktop-transport.ts';

/** Gives a file to the user: a save dialog in the window, a download in a browser. Resolves to whether it was kept. */
export async function saveFile(file: ExportedFile): Promise<boolean> {
  if (bridge) return (await bridge.saveFile(file)).saved;
  const address = URL.createObjectURL(new Blob([file.bytes], { type: file.mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = file.fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return true;
}

/** A text as a file, e.g. a study. */
export function textFile(fileName: string, mediaType: string, text: string): ExportedFile {
  return { fileName, mediaType, bytes: new TextEncoder().encode(text) };
}
