import {html, type TemplateResult} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {repeat} from 'lit/directives/repeat.js';
import type {SessionScope} from '../../context/scope.ts';
import type {Families} from '../../store/families.ts';
import {sectionName} from './list-sections.ts';
import type {Piece} from './row-window.ts';

interface Rows {
  readonly scope: SessionScope;
  readonly pieces: readonly Piece[];
  /** How many rows there are in all; -1: nobody knows. */
  readonly setSize: number;
  /** The selected session. */
  readonly chosen: string | undefined;
  /** The one a person was on last. */
  readonly current: string | undefined;
  readonly families: Families | undefined;
  /** Undefined: nobody is marking. */
  readonly marked: ReadonlySet<string> | undefined;
  readonly readonly: boolean;
  readonly language: string | undefined;
}

/**
 * A list of buttons and no grid: every reader knows how to walk it, and each button keeps its name. What is not rendered is
 * told by the place of each row in the whole.
 */
export function listRows(rows: Rows): unknown {
  const ids = rows.pieces.flatMap((piece) => ('row' in piece ? piece.row.id : []));
  const tabStop = [rows.current, rows.chosen].find((id) => id !== undefined && ids.includes(id)) ?? ids[0];
  return repeat(rows.pieces, keyOf, (piece) => pieceOf(piece, rows, tabStop));
}

/** No id of a session looks like those of the others. */
const keyOf = (piece: Piece): string =>
  'row' in piece ? `row ${piece.row.id}` : 'section' in piece ? `section ${piece.section}` : `gap ${piece.index}`;

function pieceOf(piece: Piece, rows: Rows, tabStop: string | undefined): TemplateResult {
  const {scope, language, marked} = rows;
  if ('gap' in piece) return html`<div class="gap" role="presentation"></div>`;
  if ('section' in piece) {
    return html`<div class="section" role="listitem" part="section">
      <span role="heading" aria-level="3">${sectionName(piece.section, scope.strings, language)}</span>
    </div>`;
  }
  const {id, depth, branch} = piece.row;
  return html`<session-list-row
    role="listitem"
    part="row"
    aria-level=${depth + 1}
    aria-posinset=${piece.index + 1}
    aria-setsize=${rows.setSize}
    data-marked=${ifDefined(marked?.has(id) ? '' : undefined)}
    .scope=${scope}
    .sessionId=${id}
    .depth=${depth}
    .branch=${branch}
    .families=${rows.families}
    .selected=${id === rows.chosen}
    .readonly=${rows.readonly}
    .isTabStop=${id === tabStop}
    .marked=${marked?.has(id)}
  ></session-list-row>`;
}
