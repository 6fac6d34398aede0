import type {Rig} from './rig.ts';
import type {Fault} from './steps.ts';

/** Ends a fault; nothing to do for one that is over as soon as it has come. */
export type Heal = () => void | Promise<void>;

const nothing: Heal = () => undefined;

/** Makes something fail. Returns undefined where it cannot: there is no such tab, or it is not there. */
export async function inflict(rig: Rig, fault: Fault): Promise<Heal | undefined> {
  const {proxy} = rig;
  const tab = 'tab' in fault ? rig.tab(fault.tab) : undefined;
  switch (fault.do) {
    case 'cut':
      proxy.break(fault.how);
      return nothing;
    case 'refuse':
      proxy.shut();
      proxy.break('reset');
      return () => proxy.reopen();
    case 'stall':
      proxy.stall(true);
      return () => proxy.stall(false);
    case 'throttle':
      proxy.throttle(fault.rate);
      return () => proxy.throttle(undefined);
    case 'blackhole':
      proxy.blackhole(true);
      return () => proxy.blackhole(false);
    case 'swallow':
      rig.swallow = fault.nth;
      return nothing;
    case 'kill':
      await rig.endServer('SIGKILL');
      return () => rig.startServer();
    case 'terminate':
      await rig.endServer('SIGTERM');
      return () => rig.startServer();
    case 'close tab':
      return (await rig.closeTab()) ? nothing : undefined;
    case 'open tab':
      return (await rig.openTab(1)) ? nothing : undefined;
  }
  if (!tab?.isUsable) return undefined;
  switch (fault.do) {
    case 'reload':
      tab.reload();
      return nothing;
    case 'freeze':
      await tab.freeze(true);
      return () => tab.freeze(false);
    case 'offline':
      await tab.offline(true);
      return () => tab.offline(false);
    case 'clock':
      await tab.shiftClock(fault.ms);
      return nothing;
    case 'slow':
      await tab.slow(fault.times);
      return () => tab.slow(1);
  }
}

/** Two of these at once would be one. */
export const placeOf = (fault: Fault): string =>
  fault.do === 'kill' || fault.do === 'terminate' ? 'server' : `${fault.do} ${'tab' in fault ? fault.tab : ''}`;
