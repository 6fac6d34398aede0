import {backendContract} from '../contract-tests.ts';
import {runtimeWithServer} from './testkit.ts';

backendContract('agent-runtime', runtimeWithServer);
