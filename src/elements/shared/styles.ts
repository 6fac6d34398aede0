import {css} from 'lit';

/**
 * The design tokens, and what every element shares. A page sets any `--session-*` on an element or above it; what it leaves
 * alone follows `color-scheme`. Colours have names of their use, not of their look.
 */
export const tokens = css`
  :host {
    --_surface: var(--session-surface, light-dark(#fff, #16181d));
    --_raised: var(--session-raised, light-dark(#f5f6f8, #1f2229));
    --_sunken: var(--session-sunken, light-dark(#eceef2, #101216));
    --_text: var(--session-text, light-dark(#1b1f27, #e8eaf0));
    --_muted: var(--session-muted, light-dark(#585f6d, #a2a9b8));
    --_line: var(--session-line, light-dark(#dde0e6, #2e323c));
    --_accent: var(--session-accent, light-dark(#3451d1, #9db2ff));
    --_on-accent: var(--session-on-accent, light-dark(#fff, #10131c));
    --_accent-soft: var(--session-accent-soft, light-dark(#eaeefd, #232b45));
    --_good: var(--session-good, light-dark(#1a7045, #6fd3a0));
    --_warn: var(--session-warn, light-dark(#8a5300, #f2b861));
    --_warn-soft: var(--session-warn-soft, light-dark(#fdf3e1, #332814));
    --_bad: var(--session-bad, light-dark(#b3261e, #ff9d94));
    --_bad-soft: var(--session-bad-soft, light-dark(#fdecea, #3a1f1d));
    --_font: var(--session-font, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    --_mono: var(--session-font-mono, ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace);
    --_size: var(--session-font-size, 0.9375rem);
    --_small: calc(var(--_size) * 0.867);
    --_radius: var(--session-radius, 10px);
    --_gap: var(--session-gap, 0.75rem);
    --_fast: 140ms ease-out;

    color: var(--_text);
    background: var(--_surface);
    /* A page's “*” also means this element, and would be inherited by all that is in it. */
    font: 400 var(--_size) / 1.5 var(--_font) !important;
    letter-spacing: normal !important;
    word-spacing: normal !important;
    text-align: start !important;
    text-indent: 0 !important;
    text-transform: none !important;
    -webkit-text-size-adjust: 100%;
  }
  :host([hidden]) {
    display: none !important;
  }
  /* Not '*::before': a browser would compute a style for each of them in every element, whether it has one or not. */
  :host,
  * {
    box-sizing: border-box;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 0.01ms !important;
      scroll-behavior: auto !important;
    }
  }
`;

/** Buttons, fields and focus: the same everywhere. */
export const controls = css`
  button,
  input,
  textarea,
  select {
    margin: 0;
    padding: 0.4rem 0.65rem;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) - 3px);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4em;
    min-block-size: 2rem;
    padding: 0.25rem 0.75rem;
    cursor: pointer;
    transition:
      background var(--_fast),
      border-color var(--_fast);
  }
  button:hover:not(:disabled) {
    background: var(--_raised);
    border-color: var(--_muted);
  }
  button:disabled {
    cursor: default;
    opacity: 0.55;
  }
  button.primary {
    background: var(--_accent);
    border-color: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  button.primary:hover:not(:disabled) {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }
  button.danger {
    color: var(--_bad);
    border-color: color-mix(in oklab, var(--_bad) 45%, transparent);
  }
  button.quiet {
    border-color: transparent;
    background: transparent;
  }
  button.icon {
    inline-size: 2rem;
    padding: 0;
  }
  input,
  textarea,
  select {
    min-inline-size: 0;
  }
  ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  svg {
    inline-size: 1.1em;
    block-size: 1.1em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
    flex: none;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    button,
    input,
    textarea,
    select {
      border-color: ButtonBorder;
    }
    button.primary {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
