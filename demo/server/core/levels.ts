/** The most levels up that any of these is owed to: of callbacks or of messages, and there may be any number of them. */
export const mostLevels = (owed: Iterable<{readonly owes: number}>): number => {
  let most = 0;
  for (const {owes} of owed) most = Math.max(most, owes);
  return most;
};
