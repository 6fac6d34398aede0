import {ConnectionStatus} from './connection-status.ts';

export const connectionStatusElements = [['connection-status', ConnectionStatus]] as const;
