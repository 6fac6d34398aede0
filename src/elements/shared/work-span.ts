import {html, nothing, type TemplateResult} from 'lit';
import type {Strings} from '../../context/strings.ts';
import type {SessionView} from '../../model/project.ts';
import {isActive} from '../../model/session.ts';
import type {ThreadCell} from '../../store/cells.ts';

export interface WorkSpan {
  /** ISO 8601. */
  readonly since: string;
  /** ISO 8601; undefined: not over. */
  readonly until?: string;
}

/**
 * From when on a session works: while it is at work since the oldest turn that is open, else how long its last turn took.
 * Undefined where the server does not tell.
 */
export function workSpan(view: SessionView | undefined, thread: ThreadCell | undefined): WorkSpan | undefined {
  if (!view || !thread) return undefined;
  // Read first: the turns are no signal.
  const [open] = thread.state.open;
  const {folded} = thread.confirmed;
  if (open !== undefined) {
    const began = isActive(view.status) ? folded.open.find(({id}) => id === open)?.began : undefined;
    return began === undefined ? undefined : {since: began};
  }
  const last = isActive(view.status) || view.sendRequested ? undefined : folded.last;
  return last?.began && last.ended ? {since: last.began, until: last.ended.time} : undefined;
}

/** The span in words. */
export const workDuration = (
  span: WorkSpan | undefined,
  clock: {readonly serverTime: number},
  strings: Strings,
): TemplateResult | typeof nothing =>
  span
    ? html`<session-duration
        class="duration"
        .since=${span.since}
        .until=${span.until}
        .clock=${clock}
        .label=${span.until === undefined ? '{time}' : strings.took}
      ></session-duration>`
    : nothing;
