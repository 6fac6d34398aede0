/** What the tests of the server and its simulation play with: a clock that stands, an agent on strings, a page that checks. */
export {settle, VirtualClock} from './testkit/clock.ts';
export {Page, uuid} from './testkit/page.ts';
export {Puppet, PuppetTurn} from './testkit/puppet.ts';
export {createWorld, type World} from './testkit/world.ts';
