import {inspectorEnglish} from '../context/inspector-strings.ts';
import {laterEnglish} from '../context/later-strings.ts';
import {addEnglish} from '../context/strings.ts';
import {SessionContext} from '../elements/session-context/session-context.ts';
import {sessionInspectorElements} from '../elements/session-inspector/elements.ts';
import type {Elements} from './define-elements.ts';

/** With its provider or not at all: under one of another copy it would see nothing. */
export const elements: Elements = [['session-context', SessionContext], ...sessionInspectorElements];

addEnglish(laterEnglish);
addEnglish(inspectorEnglish);
