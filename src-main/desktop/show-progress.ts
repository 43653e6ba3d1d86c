import type { BrowserWindow } from 'electron';
import type { StudyListing } from '../../src-shared/contract/api/studies.ts';
import { studyShare } from './study-share.ts';

/** Shows on dock or taskbar how far the studies are. @returns what to call with each study that has changed */
export function showProgress(window: BrowserWindow): (study: StudyListing) => void {
  const studies = new Map<string, StudyListing>();
  return (study) => {
    studies.set(study.name, study);
    // -1 takes it away
    if (!window.isDestroyed()) window.setProgressBar(studyShare(studies.values()) ?? -1);
  };
}
