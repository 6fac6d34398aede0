import {css} from 'lit';

/** What stands below the box, and the forms of questions. */
export const offersStyles = css`
  .offers {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 1rem;
    padding: 0.4rem 0.75rem 0;
    color: var(--_muted);
    font-size: var(--_small);
  }
  .option {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    min-block-size: 2rem;
    max-inline-size: 100%;
  }
  .option > span {
    flex: none;
    max-inline-size: 10rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .option select {
    max-inline-size: 14rem;
    padding: 0.15rem 0.3rem;
    border-color: transparent;
    color: var(--_text);
    text-overflow: ellipsis;
  }
  .option select:is(:hover, :focus) {
    border-color: var(--_line);
  }
  .option [aria-busy='true'] {
    opacity: 0.6;
  }
  .option [role='switch'] {
    appearance: none;
    inline-size: 2.1rem;
    block-size: 1.2rem;
    padding: 2px;
    border: 1px solid var(--_muted);
    border-radius: 99px;
    background: var(--_sunken);
    cursor: pointer;
  }
  .option [role='switch']::before {
    content: '';
    display: block;
    block-size: 100%;
    aspect-ratio: 1;
    border-radius: 50%;
    background: var(--_muted);
    transition: margin var(--_fast);
  }
  .option [role='switch']:checked {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  .option [role='switch']:checked::before {
    margin-inline-start: calc(100% - 1.2rem + 6px);
    background: var(--_on-accent);
  }
  .folder {
    overflow-wrap: anywhere;
    font-family: var(--_mono);
  }
  .usage {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 2rem;
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
  }
  .usage meter {
    inline-size: 3.5rem;
    block-size: 0.5rem;
  }

  agent-chat-question {
    display: block;
  }
  .question form,
  .question .fields {
    display: grid;
    gap: 0.9rem;
    min-inline-size: 0;
  }
  .question fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  .question .field,
  .question .picks {
    display: grid;
    gap: 0.3rem;
  }
  .question :is(.field > label, legend) {
    font-weight: 600;
    font-size: var(--_small);
  }
  .question legend {
    padding: 0;
    margin-block-end: 0.15rem;
  }
  .question :is(textarea, select, input[type='number']) {
    inline-size: 100%;
  }
  .question input[type='number'] {
    max-inline-size: 12rem;
  }
  .question textarea {
    max-block-size: 12rem;
    resize: vertical;
    field-sizing: content;
  }
  .question .pick {
    display: flex;
    align-items: flex-start;
    gap: 0.55rem;
    min-block-size: 1.75rem;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .question .pick input {
    flex: none;
    inline-size: 1.05rem;
    block-size: 1.05rem;
    margin-block-start: 0.2rem;
    accent-color: var(--_accent);
  }
  .question :is(.about, .required, .secret) {
    color: var(--_muted);
    font-weight: 400;
    font-size: var(--_small);
  }
  .question .about {
    display: block;
  }
  .question .secret {
    margin: 0;
    color: var(--_warn);
  }
  .question dl {
    display: grid;
    gap: 0.15rem;
    margin: 0;
  }
  .question dl > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
  }
  .question dd {
    margin: 0;
    color: var(--_text);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  @media (forced-colors: active) {
    .option [role='switch']::before {
      background: ButtonText;
    }
    .option [role='switch']:checked::before {
      background: Highlight;
    }
  }
`;
