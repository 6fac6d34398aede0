import {startPage} from '../page.ts';

const context = document.querySelector('session-context');
if (context) startPage(context);
