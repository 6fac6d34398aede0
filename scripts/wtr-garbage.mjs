/**
 * Lets a browser test ask for a garbage collection: `await executeServerCommand('collect-garbage')`.
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export const wtrGarbage = () => ({
  name: 'collect-garbage',
  async executeCommand({command, session}) {
    if (command !== 'collect-garbage') return undefined;
    const client = await session.browser.getPage(session.id).createCDPSession();
    await client.send('HeapProfiler.collectGarbage');
    await client.detach();
    return true;
  },
});
