import {elements as details} from './registration/chat-details.ts';
import {defineElements} from './registration/define-elements.ts';
import {elements as extras} from './registration/extras.ts';
import {elements as first} from './registration/first.ts';
import {elements as list} from './registration/list.ts';

defineElements([...first, ...details, ...list, ...extras]);
