import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { router } from './router.ts';

/** Shows the application. */
createApp(App).use(createPinia()).use(router).mount('#page');
