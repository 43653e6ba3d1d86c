import { useEventListener } from '@vueuse/core';
import { useRouter } from 'vue-router';
import { isStudyFileName, STUDY_FILE_ENDINGS } from '../../src-shared/studies/study-file-name.ts';
import { useNotices } from '../stores/notices.ts';

/** Opens study files that are dropped anywhere on the page but where the page takes other files. */
export function useStudyDrop(): void {
  const router = useRouter();
  const notices = useNotices();

  useEventListener(window, ['dragover', 'drop'], (event: DragEvent) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
    // else the browser would open it and leave the page
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    const [file] = event.dataTransfer.files;
    if (event.type === 'drop' && file) void open(file);
  });

  async function open(file: File): Promise<void> {
    if (!isStudyFileName(file.name)) {
      const endings = STUDY_FILE_ENDINGS.map((ending) => `.${ending}`).join(', ');
      notices.show('bad', `${file.name} is not a study file (${endings}).`);
      return;
    }
    await notices.attempt(async () => {
      // what reads study files is loaded with the first of them
      const { useStudyDraft } = await import('../drafts/study-draft.ts');
      await useStudyDraft().beginWithFile(file);
      await router.push('/new');
    });
  }
}
