/** Ends in the s of a plural, which `bypass`, `bias` and `radius` do not. */
const PLURAL = /[^aius]s$/;

/**
 * A factor as the subject of a sentence, always of one thing: `the squeeze ratio`, `the number of epochs`, `the choice of milestones`.
 * @param isCount whether its values are numbers; lists of them are chosen
 */
export function factorNoun(title: string, isCount: boolean): string {
  const [, list = '', entry = ''] = /^(.+) (\[\d+\])$/.exec(title) ?? [];
  if (list !== '') return PLURAL.test(list) ? `entry ${entry} of the ${list}` : `the ${title}`;
  if (!PLURAL.test(title)) return `the ${title}`;
  return `the ${isCount ? 'number' : 'choice'} of ${title}`;
}
