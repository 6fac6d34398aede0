import {css} from 'lit';

/** Long texts, changes, terminals and images. */
export const outputStyles = css`
  .block {
    min-inline-size: 0;
    margin: 0;
  }
  .block pre,
  .rows .plain,
  .rows [data-place] {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  /* As many lines as a folded text has. */
  .block pre {
    max-block-size: calc(15lh + 1.2rem);
  }
  /* It stands at its end from the beginning, and stays there until somebody scrolls. */
  .block .end {
    display: flex;
    flex-direction: column-reverse;
  }
  .end > div {
    flex: none;
    min-inline-size: 0;
  }
  .piece {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 375em;
  }
  .rows .piece {
    contain-intrinsic-block-size: auto 150em;
  }
  .unfold {
    margin-block-start: 0.25rem;
    min-block-size: 1.75rem;
  }
  .key {
    color: var(--_accent);
  }

  .diff figcaption {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.75em;
    overflow-wrap: anywhere;
  }
  .diff figcaption > span {
    color: var(--_muted);
    font-size: var(--_small);
    font-variant-numeric: tabular-nums;
  }
  .rows {
    max-block-size: 26rem;
    overflow: auto;
    padding-block: 0.35rem;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_sunken);
    font: 0.9em/1.5 var(--_mono);
    scrollbar-width: thin;
  }
  .rows p {
    margin: 0;
    padding-inline: 0.7rem;
    color: var(--_muted);
  }
  .rows :is(ins, del, [data-place]) {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    padding-inline: 0.5rem;
    text-decoration: none;
  }
  .rows [data-place]::before {
    content: attr(data-place);
    white-space: pre;
    color: var(--_muted);
  }
  .rows ins {
    background: color-mix(in oklab, var(--_good) 16%, transparent);
    box-shadow: inset 3px 0 var(--_good);
  }
  .rows del {
    background: color-mix(in oklab, var(--_bad) 14%, transparent);
    box-shadow: inset 3px 0 var(--_bad);
  }
  .rows :is(ins, del)::before {
    color: inherit;
  }
  .fold {
    display: flex;
    inline-size: 100%;
    min-block-size: 1.75rem;
    border-radius: 0;
    background: var(--_raised);
    color: var(--_muted);
    font-family: var(--_font);
  }

  canvas.image {
    display: block;
    max-inline-size: 100%;
    block-size: auto;
    max-block-size: 24rem;
    border-radius: calc(var(--_radius) - 4px);
    object-fit: contain;
  }

  .bold {
    font-weight: 700;
  }
  .dim {
    opacity: 0.75;
  }
  .italic {
    font-style: italic;
  }
  .underline {
    text-decoration: underline;
  }
  .strike {
    text-decoration: line-through;
  }
  .underline.strike {
    text-decoration: underline line-through;
  }
  .fore-0,
  .fore-8 {
    --_fore: light-dark(#585f6d, #a2a9b8);
  }
  .fore-1 {
    --_fore: light-dark(#a61b14, #ff9d94);
  }
  .fore-2 {
    --_fore: light-dark(#16643d, #6fd3a0);
  }
  .fore-3 {
    --_fore: light-dark(#7a4a00, #f2b861);
  }
  .fore-4 {
    --_fore: light-dark(#2b45b8, #9db2ff);
  }
  .fore-5 {
    --_fore: light-dark(#86258f, #e7a3f0);
  }
  .fore-6 {
    --_fore: light-dark(#0b6068, #6fd3dc);
  }
  .fore-7 {
    --_fore: var(--_text);
  }
  [class*='fore-'] {
    color: var(--_fore);
  }
  .ground-0,
  .ground-8 {
    --_ground: light-dark(#d3d6de, #343945);
  }
  .ground-1 {
    --_ground: light-dark(#fbd5d2, #521c18);
  }
  .ground-2 {
    --_ground: light-dark(#c9efd9, #123f29);
  }
  .ground-3 {
    --_ground: light-dark(#fbe5bd, #453006);
  }
  .ground-4 {
    --_ground: light-dark(#d9e0fd, #1f2c66);
  }
  .ground-5 {
    --_ground: light-dark(#f4d6f7, #46174c);
  }
  .ground-6 {
    --_ground: light-dark(#c8edf0, #0b3b40);
  }
  .ground-7 {
    --_ground: light-dark(#e8eaf0, #2a2e38);
  }
  /* A ground takes the colour of the text with it only where the text has none: both are readable together. */
  [class*='ground-'] {
    background: var(--_ground);
  }
  [class*='ground-']:not([class*='fore-']) {
    color: var(--_text);
  }

  @media (forced-colors: active) {
    .rows {
      border: 1px solid CanvasText;
    }
  }
`;
