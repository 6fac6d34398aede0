import {SessionInspector} from './session-inspector.ts';

export const sessionInspectorElements = [['session-inspector', SessionInspector]] as const;
