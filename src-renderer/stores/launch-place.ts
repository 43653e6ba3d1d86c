import type { HowToGoOn } from '../../src-shared/studies/how-to-go-on.ts';

/** Where a study is trained, what a person says of that place, and how its interrupted runs go on; for a launch. */
export interface LaunchPlace {
  readonly executor: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly goOn: HowToGoOn;
}
