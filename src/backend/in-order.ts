import type {Input} from '../model/inputs.ts';

/**
 * `emit`, one call after the other: what is emitted while a call runs (the store calls `deliver` from inside, and that
 * emits again) waits until it has returned. So nobody sees a later batch before an earlier one.
 */
export const inOrder = (emit: (inputs: readonly Input[]) => void): ((inputs: readonly Input[]) => void) => {
  const waiting: (readonly Input[])[] = [];
  let running = false;
  return (inputs) => {
    if (inputs.length) waiting.push(inputs);
    if (running) return;
    running = true;
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) emit(next);
    } finally {
      running = false;
    }
  };
};
