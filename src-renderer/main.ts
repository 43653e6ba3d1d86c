import '@fontsource-variable/inter';
import './theme/tokens.css';
import './theme/base.css';
import './theme/controls.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { router } from './router.ts';

createApp(App).use(createPinia()).use(router).mount('#page');
