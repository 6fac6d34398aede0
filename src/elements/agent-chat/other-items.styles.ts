import {css} from 'lit';

/** The entries that are no messages: what the agent does in rows, what it asks in boxes. And the way to the end. */
export const otherItemStyles = css`
  .scroller {
    scrollbar-color: var(--_line) transparent;
  }
  .scroller:focus-visible {
    outline-offset: -2px;
  }
  figure,
  ul {
    margin: 0;
    padding: 0;
  }
  agent-chat-item[data-kind='tool'] + agent-chat-item[data-kind='tool'] {
    margin-block-start: -0.4rem;
  }
  .text {
    white-space: pre-wrap;
  }
  .answer,
  .path {
    color: var(--_muted);
    font-size: var(--_small);
  }

  .row {
    display: flex;
    inline-size: 100%;
    justify-content: flex-start;
    gap: 0.55rem;
    text-align: start;
    font-size: var(--_small);
  }
  .row > svg:last-child {
    color: var(--_muted);
    transition: rotate var(--_fast);
  }
  :host(:dir(rtl)) .row > svg:last-child {
    scale: -1 1;
  }
  .row[aria-expanded='true'] > svg:last-child {
    rotate: 90deg;
  }
  :host(:dir(rtl)) .row[aria-expanded='true'] > svg:last-child {
    rotate: -90deg;
  }
  .tool,
  .thought {
    border-radius: calc(var(--_radius) - 3px);
  }
  .tool {
    border: 1px solid var(--_line);
  }
  .tool .row,
  .thought .row {
    border: 0;
    background: transparent;
  }
  .tool .row:hover,
  .thought .row:hover {
    background: var(--_raised);
  }
  .tool.inner {
    margin-inline-start: 1.25rem;
  }
  .what {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .what .name {
    font-family: var(--_mono);
    font-weight: 600;
  }
  .what .title,
  .row .state {
    color: var(--_muted);
  }
  .tool .state {
    flex: none;
    margin-inline-start: auto;
  }
  .state-icon {
    display: contents;
    color: var(--_muted);
  }
  .tool.completed .state-icon {
    color: var(--_good);
  }
  .tool.failed :is(.state-icon, .state) {
    color: var(--_bad);
  }
  .tool.running .state-icon,
  .thought.running svg:first-child {
    color: var(--_accent);
    animation: breathe 1.6s ease-in-out infinite;
  }
  .tool.running .state-icon svg {
    animation: breathe 1.6s ease-in-out infinite;
  }
  .thought .row {
    inline-size: fit-content;
    padding-inline: 0.25rem;
  }
  .thought svg:first-child {
    color: var(--_muted);
  }

  .details {
    display: grid;
    gap: 0.6rem;
    min-inline-size: 0;
    padding: 0.15rem 0.75rem 0.75rem;
    font-size: var(--_small);
  }
  .thought .details {
    display: block;
    margin-inline-start: 0.75rem;
    padding-block-end: 0;
    border-inline-start: 2px solid var(--_line);
    color: var(--_muted);
  }
  .block {
    min-inline-size: 0;
  }
  figcaption {
    margin-block-end: 0.2rem;
    color: var(--_muted);
  }
  pre {
    margin: 0;
    max-block-size: 18rem;
    overflow: auto;
    padding: 0.55rem 0.7rem;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_sunken);
    font: 0.9em/1.5 var(--_mono);
    white-space: pre-wrap;
    scrollbar-width: thin;
  }
  .copying {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.5rem;
    margin-inline-start: -0.6rem;
    margin-block-end: -0.35rem;
    color: var(--_muted);
  }
  .copying.failed .copied {
    color: var(--_bad);
  }
  .before pre {
    box-shadow: inset 3px 0 var(--_bad);
  }
  .after pre {
    box-shadow: inset 3px 0 var(--_good);
  }
  .error pre {
    background: var(--_bad-soft);
  }
  a {
    color: var(--_accent);
  }

  .approval {
    display: grid;
    gap: 0.5rem;
    min-inline-size: 0;
    padding: 0.8rem 0.9rem 0.9rem;
    border: 1px solid color-mix(in oklab, var(--_warn) 40%, transparent);
    border-radius: var(--_radius);
    background: var(--_warn-soft);
  }
  .approval .title {
    font-weight: 600;
  }
  .approval.over {
    border-color: var(--_line);
    background: transparent;
    padding-block: 0.6rem;
    gap: 0.15rem;
  }
  .approval.over .title {
    font-weight: 400;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  .answers [aria-disabled='true'] {
    cursor: default;
    color: var(--_muted);
  }
  .answers .chosen {
    border-color: var(--_accent);
  }

  .line {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    color: var(--_muted);
    font-size: var(--_small);
  }
  .line::before,
  .line::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--_line);
  }
  .card {
    display: flex;
    gap: 0.6rem;
    padding: 0.6rem 0.85rem;
    border-radius: var(--_radius);
    background: var(--_raised);
    font-size: var(--_small);
  }
  .card span {
    white-space: pre-wrap;
  }
  .card svg {
    margin-block-start: 0.2em;
  }
  .card.bad {
    background: var(--_bad-soft);
    color: var(--_bad);
  }
  .card.warn {
    background: var(--_warn-soft);
    color: var(--_warn);
  }

  .working.statusWaiting::before {
    background: var(--_warn);
    animation: none;
  }
  .working.statusStopping::before {
    background: var(--_muted);
  }
  .working.over::before {
    display: none;
  }
  /* An animation costs each frame that shows something new, and text that comes is a sign of life itself. */
  .items[data-flows] + .working::before {
    animation: none;
  }
  .duration {
    font-variant-numeric: tabular-nums;
  }

  .space {
    flex: none;
  }
  /* For who does not scroll: it is seen when it has the focus. */
  .more {
    align-self: center;
    font-size: var(--_small);
  }
  .more:not(:focus-visible) {
    inline-size: 1px;
    block-size: 1px;
    min-block-size: 0;
    /* With the gap of the column it takes nothing. */
    margin-block-end: calc(-0.75rem - 1px);
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  /* Its line is there only if it is high. */
  .find-strip {
    position: absolute;
    inset: 0 0 auto;
    padding-block-start: var(--_strip);
    background: linear-gradient(var(--_line), var(--_line)) bottom / 100% 1px no-repeat;
  }
  .find-open {
    position: absolute;
    inset-block-start: 0.25rem;
    inset-inline-end: 1rem;
  }
  .find-open:not(:hover, :focus-visible) {
    color: var(--_muted);
  }
  .find {
    display: flex;
    flex: none;
    align-items: center;
    gap: 0.25rem;
    padding: 0.4rem 1rem;
    border-block-end: 1px solid var(--_line);
  }
  .find + .scroller {
    margin-block-start: 0;
  }
  .find input {
    flex: 1;
  }
  .found {
    padding-inline: 0.5rem;
    color: var(--_muted);
    font-size: var(--_small);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .find .older svg {
    rotate: -90deg;
  }
  .find .newer svg {
    rotate: 90deg;
  }
  .find [aria-disabled='true'] {
    opacity: 0.55;
    cursor: default;
  }
  agent-chat-item[data-found] {
    outline: 2px solid var(--_accent);
    outline-offset: 6px;
    border-radius: 4px;
  }
  /* Only where something is: each element of the chat has a style of its own for it. */
  [data-marks] ::highlight(session-found) {
    background: var(--_warn);
    color: var(--_surface);
  }

  .over {
    position: relative;
  }
  .jump {
    position: absolute;
    inset-block-end: 0.5rem;
    inset-inline: 0;
    inline-size: fit-content;
    margin-inline: auto;
    border-radius: 99px;
    padding-inline: 0.9rem;
    font-size: var(--_small);
    box-shadow: 0 2px 10px rgb(0 0 0 / 0.14);
  }
  .count {
    min-inline-size: 1.4em;
    padding-inline: 0.4em;
    border-radius: 99px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
    font-size: 0.85em;
    line-height: 1.6;
  }

  @media (forced-colors: active) {
    .skeleton i {
      border: 1px solid GrayText;
    }
    .mine .body {
      border: 1px solid CanvasText;
    }
    .card,
    pre,
    .markdown :not(pre) > code {
      border: 1px solid CanvasText;
    }
  }
`;
