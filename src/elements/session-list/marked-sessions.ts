import type {LitElement, TemplateResult} from 'lit';
import type {SessionScope} from '../../context/scope.ts';
import {languageOf, localNumber} from '../shared/relative-time.ts';
import type {DeletionQuestion} from './deletion-question.ts';
import {marksBar} from './marks-bar.ts';
import type {RowMarks} from './row-marks.ts';

/** What is done with all that is marked. */
export class MarkedSessions {
  readonly #list: LitElement;
  readonly #marks: RowMarks;
  readonly #question: DeletionQuestion;

  constructor(list: LitElement, marks: RowMarks, question: DeletionQuestion) {
    this.#list = list;
    this.#marks = marks;
    this.#question = question;
  }

  /** `order` gives the ids of the list, in their order. */
  bar(scope: SessionScope, order: () => readonly string[], areArchived: boolean): TemplateResult {
    const {store, strings} = scope;
    const {size} = this.#marks.ids;
    return marksBar({
      strings,
      count: size,
      told: localNumber(size, languageOf(this.#list)),
      areArchived,
      archive: store.can('archive') ? () => this.#archive(scope, !areArchived) : undefined,
      remove: store.can('delete') ? () => this.delete(scope, order()) : undefined,
      clear: () => this.#marks.clear(),
    });
  }

  /** After one question for all. */
  delete(scope: SessionScope, order: readonly string[]): void {
    const {ids} = this.#marks;
    if (ids.size)
      this.#question.all(
        order.filter((id) => ids.has(id)),
        scope,
      );
  }

  #archive({store}: SessionScope, archived: boolean): void {
    // The server does not know those that it has not confirmed.
    for (const id of this.#marks.ids) if (!store.sessions.peek(id)?.local) store.archive(id, archived);
    this.#marks.clear();
  }
}
