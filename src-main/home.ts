import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * The folder of store, artifacts, engines and data: KINDLING_HOME where it is set, else the platform's place
 * for an application's data ($XDG_DATA_HOME or ~/.local/share, ~/Library/Application Support, %LOCALAPPDATA%).
 * It need not exist.
 */
export function kindlingHome(): string {
  const chosen = process.env['KINDLING_HOME'];
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  if (process.platform === 'darwin') {
    return path.join(os.homedir(), 'Library', 'Application Support', 'Kindling');
  }
  if (process.platform === 'win32') {
    return path.join(process.env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local'), 'Kindling');
  }
  const data = process.env['XDG_DATA_HOME'];
  // The XDG specification says that relative paths are invalid and to be ignored.
  const root =
    data !== undefined && path.isAbsolute(data) ? data : path.join(os.homedir(), '.local', 'share');
  return path.join(root, 'kindling');
}

/** The store's file, unless `--store` names another. */
export function storeFile(home: string = kindlingHome()): string {
  return storeAt(path.join(home, 'kindling.sqlite'));
}

/** The file that a store's path means: of a link what it leads to, since lock and address stand beside the file itself. */
export function storeAt(file: string): string {
  const whole = path.resolve(file);
  try {
    return fs.lstatSync(whole).isSymbolicLink() ? fs.realpathSync(whole) : whole;
  } catch {
    // nothing is there, or it cannot be seen: whoever opens it says so
    return whole;
  }
}

/** Folder of the prepared data sets, one folder each. */
export function dataFolder(home: string = kindlingHome()): string {
  return path.join(home, 'data');
}

/** Folder of the pictures that were decoded for networks to be looked at on, one folder each; it may be removed. */
export function picturesFolder(home: string = kindlingHome()): string {
  return path.join(home, 'pictures');
}

/** Folder of what pages send, while it is needed; it may be removed. */
export function uploadsFolder(home: string = kindlingHome()): string {
  return path.join(home, 'uploads');
}

/** Both: where the images are that something was found on. */
export function imageRoots(home: string = kindlingHome()): string[] {
  return [dataFolder(home), picturesFolder(home)];
}

/** Folder of the features that an analysis computes, while it needs them; it may be removed. */
export function featuresFolder(home: string = kindlingHome()): string {
  return path.join(home, 'features');
}

/** Folder of the studies that are being written, one file each. */
export function draftsFolder(home: string = kindlingHome()): string {
  return path.join(home, 'drafts');
}

/** Folder of the installed engines, one folder each. */
export function enginesFolder(home: string = kindlingHome()): string {
  return path.join(home, 'engines');
}

/** Folder of the runs' checkpoints, one folder each. */
export function artifactsFolder(home: string = kindlingHome()): string {
  return path.join(home, 'artifacts');
}
