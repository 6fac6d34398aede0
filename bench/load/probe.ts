// Preloaded into a process of the bench: says what it holds, without a change to the process itself.
process.on('message', (message: {name?: string}) => {
  if (message.name !== 'held') return;
  globalThis.gc?.();
  const {rss, heapUsed, external} = process.memoryUsage();
  const {user, system} = process.cpuUsage();
  process.send?.({name: 'held', value: {rss, heap: heapUsed + external, cpu: (user + system) / 1000}});
});
// Alone it keeps no process alive, and one whose bench was killed ends.
process.on('disconnect', () => process.exit());
