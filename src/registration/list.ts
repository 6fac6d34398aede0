import {laterEnglish} from '../context/later-strings.ts';
import {addEnglish} from '../context/strings.ts';
import {connectionStatusElements} from '../elements/connection-status/elements.ts';
import {sessionListElements} from '../elements/session-list/elements.ts';
import {sharedElements} from '../elements/shared/elements.ts';
import type {Elements} from './define-elements.ts';

export const elements: Elements = [...sharedElements, ...sessionListElements, ...connectionStatusElements];

addEnglish(laterEnglish);
