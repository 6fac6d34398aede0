import {html, type ReactiveElement, type TemplateResult} from 'lit';
import type {SessionScope} from '../../context/scope.ts';
import {SessionDeleteEvent} from '../../events.ts';
import {languageOf, localNumber} from '../shared/relative-time.ts';
import {deletionOf, stillMeant, type Deletion} from './deletion.ts';

/** Asks a person before sessions are deleted, one question at a time, and deletes them after a yes. */
export class DeletionQuestion {
  readonly #list: ReactiveElement;
  #deletion: Deletion | undefined;

  constructor(list: ReactiveElement) {
    this.#list = list;
  }

  one(id: string, scope: SessionScope): void {
    if (this.#list.dispatchEvent(new SessionDeleteEvent(id))) this.#ask(deletionOf([id], scope, this.#number));
  }

  all(ids: readonly string[], scope: SessionScope): void {
    this.#ask({...deletionOf(ids, scope, this.#number), isAll: true});
  }

  forget(): void {
    this.#deletion = undefined;
  }

  dialog(scope: SessionScope): TemplateResult {
    const {store, strings} = scope;
    const deletion = this.#deletion;
    return html`<session-list-dialog
      .strings=${strings}
      .question=${deletion?.ids.some((id) => store.session(id)) ? deletion.question : undefined}
      .confirm=${deletion?.confirm ?? ''}
      @answer=${({detail: yes}: CustomEvent<boolean>) => this.#answered(yes, scope)}
    ></session-list-dialog>`;
  }

  #ask(deletion: Deletion | undefined): void {
    this.#deletion = deletion;
    this.#list.requestUpdate();
  }

  #answered(yes: boolean, scope: SessionScope): void {
    const deletion = this.#deletion;
    this.#ask(undefined);
    if (!yes || !deletion) return;
    for (const id of stillMeant(deletion, scope.store)) {
      // Of one the page was told before the question.
      if (!deletion.isAll || this.#list.dispatchEvent(new SessionDeleteEvent(id))) this.#delete(id, scope);
    }
  }

  #delete(id: string, scope: SessionScope): void {
    const {store, selected} = scope;
    store.delete(id);
    const isSelected = selected !== undefined && store.sessions.resolve(selected) === id;
    // What was typed there stays in sight.
    if (isSelected && !store.draft(id)) scope.select(undefined);
  }

  readonly #number = (number: number): string => localNumber(number, languageOf(this.#list));
}
