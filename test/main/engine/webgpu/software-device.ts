import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBrowser } from '../../../../scripts/ensure-browser.ts';

/** Where Chromium has SwiftShader, which computes on the CPU, and a loader of Vulkan. */
const FOLDERS = ['/usr/lib/chromium', '/opt/google/chrome'];

/** The environment from whose start a process finds Chromium's software device as its only one; null where there is no Chromium that has it. */
export function softwareDevice(): Record<string, string> | null {
  const browser = findBrowser();
  const folders = browser === null ? [] : [dirname(browser), ...FOLDERS];
  const folder = folders.find((each) => existsSync(join(each, 'vk_swiftshader_icd.json')));
  if (folder === undefined) return null;
  return {
    VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'),
    LD_LIBRARY_PATH: folder,
    KINDLING_SOFTWARE_GPU: '1',
  };
}
