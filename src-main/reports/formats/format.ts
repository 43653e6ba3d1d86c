import type { ExportedFile } from '../../files/exported-file.ts';
import type { Report } from '../report.ts';

/** A format of reports. It is a file of `formats/` and one line in `formats/all.ts`. */
export interface ReportFormat {
  readonly name: string;
  /** Of its files, without the dot. */
  readonly ending: string;
  readonly title: string;
  /** One phrase: what it is for. */
  readonly about: string;
  /** Whether its file holds the study itself, so that Kindling can open it. */
  readonly holdsStudy: boolean;
  /** @param name of the file, without the ending */
  readonly write: (report: Report, name: string) => Promise<ReportFiles>;
}

export interface ReportFiles {
  readonly file: ExportedFile;
  /** Files that it shows, in a folder beside it: `NAME_files/cost.svg`. */
  readonly beside: readonly ExportedFile[];
  /** What of its texts the file or its reader cannot show, and what to do; null where all is shown. */
  readonly warning: string | null;
}

/** Of the files beside a report. */
export function besideName(name: string, file: string): string {
  return `${name}_files/${file}`;
}
