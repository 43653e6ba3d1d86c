/** Where a study is trained, and what a person says of that place; for a launch. */
export interface LaunchPlace {
  readonly executor: string;
  readonly settings: Readonly<Record<string, unknown>>;
}
