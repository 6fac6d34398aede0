/**
 * What each recording of a real agent comes to, by session (`shape.ts` says how to read a line). Their names tell the agent and
 * what happens; words of people and of the agents' makers are replaced, shapes and orders are as they were on the wire.
 */
export const expected: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'claude-ask': {
    'session-1': ['turn: AskUserQuestion:completed, question:filled, message, finished'],
  },
  'claude-basic': {
    'session-1': ['turn: message, finished', 'outside: title', 'turn: message, finished'],
  },
  'claude-busy': {
    'session-1': ['turn: message, stopped'],
  },
  'claude-cancel': {
    'session-1': ['turn: message, stopped', 'outside: title', 'turn: message, finished', 'outside: title'],
  },
  'claude-cut': {
    'session-1': [
      'turn: message, message, message, message, message, stopped',
      'outside: title',
      'turn: message, message, message, message, message, finished (max-tokens)',
      'turn: finished',
      'outside: title',
    ],
  },
  'claude-editallow': {
    'session-1': [
      'turn: message, Write:completed, approval:chosen, message, finished',
      'turn: Read:completed, message, Edit:completed, approval:chosen, message, finished',
    ],
  },
  'claude-errors': {
    'session-1': ['turn: message, failed (agent)', 'turn: failed (agent-exited)'],
  },
  'claude-kill': {
    'session-1': ['turn: Bash:failed, failed (agent-exited)'],
  },
  'claude-load': {
    'session-1': [
      'turn: message, Read:completed, message, finished',
      'turn: message, finished',
      'turn: message, stopped',
      'turn: message, finished',
      'turn: message, finished',
    ],
  },
  'claude-many': {
    'session-1': ['turn: message, finished', 'turn: failed (agent)'],
    'session-2': ['turn: message, finished', 'outside: title'],
    'session-3': ['turn: message, finished', 'outside: title'],
  },
  'claude-mode': {
    'session-1': ['turn: message, Write:completed, message, approval:chosen, message, finished', 'outside: title'],
  },
  'claude-permnoreply': {
    'session-1': ['turn: message, Write:failed, approval:stop, stopped', 'outside: title', 'turn: message, finished'],
  },
  'claude-reopen': {
    'session-1': ['turn: message, finished', 'outside: title', 'turn: message, finished', 'turn: message, finished'],
  },
  'claude-shell': {
    'session-1': ['turn: message, Bash:failed, approval:chosen, message, finished'],
  },
  'claude-shellnoterm': {
    'session-1': [
      'turn: message, Bash:failed, approval:chosen, message, finished',
      'turn: Read:completed, message, Edit:completed, approval:chosen, message, finished',
    ],
  },
  'claude-sub': {
    'session-1': [
      'turn: message, Agent:completed, Read in tool-1:completed, message, message, finished',
      'outside: title',
    ],
  },
  'claude-think': {
    'session-1': ['turn: thought, message, finished', 'outside: title'],
  },
  'claude-todo': {
    'session-1': ['turn: message, plan, message, finished', 'outside: title'],
  },
  'claude-unauth': {
    'session-1': ['turn: failed (auth-required)', 'outside: title'],
  },
  'codex-background': {
    'session-1': ['turn: message, exec_command:detached, message, finished', 'turn: message, message, finished'],
  },
  'codex-basic': {
    'session-1': ['turn: message, message, finished', 'turn: message, message, finished'],
  },
  'codex-busy': {
    'session-1': ['turn: message, message, stopped', 'turn: message, message, finished'],
  },
  'codex-cancelshell': {
    'session-1': ['turn: message, exec_command:cancelled, stopped'],
  },
  'codex-commands': {
    'session-1': ['turn: message, finished', 'turn: message, message, finished'],
  },
  'codex-cut': {
    'session-1': [
      'turn: message, message, message, message, message, message, message, message, finished',
      'turn: message, message, message, finished',
      'turn: message, finished',
    ],
  },
  'codex-editallow': {
    'session-1': [
      'turn: message, message, execute:completed, approval:chosen, message, finished',
      'turn: message, exec_command:completed, message, execute:completed, approval:chosen, message, finished',
    ],
  },
  'codex-editreject': {
    'session-1': ['turn: message, message, execute:rejected, approval:chosen, finished (rejected)'],
  },
  'codex-errors': {
    'session-1': [
      'turn: message, finished',
      'turn: message, failed (auth-required)',
      'turn: message, message, finished',
    ],
  },
  'codex-guardian': {
    'session-1': [
      'turn: message, message, execute:failed, think:failed, message, finished',
      'turn: message, exec_command:completed, message, execute:failed, think:failed, message, finished',
    ],
  },
  'codex-keepmode': {
    'session-1': ['turn: message, message, finished'],
  },
  'codex-load': {
    'session-1': [
      'turn: message, message, exec_command:completed, message, finished',
      'turn: message, message, finished',
      'turn: message, message, stopped',
      'outside: title',
      'turn: message, message, finished',
      'turn: message, message, finished',
    ],
  },
  'codex-permcancel': {
    'session-1': ['turn: message, message, execute:failed, approval:stop, stopped', 'turn: message, message, finished'],
  },
  'codex-shell': {
    'session-1': ['turn: message, message, exec_command:failed, message, finished'],
  },
  'example-basic': {
    'session-1': [
      'turn: message, read:completed, message, edit:completed, approval:chosen, message, finished',
      'turn: message, read:completed, message, edit:completed, approval:chosen, message, finished',
    ],
  },
  'example-permcancel': {
    'session-1': [
      'turn: message, read:completed, message, edit:cancelled, approval:stop, stopped',
      'turn: message, read:completed, message, edit:completed, approval:chosen, message, finished',
    ],
  },
  'example-permnoreply': {
    'session-1': [
      'turn: message, read:completed, message, edit:completed, approval:stop, message, stopped',
      'turn: read:completed, message, edit:failed, approval, failed (agent-exited)',
    ],
  },
  'gemini-basic': {
    'session-1': ['turn: message, finished', 'turn: message, finished'],
  },
  'gemini-busy': {
    'session-1': ['turn: message, notice, finished', 'turn: message, finished'],
  },
  'gemini-cancelshell': {
    'session-1': ['turn: execute:completed, approval:chosen, stopped'],
  },
  'gemini-editallow': {
    'session-1': [
      'turn: message, edit:completed, approval:chosen, message, finished',
      'turn: read:completed, message, edit:completed, approval:chosen, message, finished',
    ],
  },
  'gemini-editreject': {
    'session-1': ['turn: message, edit:rejected, approval:chosen, message, finished'],
  },
  'gemini-errors': {
    'session-1': ['turn: failed (agent)', 'turn: failed (auth-required)', 'turn: message, finished'],
  },
  'gemini-fs': {
    'session-1': [
      'turn: message, edit:failed, message, finished',
      'turn: read:completed, message, edit:completed, approval:chosen, message, finished',
    ],
  },
  'gemini-kill': {
    'session-1': ['turn: execute:failed, approval:chosen, failed (agent-exited)'],
  },
  'gemini-load': {
    'session-1': [
      'turn: message, read:completed, message, finished',
      'turn: message, finished',
      'turn: message, stopped',
      'turn: failed (agent)',
    ],
  },
  'gemini-mode': {
    'session-1': ['turn: message, edit:completed, message, finished'],
  },
  'gemini-permnoreply': {
    'session-1': ['turn: message, edit:failed, approval:stop, stopped', 'turn: message, finished'],
  },
  'gemini-read': {
    'session-1': ['turn: message, read:completed, message, finished', 'turn: read:failed, message, finished'],
  },
  'gemini-shell': {
    'session-1': ['turn: message, execute:completed, approval:chosen, message, finished'],
  },
  'opencode-badcwd': {
    'session-1': ['turn: failed (agent)', 'turn: failed (agent)'],
  },
  'opencode-basic': {
    'session-1': ['turn: message, finished', 'turn: message, finished'],
  },
  'opencode-bigshell': {
    'session-1': ['turn: bash:completed, approval:chosen, message, finished'],
  },
  'opencode-busy': {
    'session-1': ['turn: message, stopped', 'turn: notice, finished'],
  },
  'opencode-cancel': {
    'session-1': ['turn: message, stopped', 'turn: message, finished'],
  },
  'opencode-cancelshell': {
    'session-1': ['turn: bash:completed, approval:chosen, stopped'],
  },
  'opencode-commands': {
    'session-1': ['turn: message, finished', 'turn: finished'],
  },
  'opencode-cut': {
    'session-1': ['turn: message, stopped', 'turn: message, finished', 'turn: finished'],
  },
  'opencode-editallow': {
    'session-1': [
      'turn: message, write:completed, approval:chosen, message, finished',
      'turn: read:completed, message, edit:completed, approval:chosen, message, finished',
    ],
  },
  'opencode-editreject': {
    'session-1': ['turn: message, write:rejected, approval:chosen, finished'],
  },
  'opencode-error500': {
    'session-1': ['turn: stopped'],
  },
  'opencode-errors': {
    'session-1': ['turn: failed (agent)', 'turn: failed (agent)', 'turn: message, finished'],
  },
  'opencode-huge': {
    'session-1': ['turn: message, finished'],
  },
  'opencode-kill': {
    'session-1': ['turn: bash:failed, approval:chosen, failed (agent-exited)'],
  },
  'opencode-load': {
    'session-1': [
      'turn: message, read:completed, message, finished',
      'turn: message, finished',
      'turn: message, stopped',
      'turn: message, finished',
      'turn: message, finished',
    ],
  },
  'opencode-loadkilled': {
    'session-1': [
      'turn: read:completed, message, edit:failed, approval, failed (agent-exited)',
      'turn: message, finished',
    ],
  },
  'opencode-many': {
    'session-1': ['turn: message, finished', 'turn: failed (agent)'],
    'session-2': ['turn: message, finished'],
    'session-3': ['turn: message, finished'],
  },
  'opencode-nofs': {
    'session-1': ['turn: message, write:completed, approval:chosen, message, finished'],
  },
  'opencode-permnoreply': {
    'session-1': ['turn: message, write:failed, approval:stop, stopped', 'turn: message, finished'],
  },
  'opencode-plan': {
    'session-1': ['turn: todowrite:completed, plan, message, todowrite:completed, plan, message, finished'],
  },
  'opencode-read': {
    'session-1': ['turn: message, read:completed, message, finished', 'turn: read:failed, message, finished'],
  },
  'opencode-shell': {
    'session-1': ['turn: message, bash:completed, approval:chosen, message, finished'],
  },
  'opencode-sub': {
    'session-1': ['turn: message, task:completed, message, finished'],
  },
  'opencode-think': {
    'session-1': ['turn: thought, message, finished'],
  },
  'qwen-basic': {
    'session-1': ['turn: message, finished', 'turn: message, finished'],
  },
  'qwen-busy': {
    'session-1': ['turn: message, failed (agent)', 'turn: message, stopped'],
  },
  'qwen-cancel': {
    'session-1': ['turn: message, stopped', 'turn: message, finished'],
  },
  'qwen-editallow': {
    'session-1': [
      'turn: message, write_file:completed, approval:chosen, message, finished',
      'turn: read_file:completed, message, edit:completed, approval:chosen, message, finished',
    ],
  },
  'qwen-kill': {
    'session-1': ['turn: run_shell_command:failed, approval:chosen, failed (agent-exited)'],
  },
  'qwen-load': {
    'session-1': [
      'turn: message, read_file:completed, message, finished',
      'turn: message, finished',
      'turn: message, stopped',
      'turn: message, finished',
      'turn: message, finished',
    ],
  },
  'qwen-shell': {
    'session-1': ['turn: message, run_shell_command:failed, approval:chosen, message, finished'],
  },
  'qwen-sub': {
    'session-1': [
      'turn: message, agent:completed, approval:chosen, message, finished',
      'outside: notice',
      'the agent’s turn: message, message, finished',
    ],
  },
};
