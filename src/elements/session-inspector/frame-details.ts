import {html, nothing, type TemplateResult} from 'lit';
import type {WireRecord} from '../../backend/wire/recording.ts';
import {fill, type Strings} from '../../context/strings.ts';
import {copyButton} from '../shared/clipboard/copy-button.ts';
import {icon} from '../shared/icons.ts';
import {sizeOf, timeOf, wayOf} from './frame-row.ts';

/** More characters than a person reads; a page would stand still while they are laid out. */
const MAX_SHOWN = 200_000;

const pretty = (json: string): string => JSON.stringify(JSON.parse(json), null, 2);

/** All of one frame, to read and to copy. */
export function frameDetails(record: WireRecord, strings: Strings, close: () => void): TemplateResult {
  const {direction, generation, kind, size, time, json} = record;
  const text = pretty(json);
  const name = fill(strings.frameSelected, {way: wayOf(direction, strings), kind, time: timeOf(time)});
  const more = [
    fill(strings.frameGeneration, {number: generation}),
    ...(size ? [fill(strings.frameBytes, {size: sizeOf(size)})] : []),
  ];
  return html`<section class="details" part="details" aria-label=${name}>
    <div class="about">
      <strong class="kind">${kind}</strong>
      <span class="more">${wayOf(direction, strings)} · ${timeOf(time)} · ${more.join(' · ')}</span>
      <span class="space"></span>
      ${copyButton({text: () => text, label: strings.copy, name: strings.copyFrame, strings})}
      <button class="quiet icon" aria-label=${strings.closeFrame} title=${strings.closeFrame} @click=${close}>
        ${icon('cross')}
      </button>
    </div>
    <pre part="json" dir="ltr" tabindex="0" role="group" aria-label=${name}>${text.slice(0, MAX_SHOWN)}</pre>
    ${text.length > MAX_SHOWN ? html`<p class="note">${strings.frameShortened}</p>` : nothing}
  </section>`;
}
