import {css} from 'lit';

/** The combobox in the composer. */
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
`;
