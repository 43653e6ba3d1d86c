import vue from '@vitejs/plugin-vue';
import path from 'node:path';
import { defineConfig } from 'vite';

/** The file in the page's folder that lists the licences of what is built into it. */
export const PAGE_LICENCES = 'licences.json';

/**
 * How the page is built. Its content security policy allows no inline script and no `data:` font, so nothing is
 * inlined; its addresses are relative, because `app://kindling/` and the loopback host both serve it. Vite's own target
 * (browsers of the last two and a half years) stays: on a lab server the page is opened by whatever browser is there.
 */
export default defineConfig({
  root: path.join(import.meta.dirname, 'src-renderer'),
  base: './',
  plugins: [vue()],
  // The page reads what it needs from src-shared; nothing is copied as it is.
  publicDir: false,
  build: {
    emptyOutDir: true,
    license: { fileName: PAGE_LICENCES },
    assetsInlineLimit: 0,
    // Every browser of the target knows module preloading.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What loads other code, so that the first script needs none of it.
            { name: 'preload', test: /vite[\\/](preload-helper|modulepreload)/ },
            // The charts are most of the page's bytes; no page waits for them.
            { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/ },
            { name: 'vue', test: /node_modules[\\/](vue|@vue|vue-router|pinia)[\\/]/ },
            // What most pages share in one file: a hundred small ones take longer to ask for than to run. Kinds of charts come one by one.
            { name: 'shared', test: /src-(shared|renderer)[\\/](?!charts[\\/]kinds)/, minShareCount: 4 },
          ],
        },
      },
    },
  },
});
