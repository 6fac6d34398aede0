import {css} from 'lit';

/** A list to choose from that belongs to a field, and lies above everything. */
export const choicesStyles = css`
  .choices {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 0.3rem;
    inline-size: min(22rem, 100vw - 16px);
    max-block-size: min(var(--_room, 60dvh), 26rem);
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 10px 32px rgb(0 0 0 / 0.18);
  }
  p.choices {
    padding: 0.75rem;
    text-align: center;
    color: var(--_muted);
  }
  .choices [role='option'] {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    padding: 0.35rem 0.6rem;
    border-radius: calc(var(--_radius) - 4px);
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .choices [role='option']:hover {
    background: var(--_raised);
  }
  .choices [aria-selected='true'],
  .choices [aria-selected='true']:hover {
    background: var(--_accent-soft);
  }
  /* Texts have a direction of their own, and stand where the page's texts do. */
  .choices span {
    unicode-bidi: plaintext;
    text-align: left;
  }
  .choices:dir(rtl) span {
    text-align: right;
  }
  .choices .about {
    grid-column: 1 / -1;
    font-size: var(--_small);
    color: var(--_muted);
  }
  .choices svg {
    color: var(--_accent);
  }
  .choices .name {
    font-weight: 500;
  }
  .choices .problem {
    color: var(--_bad);
    padding: 0.35rem 0.6rem;
    font-size: var(--_small);
  }
  @media (forced-colors: active) {
    .choices [aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
