import {css} from 'lit';

/** Code and tables. */
export const boxStyles = css`
  .markdown .table {
    max-inline-size: 100%;
    overflow-x: auto;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) - 3px);
    inline-size: fit-content;
    /* Where its words begin, also in a page of the other direction. */
    margin-inline-end: auto;
    scrollbar-width: thin;
  }
  .markdown li > .box {
    margin-block-end: 0.75em;
  }
  .markdown table {
    /* Collapsed borders are painted for the table as a whole. */
    border-collapse: separate;
    border-spacing: 0;
    font-variant-numeric: tabular-nums;
  }
  .markdown :is(th, td) {
    padding: 0.35em 0.75em;
    border-block-end: 1px solid var(--_line);
    text-align: start;
    vertical-align: top;
    overflow-wrap: normal;
    min-inline-size: 4em;
  }
  .markdown tbody:last-child > tr:last-child > td {
    border-block-end: 0;
  }
  .markdown th {
    background: var(--_raised);
    font-weight: 600;
  }
  .markdown .to-center {
    text-align: center;
  }
  .markdown .to-right {
    text-align: right;
  }
  .markdown .to-left {
    text-align: left;
  }

  .markdown .code {
    min-inline-size: 0;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) - 3px);
    background: var(--_raised);
    overflow: clip;
    contain: layout style;
  }
  .markdown figcaption {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    margin: 0;
    padding: 0.1rem 0.3rem 0.1rem 0.75rem;
    border-block-end: 1px solid var(--_line);
    color: var(--_muted);
    font-size: var(--_small);
  }
  .markdown .language {
    flex: auto;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    font-family: var(--_mono);
  }
  .markdown [aria-pressed='true'] {
    background: var(--_accent-soft);
    color: var(--_text);
  }
  .markdown .copying {
    display: flex;
    align-items: center;
    flex-direction: row-reverse;
    margin: 0;
  }
  .markdown pre {
    max-block-size: none;
    padding: 0.6rem 0.75rem;
    overflow: auto hidden;
    border-radius: 0;
    background: none;
    white-space: pre;
    overflow-wrap: normal;
    font: 0.81em/1.5 var(--_mono);
    tab-size: 4;
    scrollbar-width: thin;
  }
  .markdown pre:focus-visible {
    outline-offset: -2px;
  }
  .markdown pre code {
    display: block;
    inline-size: fit-content;
    min-inline-size: 100%;
    font: inherit;
  }
  .markdown pre :is(span:not([hidden]), [hidden='until-found']) {
    display: block;
  }
  .markdown .wrapped pre {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .markdown .wrapped pre code {
    inline-size: auto;
  }
  @media not print {
    /* As high as 30 lines, whichever are shown and however they are wrapped; the space below has room for a scroll bar. */
    .markdown .folded pre {
      block-size: calc(30lh + 1.35rem);
      padding-block-end: 0;
    }
    /* Scrolled to its end, and kept there. */
    .markdown .followed pre {
      display: flex;
      flex-direction: column-reverse;
    }
    .markdown .followed pre code {
      flex: none;
      padding-block-end: 0.6rem;
    }
  }
  .markdown .code > div {
    border-block-start: 1px solid var(--_line);
    text-align: center;
  }
  .markdown .code > div:not(:has(*)) {
    display: none;
  }

  .markdown pre span::highlight(session-code-comment) {
    color: var(--_muted);
  }
  .markdown pre span::highlight(session-code-keyword) {
    color: var(--session-code-keyword, light-dark(#8127a8, #d3a2f0));
  }
  .markdown pre span::highlight(session-code-string) {
    color: var(--session-code-string, light-dark(#1a6d3f, #8fd6a5));
  }
  .markdown pre span::highlight(session-code-number) {
    color: var(--session-code-number, light-dark(#9a4a00, #f0b080));
  }
  .markdown pre span::highlight(session-code-name) {
    color: var(--session-code-name, light-dark(#1f55b5, #93bcff));
  }

  @media print {
    .markdown .code > div {
      display: none;
    }
    .markdown pre {
      white-space: pre-wrap;
    }
    .markdown pre [hidden] {
      display: block;
      content-visibility: visible;
    }
  }
`;
