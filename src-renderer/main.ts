import '@fontsource-variable/inter';
import './theme/tokens.css';
import './theme/base.css';
import './theme/controls.css';
import { loadPageCode } from './page-code.ts';

loadPageCode(location.hash);
void import('./application.ts');
