import type {EventOf} from '../../model/events.ts';
import type {Completion, CompletionSource} from './completion-source.ts';

type Commands = EventOf<'commands'>['commands'];

/** What an agent says that it understands after a `/`: those whose name begins with what is typed before those that have it in them. */
export const agentCommands = (commands: Commands): CompletionSource => ({
  trigger: '/',
  onlyAtStart: true,
  find(query) {
    const asked = query.toLowerCase();
    const place = ({name}: Commands[number]): number => name.toLowerCase().indexOf(asked);
    const found = commands.filter((command) => place(command) >= 0);
    return found.sort((a, b) => Math.sign(place(a)) - Math.sign(place(b))).map(offered);
  },
});

const offered = ({name, description, hint}: Commands[number]): Completion => ({
  label: `/${name}`,
  description: [hint, description].filter(Boolean).join(' — '),
});
