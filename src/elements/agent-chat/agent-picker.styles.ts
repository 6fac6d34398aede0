import {css} from 'lit';

/** The combobox in the composer, and its list, which lies above everything. */
export const agentPickerStyles = css`
  agent-chat-agents {
    display: flex;
    align-items: center;
    flex: 1 1 7rem;
    max-inline-size: 13rem;
    margin-inline-end: auto;
    position: relative;
    color: var(--_muted);
  }
  agent-chat-agents > select {
    max-inline-size: 100%;
    padding-block: 0.25rem;
    border-color: transparent;
    color: var(--_muted);
    font-size: var(--_small);
    text-overflow: ellipsis;
  }
  agent-chat-agents > select:hover {
    border-color: var(--_line);
  }
  agent-chat-agents > input {
    flex: 1;
    inline-size: 100%;
    padding-block: 0.25rem;
    padding-inline-end: 1.75rem;
    border-color: transparent;
    font-size: var(--_small);
    text-overflow: ellipsis;
  }
  agent-chat-agents > input:is(:hover, :focus) {
    border-color: var(--_line);
    color: var(--_text);
  }
  agent-chat-agents > svg {
    position: absolute;
    inset-inline-end: 0.5rem;
    rotate: 90deg;
    pointer-events: none;
  }
  .agents {
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
  p.agents {
    padding: 0.75rem;
    text-align: center;
    color: var(--_muted);
  }
  .agents [role='option'] {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    padding: 0.35rem 0.6rem;
    border-radius: calc(var(--_radius) - 4px);
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .agents [role='option']:hover {
    background: var(--_raised);
  }
  .agents [aria-selected='true'],
  .agents [aria-selected='true']:hover {
    background: var(--_accent-soft);
  }
  /* Texts have a direction of their own, and stand where the page's texts do. */
  .agents span {
    unicode-bidi: plaintext;
    text-align: left;
  }
  .agents:dir(rtl) span {
    text-align: right;
  }
  .agents .about {
    grid-column: 1 / -1;
    font-size: var(--_small);
    color: var(--_muted);
  }
  .agents svg {
    color: var(--_accent);
  }
  @media (forced-colors: active) {
    .agents [aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
