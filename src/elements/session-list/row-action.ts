/** What a person wants of a row. */
export type Wish =
  | {readonly action: 'select' | 'stop' | 'delete'}
  | {readonly action: 'rename'; readonly title: string}
  | {readonly action: 'archive'; readonly archived: boolean}
  | {readonly action: 'fold'; readonly isClosed: boolean}
  /** To mark it, or all up to it. */
  | {readonly action: 'mark'; readonly isRange: boolean};

/** From a row to its list; stays inside of it. */
export class RowActionEvent extends Event {
  readonly sessionId: string;
  readonly wish: Wish;
  constructor(sessionId: string, wish: Wish) {
    super('row-action', {bubbles: true});
    this.sessionId = sessionId;
    this.wish = wish;
  }
}
