import {Signal} from '@lit-labs/signals';
import type {ReactiveController, ReactiveElement} from 'lit';

interface Updating {
  update(changed: Map<PropertyKey, unknown>): void;
}

/**
 * Renders an element again when a signal that its last rendering read has changed. `update` runs inside a computation that a
 * watcher of this element watches while the element is connected; a removed element is watched by nothing, so it can be
 * collected (the `SignalWatcher` of the signals package 0.3 keeps every element alive: lit issue 5364).
 */
export class SignalTracker implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #run = new Signal.State(0);
  readonly #watcher: Signal.subtle.Watcher;
  readonly #rendering: Signal.Computed<void>;
  #changed = new Map<PropertyKey, unknown>();
  #watching = false;

  constructor(host: ReactiveElement) {
    this.#host = host;
    const updating = host as unknown as Updating;
    const update = updating.update.bind(host);
    this.#watcher = new Signal.subtle.Watcher(() => host.requestUpdate());
    this.#rendering = new Signal.Computed(() => {
      this.#run.get();
      update(this.#changed);
    });
    updating.update = (changed) => {
      this.#changed = changed;
      this.#run.set(Signal.subtle.untrack(() => this.#run.get()) + 1);
      this.#rendering.get();
      this.#watch();
    };
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#host.hasUpdated) this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    if (this.#watching) this.#watcher.unwatch(this.#rendering);
    this.#watching = false;
  }

  /** Watching what is watched already would list it twice; without an argument the watcher is only armed again. */
  #watch(): void {
    if (!this.#host.isConnected) return;
    if (this.#watching) this.#watcher.watch();
    else this.#watcher.watch(this.#rendering);
    this.#watching = true;
  }
}
