import type {App} from '../../support/app.ts';
import type {Studio} from '../studio.ts';

/** A part of the demo's page beside the conversation. */
export type Panel = 'list' | 'events';

export interface State {
  /** What it is about: shown also where the page is narrow. */
  readonly panel?: Panel;
  /** Opens a page and brings it into the state. */
  readonly reach: (studio: Studio) => Promise<App>;
}
