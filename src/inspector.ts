import {defineElements} from './registration/define-elements.ts';
import {elements} from './registration/inspector.ts';

defineElements(elements);

export {SessionInspector} from './elements/session-inspector/session-inspector.ts';
