import type { AnnotationBack } from '../../src-shared/contract/api/runs.ts';
import { counted } from '../../src-shared/counted.ts';
import type { RunRow } from '../../src-shared/runs/run-row.ts';

type Annotated = Pick<RunRow, 'id' | 'note' | 'tags'>;

/** How annotations become again what they were; runs of which nothing has changed are left out. */
export function backTo(before: readonly Annotated[], after: readonly Annotated[]): readonly AnnotationBack[] {
  const known = new Map(before.map((row) => [row.id, row]));
  return after.flatMap(({ id, note, tags }): AnnotationBack[] => {
    const was = known.get(id);
    if (!was) return [];
    const back: AnnotationBack = {
      run: id,
      note: was.note === note ? null : { from: note, to: was.note },
      addTags: was.tags.filter((tag) => !tags.includes(tag)),
      removeTags: tags.filter((tag) => !was.tags.includes(tag)),
    };
    const isSame = back.note === null && back.addTags.length + back.removeTags.length === 0;
    return isSame ? [] : [back];
  });
}

/** What was changed, as a sentence. */
export function annotatedText(back: readonly AnnotationBack[]): string {
  const ofNotes = back.filter(({ note }) => note !== null).length;
  const ofTags = back.filter(({ addTags, removeTags }) => addTags.length + removeTags.length > 0).length;
  const parts = [
    ...(ofNotes > 0 ? [`the ${ofNotes === 1 ? 'note' : 'notes'} of ${counted(ofNotes, 'run')}`] : []),
    ...(ofTags > 0 ? [`the tags of ${counted(ofTags, 'run')}`] : []),
  ];
  return `Changed ${parts.join(' and ')}.`;
}

/** What came of taking it back, as a sentence. @param changed how many notes had changed meanwhile */
export function backText(back: readonly AnnotationBack[], changed: number): string {
  const done = annotatedText(back).replace('Changed', 'Undone: changed');
  const stay = `${counted(changed, 'note')} ${changed === 1 ? 'was' : 'were'} changed again meanwhile and ${changed === 1 ? 'stays' : 'stay'}.`;
  return changed === 0 ? done : `${done} ${stay}`;
}
