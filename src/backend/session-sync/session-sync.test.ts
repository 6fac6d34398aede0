import {backendContract} from '../contract-tests.ts';
import {sessionSyncWithServer} from './fake-server.ts';

backendContract('session-sync', sessionSyncWithServer);
