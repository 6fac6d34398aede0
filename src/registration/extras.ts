import {laterEnglish} from '../context/later-strings.ts';
import {addEnglish} from '../context/strings.ts';
import {sessionEventsElements} from '../elements/session-events/elements.ts';
import {sessionNoticesElements} from '../elements/session-notices/elements.ts';
import type {Elements} from './define-elements.ts';

export const elements: Elements = [...sessionEventsElements, ...sessionNoticesElements];

addEnglish(laterEnglish);
