import {html, type TemplateResult} from 'lit';
import type {Direction, WireRecord} from '../../backend/wire/recording.ts';
import type {Strings} from '../../context/strings.ts';

/** What fits one line. */
const CONTENT = 240;

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hour12: false,
});

/** What the other columns do not say. */
const contentOf = (json: string): string =>
  json
    .slice(0, 2 * CONTENT)
    .replace(/^\{"type":"[^"]*",?(?:"channel":"[^"]*",?)?/, '{')
    .slice(0, CONTENT);

/** `18:03:21.042`: for developers, who compare it with logs. */
export const timeOf = (time: number): string => clock.format(time);

const NUMBER = new Intl.NumberFormat('en');
export const sizeOf = (bytes: number): string =>
  bytes < 10_000 ? NUMBER.format(bytes) : `${NUMBER.format(Math.round(bytes / 1000))} k`;

export const wayOf = (direction: Direction, strings: Strings): string =>
  ({received: strings.framesReceived, sent: strings.framesSent, connection: strings.frameConnection})[direction];

const ARROWS: Readonly<Record<Direction, string>> = {received: '↓', sent: '↑', connection: '●'};

export interface FrameRow {
  readonly record: WireRecord;
  /** From 1, among those that are shown. */
  readonly place: number;
  readonly isSelected: boolean;
  readonly title: string | undefined;
  readonly strings: Strings;
}

/** One line of the grid. A click on it is heard by the grid, by `data-place`. */
export function frameRow({record, place, isSelected, title, strings}: FrameRow): TemplateResult {
  const {id, direction, generation, kind, session, size, time, json} = record;
  return html`<div
    role="row"
    id="frame-${id}"
    class="row ${direction} ${direction === 'connection' ? kind : ''}"
    part="frame"
    aria-rowindex=${place + 1}
    aria-selected=${isSelected}
    data-place=${place}
  >
    <span role="gridcell" class="way"
      ><span aria-hidden="true">${ARROWS[direction]}</span
      ><span class="hidden">${wayOf(direction, strings)}</span></span
    >
    <span role="gridcell" class="time">${timeOf(time)}</span>
    <span role="gridcell" class="generation">${generation}</span>
    <span role="gridcell" class="kind">${kind}</span>
    <span role="gridcell" class="session" title=${session ?? ''}>${title ?? session}</span>
    <span role="gridcell" class="size">${size ? sizeOf(size) : ''}</span>
    <span role="gridcell" class="content">${contentOf(json)}</span>
  </div>`;
}

/** The names of the columns. */
export const frameHeading = (strings: Strings): TemplateResult =>
  html`<div role="row" class="heading" aria-rowindex="1">
    <span role="columnheader" class="way"><span class="hidden">${strings.frameWay}</span></span>
    <span role="columnheader" class="time">${strings.frameTime}</span>
    <span role="columnheader" class="generation" title=${strings.frameNumber} aria-label=${strings.frameNumber}>#</span>
    <span role="columnheader" class="kind">${strings.frameKind}</span>
    <span role="columnheader" class="session">${strings.frameSessions}</span>
    <span role="columnheader" class="size">${strings.frameSize}</span>
    <span role="columnheader" class="content">${strings.frameContent}</span>
  </div>`;
