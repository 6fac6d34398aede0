import {css} from 'lit';

export const composerStyles = css`
  /* The text gives way to what there is no room for, the buttons do not. */
  agent-chat-composer,
  .composer {
    display: flex;
    flex-direction: column;
  }
  agent-chat-composer {
    min-block-size: 5.8rem;
  }
  .composer {
    min-block-size: 0;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.4);
    background: var(--_surface);
    box-shadow: 0 1px 6px rgb(0 0 0 / 0.05);
  }
  .composer textarea {
    min-block-size: 2.9rem;
    max-block-size: min(14rem, 40dvh);
    padding: 0.75rem 0.95rem 0.25rem;
    border: 0;
    border-radius: inherit;
    background: transparent;
    resize: none;
    field-sizing: content;
    overflow-wrap: anywhere;
    scrollbar-width: thin;
  }
  /* The box around it shows the focus. */
  .composer textarea:focus-visible {
    outline: none;
  }
  .composer:has(textarea:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .bar {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0.5rem;
    padding: 0.25rem 0.5rem 0.5rem;
  }
  @media (forced-colors: active) {
    .composer:has(textarea:focus-visible) {
      outline-color: Highlight;
    }
  }
`;
